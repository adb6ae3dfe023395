package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;
import sun.misc.SignalHandler;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.LeakProbe;
import dev.onrush.testkit.TruthServer;

class ExitCodeTest {
    private final TruthServer server = TruthServer.start();

    @TempDir
    Path folder;

    @BeforeEach
    void point() {
        System.setProperty(Simulations.TARGET, server.url());
    }

    @AfterEach
    void close() {
        System.clearProperty(Simulations.TARGET);
        server.close();
    }

    private RunResult run(Class<? extends Simulation> simulation) {
        return Onrush.run(simulation, RunOptions.defaults().results(folder).quiet());
    }

    static final class FeederRunsOut extends Simulation {
        {
            setUp(scenario("fed")
                            .feed(listFeeder(List.of(Map.<String, Object>of("id", 1), Map.<String, Object>of("id", 2))))
                            .exec(http("home").get("/"))
                            .injectOpen(atOnceUsers(5)))
                    .protocols(Simulations.target())
                    .assertions(global().allRequests().count().is(77L));
        }
    }

    static final class OutOfMemory extends Simulation {
        {
            setUp(scenario("hungry")
                            .exec(session -> {
                                throw new OutOfMemoryError("deliberate");
                            })
                            .injectOpen(atOnceUsers(1)))
                    .protocols(Simulations.target());
        }
    }

    /** Its only user is dropped now and then at a cap of one, so that the verdict is DEGRADED. */
    static class Untrusted extends Simulation {
        {
            setUp(scenario("crowd")
                            .exec(http("home").get("/"))
                            .pause(Duration.ofMillis(300))
                            .injectOpen(atOnceUsers(5))
                            .maxUsers(1))
                    .protocols(Simulations.target())
                    .failOnUntrusted()
                    .assertions(global().allRequests().count().is(77L));
        }
    }

    static final class UntrustedAndCrashed extends Simulation {
        {
            setUp(scenario("crowd")
                            .exec(session -> {
                                throw new OutOfMemoryError("deliberate");
                            })
                            .injectOpen(atOnceUsers(5))
                            .maxUsers(1))
                    .protocols(Simulations.target())
                    .failOnUntrusted()
                    .assertions(global().allRequests().count().is(77L));
        }
    }

    static final class BrokenAfter extends Simulation {
        {
            setUp(Simulations.one("one")).protocols(Simulations.target());
        }

        @Override
        public void after() {
            throw new IllegalStateException("deliberate");
        }
    }

    static final class BrokenBefore extends Simulation {
        {
            setUp(Simulations.one("one")).protocols(Simulations.target());
        }

        @Override
        public void before() {
            throw new IllegalStateException("deliberate");
        }
    }

    static final class AfterMaxDuration extends Simulation {
        {
            setUp(scenario("endless")
                            .forever()
                            .on(exec(http("home").get("/")).pause(Duration.ofMillis(50)))
                            .injectOpen(atOnceUsers(2)))
                    .protocols(Simulations.target())
                    .maxDuration(Duration.ofMillis(500));
        }
    }

    static final class Nothing extends Simulation {}

    static final CountDownLatch BEGUN = new CountDownLatch(1);

    static final class Interrupted extends Simulation {
        {
            ChainBuilder begin = exec(session -> {
                BEGUN.countDown();
                return session;
            });
            setUp(scenario("waits").exec(begin).pause(60).injectOpen(atOnceUsers(1)))
                    .protocols(Simulations.target());
        }
    }

