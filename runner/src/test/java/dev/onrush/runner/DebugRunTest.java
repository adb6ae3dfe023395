package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

class DebugRunTest {
    private final TruthServer server = TruthServer.setup()
            .otherwise(request -> switch (request.path()) {
                case "/token" -> TruthResponse.json("{\"token\":\"t-1\"}").header("Set-Cookie", "id=very-secret");
                case "/image" -> TruthResponse.status(200).body(new byte[3000]);
                default -> TruthResponse.status(404).body("no such item\u001b[31m");
            })
            .start();

    @BeforeEach
    void point() {
        System.setProperty(Simulations.TARGET, server.url());
    }

    @AfterEach
    void close() {
        System.clearProperty(Simulations.TARGET);
        server.close();
    }

    static final class Shop extends Simulation {
        {
            setUp(
                            scenario("shop")
                                    .exec(http("log in")
                                            .post("/token?key=k3y-of-mine")
                                            .header("Authorization", "Bearer very-secret")
                                            .body(StringBody("{\"user\":\"ada\"}\n{\"key\":\"k3y-of-mine\"}"))
                                            .check(jsonPath("$.token").saveAs("token")))
                                    .group("basket")
                                    .on(exec(http("open").get("/items/7").check(status().is(200))))
                                    .exec(session -> {
                                        throw new IllegalStateException("no k3y-of-mine");
                                    })
                                    .injectOpen(constantUsersPerSec(100).during(60)),
                            scenario("pictures")
                                    .exec(http("image").get("/image"))
                                    .injectClosed(constantConcurrentUsers(50).during(60)))
                    .protocols(Simulations.target())
                    .warmUp(10)
                    .secret("k3y-of-mine");
        }
    }

    static final class Meeting extends Simulation {
        {
            setUp(scenario("first")
                            .rendezVous(20)
                            .exec(http("image").get("/image"))
                            .injectOpen(atOnceUsers(20))
                            .andThen(scenario("then")
                                    .rendezVous(10)
                                    .exec(http("again").get("/image"))
                                    .injectClosed(constantConcurrentUsers(10).during(60))))
                    .protocols(Simulations.target());
        }
    }

    @Test
    void oneUserOfEachScenarioWaitsForNobody() {
        Told told = debug(Meeting.class);

        assertThat(told.exitCode()).isZero();
        assertThat(server.ledger().entries()).hasSize(2);
    }

    private static Told debug(Class<?> type) {
        return Told.by("--debug", "--simulation", type.getName());
    }

    @Test
    void printsEveryExchangeOfOneUserPerScenario() {
        Told told = debug(Shop.class);

        assertThat(told.exitCode()).isZero();
        assertThat(server.ledger().entries()).hasSize(3);
        String url = server.url();
        assertThat(told.out())
                .contains("user 1, scenario \"shop\": log in ───")
                .contains("> POST " + url + "/token?key=***")
                .contains("> Authorization: ***")
                .contains("> {\"user\":\"ada\"}\n> {\"key\":\"***\"}\n")
                .contains("< HTTP/1.1 200 OK\n")
                .contains("< Set-Cookie: ***\n")
                .contains("< {\"token\":\"t-1\"}\n")
                .contains("= saved: token = \"t-1\"\n")
                .containsPattern("= response time [0-9.]+ ms \\(connect [0-9.]+ ms, first byte [0-9.]+ ms\\), sent"
                        + " [0-9]+ bytes, received [0-9]+ bytes")
                .contains("scenario \"shop\": basket > open ───")
                .contains("> GET " + url + "/items/7\n")
                .contains("< no such item\\u001b[31m\n")
                .contains("= KO  check.failed: status: expected 200, found 404.\n")
                .contains("scenario \"pictures\": image ───")
                .contains("< (3000 bytes, no text)\n")
                .contains("step failed 1 times with user.exception: IllegalStateException: no ***\n")
                .contains("Assertions: none");
        assertThat(told.out() + told.err()).doesNotContain("k3y-of-mine").doesNotContain("very-secret");
    }

    static final class Unmet extends Simulation {
        {
            setUp(Simulations.one("one"))
                    .protocols(http.baseUrl("http://127.0.0.1:1"))
                    .assertions(global().failedRequests().count().is(0L));
        }
    }

    @Test
    void tellsOfWhatGotNoAnswerAndJudgesAssertions() {
        Told told = debug(Unmet.class);

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.out())
                .contains("< (no answer)\n= KO  connect.refused: ")
                .contains("FAILED");
    }

    static final class Wrong extends Simulation {
        {
            setUp(scenario("one").exec(http("a").get("/#{b}?k3y-of-mine")).injectOpen(atOnceUsers(1)))
                    .secret("k3y-of-mine");
        }
    }

    @Test
    void tellsMistakesAndSendsNothing() {
        Told told = debug(Wrong.class);

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.out()).isEmpty();
        assertThat(told.errLines())
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line).startsWith("onrush: scenario \"one\"").doesNotContain("k3y-of-mine"));
    }
}
