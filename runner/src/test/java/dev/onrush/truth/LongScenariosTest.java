package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthServer;

/** Scenarios that turn for ever, go on for ever or nest for ever: no stack is used up, and nobody else waits (G02). */
class LongScenariosTest {
    private static final int TURNS = 1_000_000;
    private static final int OTHERS = 400;

    @TempDir
    Path results;

    /** One user of two spins, on the one loop there is. */
    static final class Spinning extends Simulation {
        {
            setUp(
                            scenario("spinning")
                                    .repeat(TURNS)
                                    .on(exec(session -> session))
                                    .injectOpen(atOnceUsers(Trial.number("spinning"))),
                            scenario("other")
                                    .repeat(OTHERS)
                                    .on(exec(http("other").get(Trial.text("url")))
                                            .pause(Duration.ofMillis(2)))
                                    .injectOpen(atOnceUsers(1)))
                    .seed(1);
        }
    }

    @Test
    @Tag("slow")
    @Tag("onecore")
    void aUserThatSpinsLeavesTheOtherItsTurnAndIsWarnedAbout() throws Exception {
        Figures.timed(
                "G02",
                attempt -> {
                    try (TruthServer server = TruthServer.start()) {
                        TrialRun run = Trial.of(Spinning.class, results.resolve("spinning-" + attempt))
                                .with("url", server.url("/"))
                                .with("spinning", 1)
                                .onOneThreadEach()
                                .run();
                        Invariants.hold(run)
                                .scheduled(2)
                                .due("other", OTHERS)
                                .arrived(server.ledger())
                                .open()
                                .ended(Duration.ofSeconds(20), 0);
                        assertThat(run.log().ends).containsOnly(java.util.Map.entry(UserEnd.THROUGH, 2L));
                        assertThat(Files.readString(run.folder().resolve("index.html")))
                                .contains("this loop has turned 10000 times without a pause");
                        return run;
                    }
                },
                run -> {
                    double[] delays = run.log().requests.stream()
                            .mapToDouble(request -> request.startDelayMicros() / 1e3)
                            .toArray();
                    Figures.print(
                            "G02",
                            "one of two users turns %d times without a wait, one loop: start delay of the other's %d requests"
                                    + " p50 %.2f, p99 %.2f, max %.2f ms; warned about once; run of %.1f s",
                            TURNS,
                            OTHERS,
                            Figures.percentile(delays, 50),
                            Figures.percentile(delays, 99),
                            Figures.percentile(delays, 100),
                            run.figure("/run/durationSeconds"));
                    assertThat(Figures.percentile(delays, 99)).isLessThan(10);
                });
    }

    /** Ten thousand steps in a row, and a request inside of a hundred groups. */
    static final class Endless extends Simulation {
        {
            ChainBuilder steps = exec(Stream.generate(() -> exec(session -> session.set("n", session.getInt("n") + 1)))
                    .limit(10_000)
                    .toList());
            ChainBuilder deep = exec(http("deep").get(Trial.text("url") + "#{n}"));
            for (int depth = 100; depth > 0; depth--) {
                deep = group("g" + depth).on(deep);
            }
            setUp(scenario("endless")
                            .exec(session -> session.set("n", 0))
                            .exec(steps)
                            .exec(deep)
                            .injectOpen(atOnceUsers(2)))
                    .seed(1);
        }
    }

    @Test
    void tenThousandStepsAndAHundredGroupsUseUpNoStack() {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = Trial.of(Endless.class, results)
                    .with("url", server.url("/"))
                    .run();

            Invariants.hold(run)
                    .scheduled(2)
                    .due("deep", 2)
                    .arrived(server.ledger())
                    .open()
                    .ended(Duration.ofSeconds(10), 0);
            assertThat(server.ledger().arrivals("/10000")).isEqualTo(2);
            assertThat(run.summary().get("groups")).hasSize(100);
            assertThat(run.summary().at("/requests/0/group")).hasSize(100);
            Figures.print(
                    "G02", "10000 steps in a row and 100 groups one in another: steps run 10000/10000, groups 100/100");
        }
    }

    /** Blocks in blocks, as a program that builds chains may make by mistake. */
    static final class TooDeep extends Simulation {
        {
            ChainBuilder deep = exec(http("deep").get("http://127.0.0.1:9/"));
            for (int depth = 20_000; depth > 0; depth--) {
                deep = repeat(2).on(deep);
            }
            setUp(scenario("too deep").exec(deep).injectOpen(atOnceUsers(1)));
        }
    }

    @Test
    void blocksNestedTooDeepAreRefusedWithTheirPlace() {
        RunResult result =
                Onrush.run(TooDeep.class, RunOptions.defaults().results(results).quiet());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("scenario \"too deep\" > repeat > repeat > ")
                .contains("LongScenariosTest.java:")
                .endsWith("steps are nested more than 200 deep. Take what is inside out of some of the blocks.");
    }
}