    @Test
    void tellsHowTheRunEnded() {
        int right = 0;
        right += ends(Simulations.One.class, 0, true);
        right += ends(AfterMaxDuration.class, 0, true);
        right += ends(Nothing.class, 1, false);
        right += ends(BrokenBefore.class, 1, false);
        right += ends(Simulations.Unmet.class, 2, true);
        right += ends(FeederRunsOut.class, 3, true); // and its assertion fails, too
        right += ends(OutOfMemory.class, 3, true);
        right += ends(BrokenAfter.class, 3, true);
        right += ends(Untrusted.class, 4, true); // and its assertion fails, too
        right += ends(UntrustedAndCrashed.class, 3, true); // and it is not trusted, and its assertion fails

        System.out.println("FIGURE G37 exit codes in one JVM " + right + "/10 (System.exit and signals: EndsTest)");
    }

    private int ends(Class<? extends Simulation> simulation, int exitCode, boolean report) {
        RunResult result = run(simulation);

        assertThat(result.exitCode()).as(simulation.getSimpleName() + result).isEqualTo(exitCode);
        assertThat(result.folder().isPresent()).isEqualTo(report);
        result.folder().ifPresent(run -> {
            assertThat(run.resolve("index.html")).isNotEmptyFile();
            assertThat(run.resolve("summary.json")).content().contains("\"exitCode\" : " + exitCode);
            assertThat(run.resolve("junit.xml")).isNotEmptyFile();
        });
        return 1;
    }

    @Test
    void aFailureBeforeTheRunSaysSoAndLeavesNothingBehind() {
        RunResult result = run(BrokenBefore.class);

        assertThat(result.problems())
                .singleElement()
                .asString()
                .matches(
                        "before\\(\\) of dev.onrush.runner.ExitCodeTest\\$BrokenBefore, ExitCodeTest.java:\\d+: failed with"
                                + " IllegalStateException: deliberate. Nothing was sent; correct it and run again.");
        assertThat(server.ledger().arrivals()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFailureAfterTheRunSaysSo() {
        assertThat(run(BrokenAfter.class).problems())
                .containsExactly("after() failed with IllegalStateException: deliberate.");
    }

    @Test
    void anInterruptOfTheCallerStopsTheRun() throws Exception {
        RunResult[] result = new RunResult[1];
        boolean[] interrupted = new boolean[1];
        Thread caller = new Thread(() -> {
            System.setProperty("onrush.grace", "200ms");
            result[0] = run(Interrupted.class);
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        caller.start();
        try {
            BEGUN.await();
            caller.interrupt();
            caller.join(20_000);
        } finally {
            System.clearProperty("onrush.grace");
        }

        assertThat(result[0].exitCode()).isEqualTo(3);
        assertThat(result[0].folder().orElseThrow().resolve("index.html")).isNotEmptyFile();
        assertThat(result[0].problems()).isEmpty();
        assertThat(result[0].statistics().orElseThrow().users().started()).isEqualTo(1);
        assertThat(interrupted[0]).as("the caller is still interrupted").isTrue();
    }

    @Test
    void runsTwiceInOneJvmAndLeavesNothingOfItself() {
        SignalHandler mine = signal -> {};
        SignalHandler before = Signal.handle(new Signal("INT"), mine);
        try (var leaks = LeakProbe.watching("io-", "loop-", "control", "log", "blocking", "console", "after")) {
            RunResult first = run(Simulations.One.class);
            RunResult second = run(Simulations.One.class);

            assertThat(first.exitCode()).isZero();
            assertThat(second.exitCode()).isZero();
            assertThat(second.folder()).isNotEqualTo(first.folder());
            assertThat(server.ledger().arrivals()).isEqualTo(2);
            assertThat(Signal.handle(new Signal("INT"), before)).isSameAs(mine);
            leaks.assertNothingLeft();
        } finally {
            Signal.handle(new Signal("INT"), before);
        }
    }

    @Test
    void nothingIsWrittenToTheConsoleWhenAskedToBeQuiet() {
        Told told = Told.by(() ->
                run(Nothing.class).exitCode() * 10 + run(Simulations.One.class).exitCode());

        assertThat(told).isEqualTo(new Told(10, "", ""));
        assertThat(Files.exists(folder.resolve("latest.txt"))).isTrue();
    }
}
