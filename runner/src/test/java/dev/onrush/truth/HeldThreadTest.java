package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.dsl.Session;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthServer;

/** An author's code that holds a thread is named with thread, user, action and stack, and the others go on (G17, G18). */
@Tag("slow")
class HeldThreadTest {
    private static final int RATE = 100;
    private static final Duration LENGTH = Duration.ofSeconds(4);
    /** A thread that is held so long is given up. */
    private static final long NEVER_NANOS = 900_000_000;

    @TempDir
    Path results;

    /** Three users that never come back, and others. */
    static final class Poison extends Simulation {
        private static final Object OUTER = new Object();
        private static final Object INNER = new Object();

        {
            setUp(
                            scenario("spin").exec(Poison::spin).injectOpen(nothingFor(1), atOnceUsers(1)),
                            scenario("regex").exec(Poison::match).injectOpen(nothingFor(1), atOnceUsers(1)),
                            scenario("deadlock").exec(Poison::lock).injectOpen(nothingFor(1), atOnceUsers(1)),
                            scenario("others")
                                    .exec(http("get").get(Trial.text("url")))
                                    .injectOpen(constantUsersPerSec(RATE).during(LENGTH)))
                    .maxDuration(LENGTH.plusSeconds(2))
                    .seed(1);
        }

        @SuppressWarnings("InfiniteLoopStatement") // that is the case
        private static Session spin(Session session) {
            long turns = 0;
            while (true) {
                turns += System.nanoTime() & 1;
                if (turns < 0) {
                    return session;
                }
            }
        }

        private static Session match(Session session) {
            return session.set("matches", Pattern.matches("(x+x+)+\\1y", "x".repeat(60)));
        }

        private static Session lock(Session session) {
            CountDownLatch isHeld = new CountDownLatch(1);
            Thread other = new Thread(() -> {
                synchronized (INNER) {
                    isHeld.countDown();
                    synchronized (OUTER) {
                        throw new IllegalStateException("no deadlock");
                    }
                }
            });
            other.setDaemon(true);
            synchronized (OUTER) {
                other.start();
                await(isHeld);
                synchronized (INNER) {
                    return session;
                }
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void codeThatNeverComesBackIsNamedAndTheOthersGoOn() throws Exception {
        try (TruthServer server = TruthServer.start()) {
            Trial trial = Trial.of(Poison.class, results).with("url", server.url("/"));
            try (ChildRun child = trial.child("-Xmx256m").start()) {
                TrialRun run = trial.after(child.await(Duration.ofSeconds(40)));

                Invariants.hold(run)
                        .scheduled(RATE * LENGTH.toSeconds() + 3)
                        .due("get", RATE * LENGTH.toSeconds())
                        .arrived(server.ledger())
                        .ended(LENGTH.plusSeconds(14), 0); // a JVM without a free core begins and reports slowly
                assertThat(run.figure("/run/durationSeconds")).isLessThan(LENGTH.toSeconds() + 2 + 3);
                double worstSeconds = 0;
                for (String[] of : new String[][] {{"spin", "spin"}, {"regex", "match"}, {"deadlock", "lock"}}) {
                    HeldPlace held = held(run, of[0]);
                    assertThat(held.place()).contains("step 1 (exec)");
                    assertThat(held.thread()).matches("loop-\\d");
                    assertThat(held.userId()).isEqualTo(userOf(run, of[0]));
                    assertThat(held.stack()).contains("HeldThreadTest$Poison." + of[1] + "(HeldThreadTest.java:");
                    double toldSeconds = (run.log().heldTold.get(held.place()) - held.firstNanos()) / 1e9;
                    worstSeconds = Math.max(worstSeconds, toldSeconds);
                    assertThat(toldSeconds).as("told after").isLessThan(2);
                    assertThat(run.html()).contains("HeldThreadTest$Poison." + of[1]);
                }
                Figures.print(
                        "G17",
                        "while (true), a catastrophic expression, a deadlock at 1 s: each told with thread, user, action and"
                                + " stack, the last %.2f s after it began; others OK %d of %d, response time p99 %.1f ms; run of"
                                + " %.2f s, the process ended after %d ms",
                        worstSeconds,
                        run.count("/total/count/ok"),
                        RATE * LENGTH.toSeconds(),
                        run.figure("/total/responseTime/p99"),
                        run.figure("/run/durationSeconds"),
                        run.took().toMillis());
                // Two of them take the cores of this machine, so that others may stand still for a while, too; they
                // come back.
                assertThat(run.log().held.values())
                        .filteredOn(held -> held.longestNanos() >= NEVER_NANOS)
                        .hasSize(3);
                assertThat(run.count("/total/count/ok")).isEqualTo(RATE * LENGTH.toSeconds());
                assertThat(run.count("/users/unfinished")).isEqualTo(3);
            }
        }
    }

    private static HeldPlace held(TrialRun run, String scenario) {
        return run.log().held.values().stream()
                .filter(held -> held.place().contains("scenario \"" + scenario + "\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError(scenario + " is not among " + run.log().held));
    }

    private static long userOf(TrialRun run, String scenario) {
        return run.log().starts.stream()
                .filter(start -> start.scenario().equals(scenario))
                .findFirst()
                .orElseThrow()
                .userId();
    }

    /** One user of a hundred sleeps. */
    static final class Sleepers extends Simulation {
        {
            setUp(
                            scenario("sleepers")
                                    .exec(Sleepers::sleep)
                                    .injectOpen(constantUsersPerSec(RATE * 3 / 100.0)
                                            .during(3)),
                            scenario("others")
                                    .exec(http("get").get(Trial.text("url")))
                                    .injectOpen(constantUsersPerSec(RATE * 3 * 99 / 100.0)
                                            .during(3)))
                    .seed(1);
        }

        private static Session sleep(Session session) {
            try {
                Thread.sleep(200); // that is the case
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return session;
        }
    }

    @Test
    void everySleepOnAnEngineThreadIsFoundAndNothingElse() throws Exception {
        Figures.timed(
                "G18",
                attempt -> {
                    try (TruthServer server = TruthServer.start()) {
                        TrialRun run = Trial.of(Sleepers.class, results.resolve("sleep-" + attempt))
                                .with("url", server.url("/"))
                                .run();
                        Invariants.hold(run)
                                .scheduled(RATE * 9)
                                .arrived(server.ledger())
                                .open()
                                .ended(Duration.ofSeconds(3), 0);
                        Path ledger = results.resolve("ledger-" + attempt + ".csv");
                        server.ledger().writeCsv(ledger);
                        Oracle.agrees(run, ledger);
                        return run;
                    }
                },
                run -> {
                    HeldPlace held = held(run, "sleepers");
                    Figures.print(
                            "G18",
                            "9 of 900 users sleep for 200 ms on an engine thread: detections %d of 9, false %d, longest %d ms,"
                                    + " named %s",
                            held.count(),
                            run.log().held.size() - 1,
                            held.longestNanos() / 1_000_000,
                            held.place());
                    assertThat(held.count()).isEqualTo(9);
                    assertThat(held.stack()).contains("HeldThreadTest$Sleepers.sleep(HeldThreadTest.java:");
                    assertThat(run.log().held).hasSize(1);
                });
    }
}
