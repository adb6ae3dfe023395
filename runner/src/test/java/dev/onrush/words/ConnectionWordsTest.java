package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.SynBlackHole;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TruthResponse;

/** Connections as the server counts them, and every time limit. */
@Timeout(30)
class ConnectionWordsTest {
    private static final Duration MILLIS_20 = Duration.ofMillis(20);

    @Test
    void eachUserHasItsOwnConnectionsWhichCloseWhenItEnds() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()), 5, repeat(3).on(http("x").get("/")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.came).hasSize(15);
            assertThat(target.server.connectionsAccepted()).isEqualTo(5);
            Awaitility.await().until(() -> target.server.connectionsOpen() == 0);
        }
    }

    @Test
    void usersWhoComeOneAfterTheOtherDoNotInheritConnections() {
        try (Target target = Target.start()) {
            Trial own = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("x").get("/"))
                            .injectOpen(rampUsers(4).during(MILLIS_20.multipliedBy(10))))
                    .protocols(http.baseUrl(target.url())));
            assertThat(own.failures()).isEmpty();
            assertThat(target.server.connectionsAccepted()).isEqualTo(4);

            Trial shared = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("x").get("/"))
                            .injectOpen(rampUsers(4).during(MILLIS_20.multipliedBy(10))))
                    .protocols(http.baseUrl(target.url()).shareConnections()));
            assertThat(shared.failures()).isEmpty();
            assertThat(target.server.connectionsAccepted()).isLessThan(4 + 4);
        }
    }

    @Test
    void aSharedPoolHasNoLimitUnlessToldAndWaitingIsKeptApart() {
        try (Target target = Target.answering(request -> TruthResponse.ok("ok").after(Duration.ofMillis(300)))) {
            HttpProtocolBuilder shared = http.baseUrl(target.url()).shareConnections();
            Trial unlimited = Trial.of(shared, 8, http("x").get("/"));
            assertThat(unlimited.failures()).isEmpty();
            assertThat(target.server.connectionsAccepted()).isEqualTo(8);

            Trial two = Trial.of(shared.maxConnectionsPerHost(2), 8, http("x").get("/"));

            assertThat(two.failures()).isEmpty();
            assertThat(target.server.connectionsAccepted()).isEqualTo(8 + 2);
            assertThat(two.requests.get(7).connectionWait()).isGreaterThan(100_000);
            assertThat(two.requests)
                    .allSatisfy(request -> assertThat(request.actual() - request.intended() - request.connectionWait())
                            .as("start delay")
                            .isNotNegative());
        }
    }

    @Test
    void aConnectionIdleForTooLongIsNotUsedAgain() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).pooledConnectionIdleTimeout(Duration.ofMillis(400)),
                    http("x").get("/"),
                    pause(Duration.ofMillis(5)),
                    http("x").get("/"),
                    pause(1),
                    http("x").get("/"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.came).extracting(request -> request.connection()).containsExactly(0L, 0L, 1L);
        }
    }

    @Test
    void requestTimeoutIsTheDeadlineOfOneRequestAndThatOfTheRequestWins() {
        try (Target target = Target.answering(request -> request.path().equals("/slow")
                ? TruthResponse.ok("ok").after(Duration.ofMillis(150))
                : TruthResponse.never())) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).requestTimeout(Duration.ofMillis(60)),
                    http("protocol").get("/never"),
                    http("request").get("/slow").requestTimeout(5),
                    http("shorter").get("/never").requestTimeout(Duration.ofMillis(30)));

            assertThat(trial.requests).extracting(Trial.Request::isOk).containsExactly(false, true, false);
            assertThat(trial.requests.get(0).errorClass()).isEqualTo("timeout.total");
            assertThat(trial.requests.get(0).end() - trial.requests.get(0).actual())
                    .isBetween(59_000L, 500_000L);
            assertThat(trial.requests.get(2).end() - trial.requests.get(2).actual())
                    .isBetween(29_000L, 500_000L);
        }
    }

    @Test
    void requestTimeoutCoversABodyThatDrips() {
        try (FaultServer server = FaultServer.start(FaultScript.dripBody(Duration.ofMillis(10)))) {
            Trial trial = Trial.of(
                    http.requestTimeout(Duration.ofMillis(100)), http("x").get(server.url("/")));

            assertThat(trial.requests.get(0).errorClass()).isEqualTo("timeout.total");
        }
    }

    @Test
    void handshakeHasItsOwnLimit() {
        try (FaultServer server = FaultServer.start(FaultScript.stallHandshake())) {
            Trial trial = Trial.of(
                    http.tlsHandshakeTimeout(Duration.ofMillis(80)).connectTimeout(5),
                    http("x").get(server.httpsUrl("/")));

            assertThat(trial.requests.get(0).errorClass()).isEqualTo("tls.handshake_timeout");
        }
    }

    @Test
    void connectingHasItsOwnLimitWithinThatOfTheRequest() {
        try (SynBlackHole hole = SynBlackHole.start()) {
            Trial connecting = Trial.of(
                    http.connectTimeout(Duration.ofMillis(80)), http("x").get(hole.url("/")));
            Trial whole = Trial.of(
                    http.requestTimeout(Duration.ofMillis(80)), http("x").get(hole.url("/")));

            assertThat(connecting.requests.get(0).errorClass()).isEqualTo("connect.timeout");
            assertThat(whole.requests.get(0).isOk()).isFalse();
            assertThat(whole.requests.get(0).responseMillis()).isBetween(79L, 5_000L);
        }
    }

    @Test
    void aBodyAboveTheLimitFailsItsRequestOnlyIfSomebodyReadsIt() {
        byte[] large = "x".repeat(3000).getBytes(StandardCharsets.UTF_8);
        try (Target target = Target.answering(request -> request.path().equals("/gzip")
                ? TruthResponse.status(200).header("Content-Encoding", "gzip").body(Codings.gzip(large))
                : TruthResponse.status(200).body(large))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).maxResponseBodySize(2999),
                    http("unread").get("/"),
                    http("read").get("/").check(substring("x")),
                    http("gzip").get("/gzip").check(substring("x")));
            Trial enough = Trial.of(
                    http.baseUrl(target.url()).maxResponseBodySize(3000),
                    http("read").get("/").check(substring("x")),
                    http("gzip").get("/gzip").check(substring("x")));

            assertThat(trial.requests)
                    .extracting(Trial.Request::errorClass)
                    .containsExactly("", "body.too_large", "body.too_large");
            assertThat(trial.requests.get(0).bytesReceived()).isGreaterThan(3000);
            assertThat(enough.failures()).isEmpty();
        }
    }

    @Test
    void certificatesAreVerifiedUnlessThatIsTurnedOff() {
        try (Target target = Target.answering(
                setup -> setup.tls(TestCertificates.server(TestCertificates.Kind.SELF_SIGNED)),
                request -> TruthResponse.ok("ok"))) {
            Trial verified = Trial.of(target, http("x").get("/"));
            Trial trusting = Trial.of(
                    http.baseUrl(target.url()).trustAllCertificates(), http("x").get("/"));

            assertThat(verified.requests.get(0).errorClass()).isEqualTo("tls.untrusted");
            assertThat(trusting.failures()).isEmpty();
            assertThat(target.came).hasSize(1);
            assertThat(verified.statistics().generator().tlsVerification()).isTrue();
            assertThat(trusting.statistics().generator().tlsVerification()).isFalse();
        }
    }

    @Test
    void aRefusedConnectionIsAFailureAndTheNextStepRuns() {
        int port;
        try (Target gone = Target.start()) {
            port = gone.server.port();
        }
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("x").get("http://127.0.0.1:" + port + "/"),
                    http("next").get("/next"));

            assertThat(trial.requests).extracting(Trial.Request::errorClass).containsExactly("connect.refused", "");
            assertThat(target.targets()).containsExactly("/next");
        }
    }

    @Test
    void cachingIsOffToday() {
        try (Target target =
                Target.answering(request -> TruthResponse.ok("ok").header("Cache-Control", "max-age=3600"))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).disableCaching(),
                    repeat(2).on(http("x").get("/")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.came).hasSize(2);
        }
    }
}
