package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.testkit.FrameServer;
import dev.onrush.testkit.FrameServer.Frame;

/** HTTP/2 with a peer that holds back, or sends what it should not: windows, limits of streams, floods, bad frames. */
class Http2PressureTest extends FrameServerTest {
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final Timeouts SHORT = new Timeouts(3_000_000_000L, 3_000_000_000L, 150_000_000L);

    private static WireRequest get(String target, Origin origin) {
        return new WireRequest("GET", origin, target, List.of(), null);
    }

    private static List<Frame> heads(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.type() == FrameServer.HEADERS)
                .toList();
    }

    // ---- windows

    @ParameterizedTest
    @ValueSource(ints = {10, 0})
    void aBodyThatIsNotLetThroughIsAStallAndOtherStreamsLive(int window) {
        AtomicInteger bytes = new AtomicInteger();
        CountDownLatch reset = new CountDownLatch(1);
        try (var server = FrameServer.start(peer -> {
            peer.settings(INITIAL_WINDOW_SIZE, window);
            while (true) {
                Frame frame = peer.next();
                if (frame.type() == FrameServer.HEADERS && frame.endsStream()) {
                    peer.answer(frame.stream(), "alive");
                } else if (frame.type() == FrameServer.DATA) {
                    bytes.addAndGet(frame.payload().length);
                } else if (frame.type() == FrameServer.RST_STREAM) {
                    reset.countDown();
                }
            }
        })) {
            Origin origin = origin(server);
            get(origin);
            var alone = slowest(origin);
            var stalled = user().begin(origin, post(origin, new byte[1000]), TestUser.TIMEOUTS);
            var beside = slowest(origin);

            TestUser.Result result = stalled.join();
            assertThat(result.errorClass()).isEqualTo("h2.flow_stall");
            assertThat(result.sample().endNanos - result.sample().actualStartNanos)
                    .isBetween(TestUser.TIMEOUTS.totalNanos(), TestUser.TIMEOUTS.totalNanos() + 500_000_000);
            assertThat(beside).isLessThan(alone + 100_000_000); // where a wait for the window would add 400 ms
            assertThat(bytes.get()).isEqualTo(window);
            Awaitility.await().until(() -> reset.getCount() == 0);
            assertThat(get(origin).body()).isEqualTo("alive");
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    /** Of 50 requests one after the other, in nanoseconds. */
    private long slowest(Origin origin) {
        long slowest = 0;
        for (int i = 0; i < 50; i++) {
            TestUser.Result result = get(origin);
            assertThat(result.body()).isEqualTo("alive");
            slowest = Math.max(slowest, result.sample().endNanos - result.sample().actualStartNanos);
        }
        return slowest;
    }

    @Test
    void aWindowThatIsOpenedLaterLetsThroughWhatItSays() {
        List<Integer> pieces = new CopyOnWriteArrayList<>();
        try (var server = FrameServer.start(peer -> {
            peer.settings(INITIAL_WINDOW_SIZE, 0);
            int stream = peer.request();
            pieces.add(letThrough(peer, 0));
            peer.send(FrameServer.WINDOW_UPDATE, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 10);
            pieces.add(letThrough(peer, 10));
            // What is not said again stays: HttpCore would take the window for the usual one.
            peer.settings(MAX_CONCURRENT_STREAMS, 50);
            pieces.add(letThrough(peer, 0));
            peer.settings(INITIAL_WINDOW_SIZE, 100);
            pieces.add(letThrough(peer, 100));
            peer.send(FrameServer.WINDOW_UPDATE, 0, stream, (byte) 0, (byte) 0, (byte) 4, (byte) 0);
            pieces.add(letThrough(peer, 890));
            peer.answer(stream, "all of it");
            peer.listen();
        })) {
            Origin origin = origin(server);
            TestUser.Result result = user().send(origin, post(origin, new byte[1000]), PATIENT);

            assertThat(result.body()).as(pieces + " " + result.failure()).isEqualTo("all of it");
            assertThat(pieces).containsExactly(0, 10, 0, 100, 890);
        }
    }

    /** How much of a body comes now: so much, unless it is more. */
    private static int letThrough(FrameServer.Peer peer, int expected) throws IOException {
        int bytes = 0;
        for (int more = 2; more > 0; ) {
            for (Frame frame : peer.pingPong()) {
                bytes += frame.type() == FrameServer.DATA ? frame.payload().length : 0;
            }
            more -= bytes >= expected ? 1 : 0;
        }
        return bytes;
    }

    @Test
    void anAnswerThatStopsOnTheWayIsNotAnsweredInTimeAndOtherStreamsLive() {
        try (var server = FrameServer.start(peer -> {
            peer.settings();
            int stopped = peer.request();
            peer.headers(stopped, false).data(stopped, "x".repeat(10_000), false);
            while (true) {
                peer.answer(peer.request(), "alive");
            }
        })) {
            Origin origin = origin(server);
            var stopped = user().begin(origin, get("/stopped", origin), TestUser.TIMEOUTS);

            slowest(origin);
            assertThat(stopped.join().errorClass()).isEqualTo("timeout.total");
            assertThat(get(origin).body()).isEqualTo("alive");
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void streamsThatAreGivenUpAreResetAndTakeNoPlace() {
        AtomicInteger resets = new AtomicInteger();
        try (var server = FrameServer.start(peer -> {
            peer.settings(MAX_CONCURRENT_STREAMS, 50);
            while (true) {
                Frame frame = peer.next();
                if (frame.type() == FrameServer.RST_STREAM) {
                    resets.incrementAndGet();
                } else if (frame.type() == FrameServer.HEADERS && resets.get() >= 50) {
                    peer.answer(frame.stream(), "ok");
                }
            }
        })) {
            Origin origin = origin(server);
            List<CompletableFuture<TestUser.Result>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(user().begin(origin, get("/never", origin), SHORT));
            }

            assertThat(all)
                    .allSatisfy(each -> assertThat(each.join().errorClass()).isEqualTo("timeout.total"));
            Awaitility.await().until(() -> resets.get() == 50);
            assertThat(get(origin).body()).isEqualTo("ok");
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    // ---- limits of streams

    @Test
    void waitingForAStreamIsConnectionWaitAndKeepsItsOrder() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        AtomicInteger tooEarly = new AtomicInteger();
        try (var server = FrameServer.start(peer -> {
            peer.settings(MAX_CONCURRENT_STREAMS, 1);
            int first = peer.request();
            begun.countDown();
            await(goOn);
            tooEarly.addAndGet(heads(peer.pingPong()).size());
            peer.settings(MAX_CONCURRENT_STREAMS, 0);
            peer.pingPong();
            peer.answer(first, "first");
            for (int i = 0; i < 3; i++) {
                tooEarly.addAndGet(heads(peer.pingPong()).size());
            }
            peer.settings(MAX_CONCURRENT_STREAMS, 100);
            while (true) {
                Frame frame = peer.next();
                if (frame.type() == FrameServer.DATA && frame.payload().length > 0) {
                    order.add(new String(frame.payload(), StandardCharsets.US_ASCII));
                    peer.answer(frame.stream(), "stream " + frame.stream());
                }
            }
        })) {
            Origin origin = origin(server);
            var first = user().begin(origin, get("/", origin), PATIENT);
            begun.await();
            List<CompletableFuture<TestUser.Result>> others = new ArrayList<>();
            for (String name : List.of("2", "3", "4", "5", "6")) {
                others.add(user().begin(origin, post(origin, name.getBytes(StandardCharsets.US_ASCII)), PATIENT));
            }
            goOn.countDown();

            assertThat(first.join().body()).isEqualTo("first");
            assertThat(first.join().sample().connectionWaitNanos).isZero();
            assertThat(others)
                    .allSatisfy(each -> assertThat(each.join().errorClass()).isEqualTo("ANSWERED"));
            assertThat(others)
                    .allSatisfy(each ->
                            assertThat(each.join().sample().connectionWaitNanos).isPositive());
            assertThat(order).containsExactly("2", "3", "4", "5", "6");
            assertThat(tooEarly.get()).isZero();
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsSentToWhoTakesNoStreamYetAndTheDeadlineHoldsMeanwhile() {
        AtomicInteger tooEarly = new AtomicInteger();
        try (var server = FrameServer.start(peer -> {
                    peer.settings(MAX_CONCURRENT_STREAMS, 0);
                    for (int i = 0; i < 3; i++) {
                        tooEarly.addAndGet(heads(peer.pingPong()).size());
                    }
                    peer.settings(MAX_CONCURRENT_STREAMS, 100);
                    while (true) {
                        peer.answer(peer.request(), "ok");
                    }
                });
                var never = FrameServer.start(peer -> {
                    peer.settings(MAX_CONCURRENT_STREAMS, 0);
                    peer.listen();
                })) {
            Origin origin = origin(server);
            Origin shut = origin(never);
            var one = user().begin(origin, get("/", origin), PATIENT);
            var other = user().begin(origin, get("/", origin), PATIENT);

            assertThat(one.join().body()).isEqualTo("ok");
            assertThat(other.join().body()).isEqualTo("ok");
            assertThat(tooEarly.get()).isZero();
            assertThat(user().send(shut, get("/", shut), SHORT).errorClass()).isEqualTo("timeout.total");
            assertThat(user().send(shut, get("/", shut), SHORT).errorClass()).isEqualTo("local.pool_timeout");
        }
    }

    @Test
    void lawfulSettingsAreNoErrors() {
        try (var server = FrameServer.start(peer -> {
            peer.settings(1, -1, MAX_CONCURRENT_STREAMS, -1, 5, 0xffffff, 6, -1, 0x7777, 7);
            while (true) {
                peer.answer(peer.request(), "ok");
            }
        })) {
            assertThat(get(origin(server)).body()).isEqualTo("ok");
            assertThat(get(origin(server)).body()).isEqualTo("ok");
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    // ---- floods, bombs and bad frames

    @ParameterizedTest
    @CsvSource({
        "continuation flood, h2.protocol",
        "window of zero, h2.protocol",
        "window overflow, h2.protocol",
        "window too large, h2.protocol",
        "data on no stream, h2.protocol",
        "head on a stream nobody opened, h2.protocol",
        "frame too large, h2.protocol",
        "push, h2.protocol",
        "settings of five bytes, h2.protocol",
        "ping of seven bytes, h2.protocol",
        "bad HPACK, h2.protocol",
        "HPACK bomb, proto.too_large",
        "flood of pings, h2.protocol",
        "flood of settings, h2.protocol",
        "flood of pings whose answers nobody reads, h2.protocol",
        "no status, h2.protocol",
        "data before the head, h2.protocol"
    })
    void badFramesFailTheConnectionOnly(String what, String errorClass) {
        AtomicBoolean isGood = new AtomicBoolean();
        try (var server = FrameServer.start(peer -> {
            peer.settings();
            int stream = peer.request();
            if (isGood.getAndSet(true)) {
                peer.answer(stream, "ok");
            } else {
                misbehave(peer, what, stream);
            }
            while (true) {
                Frame frame = peer.next();
                if (frame.type() == FrameServer.HEADERS) {
                    peer.answer(frame.stream(), "ok");
                }
            }
        })) {
            Origin origin = origin(server);
            TestUser.Result result = get(origin);

            assertThat(result.errorClass()).as(String.valueOf(result.failure())).isEqualTo(errorClass);
            if (what.endsWith("nobody reads")) {
                assertThat(result.failure().message()).contains("1001 not answered yet");
            }
            assertThat(get(origin).body()).isEqualTo("ok");
        }
    }

    private static void misbehave(FrameServer.Peer peer, String what, int stream) throws IOException {
        switch (what) {
            case "continuation flood" -> {
                peer.send(FrameServer.HEADERS, 0, stream, (byte) 0x88);
                for (int i = 0; i < 1_000; i++) {
                    peer.sendTimes(10, FrameServer.CONTINUATION, 0, stream, new byte[1000]);
                }
            }
            case "window of zero" -> peer.send(FrameServer.WINDOW_UPDATE, 0, 0, new byte[4]);
            case "window overflow" ->
                peer.send(FrameServer.WINDOW_UPDATE, 0, 0, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff);
            case "window too large" -> peer.settings(INITIAL_WINDOW_SIZE, Integer.MIN_VALUE);
            case "data on no stream" -> peer.send(FrameServer.DATA, 0, 0, new byte[4]);
            case "head on a stream nobody opened" -> peer.headers(2, true);
            case "frame too large" -> peer.send(FrameServer.DATA, 0, stream, new byte[100_000]);
            case "push" -> peer.send(FrameServer.PUSH_PROMISE, 4, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 2);
            case "settings of five bytes" -> peer.send(FrameServer.SETTINGS, 0, 0, new byte[5]);
            case "ping of seven bytes" -> peer.send(FrameServer.PING, 0, 0, new byte[7]);
            case "bad HPACK" ->
                peer.send(FrameServer.HEADERS, 5, stream, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff);
            case "HPACK bomb" -> peer.send(FrameServer.HEADERS, 5, stream, bomb());
            case "flood of pings" -> peer.drain().sendTimes(20_000, FrameServer.PING, 0, 0, new byte[8]);
            case "flood of settings" -> peer.drain().sendTimes(20_000, FrameServer.SETTINGS, 0, 0, new byte[6]);
            case "flood of pings whose answers nobody reads" -> {
                for (int i = 0; i < 5_000; i++) {
                    peer.sendTimes(200, FrameServer.PING, 0, 0, new byte[8]);
                    peer.send(FrameServer.WINDOW_UPDATE, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
                }
            }
            case "no status" -> peer.send(FrameServer.HEADERS, 5, stream, new byte[] {0, 1, 'x', 1, 'y'});
            case "data before the head" -> peer.data(stream, "x", true);
            default -> throw new AssertionError(what);
        }
    }

    /** A head of 13 KB that says 30 MB: one header of 3000 characters, kept, and called for again and again. */
    private static byte[] bomb() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {(byte) 0x88, 0x40, 1, 'x', 0x7f, (byte) 0xb9, 0x16});
        block.writeBytes("a".repeat(3000).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 10_000; i++) {
            block.write(0xbe);
        }
        return block.toByteArray();
    }
}
