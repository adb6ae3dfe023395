package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.testkit.FrameServer;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** Streams of HTTP/2: how they carry requests, and how they end. */
class WireHttp2Test extends FrameServerTest {
    @Test
    void carriesRequestsOverStreamsOfOneConnection() {
        try (var server = FrameServer.start(peer -> {
            peer.settings();
            while (true) {
                int stream = peer.request();
                peer.answer(stream, "stream " + stream);
            }
        })) {
            TestUser user = user();
            TestUser.Result first = get(user, origin(server));
            TestUser.Result second = get(user, origin(server));

            assertThat(first.body()).as(String.valueOf(first.failure())).isEqualTo("stream 1");
            assertThat(second.body()).isEqualTo("stream 3");
            assertThat(first.sample().connectNanos).isPositive();
            assertThat(second.sample().connectNanos).isNegative();
            assertThat(second.sample().firstByteNanos).isPositive();
            assertThat(second.sample().bytesReceived).isEqualTo(9 + 1 + 9 + 8);
            assertThat(second.sample().bytesSent).isGreaterThan(9);
            assertThat(second.onIoThread()).isTrue();
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void manyAtOnceShareOneConnectionFromItsBeginning() {
        try (var server = FrameServer.start(peer -> {
            peer.settings();
            while (true) {
                peer.answer(peer.request(), "ok");
            }
        })) {
            var results = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(i -> meanwhile(() -> get(origin(server))))
                    .toList();

            assertThat(results)
                    .allSatisfy(result -> assertThat(result.join().body()).isEqualTo("ok"));
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, h2.rst.no_error",
        "1, h2.rst.protocol_error",
        "2, h2.rst.internal_error",
        "3, h2.rst.flow_control_error",
        "4, h2.rst.settings_timeout",
        "5, h2.rst.stream_closed",
        "6, h2.rst.frame_size_error",
        "7, h2.rst.refused_stream",
        "8, h2.rst.cancel",
        "9, h2.rst.compression_error",
        "10, h2.rst.connect_error",
        "11, h2.rst.enhance_your_calm",
        "12, h2.rst.inadequate_security",
        "13, h2.rst.http_1_1_required",
        "14, h2.rst.unknown"
    })
    void aResetStreamHasTheClassOfItsCodeAndTheConnectionGoesOn(int code, String errorClass) {
        try (var server = FrameServer.start(peer -> {
            peer.settings();
            peer.reset(peer.request(), code);
            int begun = peer.request();
            peer.headers(begun, false).data(begun, "half", false).reset(begun, code);
            while (true) {
                peer.answer(peer.request(), "ok");
            }
        })) {
            TestUser user = user();

            assertThat(get(user, origin(server)).errorClass()).isEqualTo(errorClass);
            assertThat(get(user, origin(server)).errorClass()).isEqualTo(errorClass);
            assertThat(get(user, origin(server)).body()).isEqualTo("ok");
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void aResetAfterAWholeAnswerIsNoFailure() {
        try (var server = FrameServer.start(peer -> {
            peer.settings(4, 10); // room for ten bytes of a body
            while (true) {
                int stream = peer.request();
                peer.answer(stream, "enough").reset(stream, 0);
            }
        })) {
            TestUser user = user();
            Origin origin = origin(server);

            TestUser.Result early = user.send(origin, post(origin, new byte[1000]), PATIENT);

            assertThat(early.body()).as(String.valueOf(early.failure())).isEqualTo("enough");
            assertThat(user.send(origin, post(origin, new byte[5]), PATIENT).body())
                    .isEqualTo("enough");
        }
    }

    @Test
    void whoGoesAwayFinishesWhatItHasSeenAndTheOthersFail() throws Exception {
        CountDownLatch both = new CountDownLatch(1);
        try (var server = FrameServer.start(peer -> {
            peer.settings();
            int first = peer.request();
            if (both.getCount() > 0) {
                peer.request();
                both.countDown();
                peer.goAway(first, 0).answer(first, "seen");
                peer.listen();
            }
            peer.answer(first, "new");
        })) {
            var one = meanwhile(() -> get(origin(server)));
            var other = meanwhile(() -> get(origin(server)));

            both.await();
            assertThat(List.of(one.join().errorClass(), other.join().errorClass()))
                    .containsExactlyInAnyOrder("ANSWERED", "h2.goaway");
            assertThat(get(origin(server)).body()).isEqualTo("new");
            assertThat(server.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void whoGoesAwayWithAnErrorFailsAll() {
        try (var server = FrameServer.start(peer -> {
            peer.settings();
            peer.goAway(peer.request(), 11);
            peer.listen();
        })) {
            assertThat(get(origin(server)).errorClass()).isEqualTo("h2.goaway");
            assertThat(get(origin(server)).errorClass()).isEqualTo("h2.goaway");
            assertThat(server.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void aTargetThatDoesNotSpeakItFallsBackUnderTlsAndFailsInClear() {
        try (var secured = TruthServer.setup()
                        .tls(TestCertificates.server(TestCertificates.Kind.SELF_SIGNED))
                        .otherwise(TruthResponse.ok("one"))
                        .start();
                var plain = TruthServer.start()) {
            Origin origin = new Origin(true, "127.0.0.1", secured.port());
            WireRequest get = new WireRequest("GET", origin, "/", List.of(), null);

            assertThat(user().send(origin, get, PATIENT).body()).isEqualTo("one");
            assertThat(user().send(origin, get, PATIENT).body()).isEqualTo("one");
            assertThat(secured.connectionsAccepted()).isEqualTo(1);
            assertThat(user().get(new Origin(false, "127.0.0.1", plain.port()), "/")
                            .errorClass())
                    .isEqualTo("h2.protocol");
        }
    }

    @Test
    void aDeadlineResetsItsStreamAndLeavesTheOthers() {
        try (var server = FrameServer.start(peer -> {
            peer.settings();
            peer.request();
            while (true) {
                peer.answer(peer.request(), "ok");
            }
        })) {
            assertThat(user().get(origin(server), "/never").errorClass()).isEqualTo("timeout.total");
            assertThat(get(origin(server)).body()).isEqualTo("ok");
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }
}
