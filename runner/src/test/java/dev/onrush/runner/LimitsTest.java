package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.UserCounts;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.ClosedInjectionStep;
import dev.onrush.dsl.OpenInjectionStep;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.TruthServer;

/** Runs end when they must, whatever their users do. */
@Tag("beside")
class LimitsTest {
    private static final Duration MOST = Duration.ofMillis(700);

    /** Holds users who never come back; let go when the test is over. */
    private static volatile CountDownLatch gate = new CountDownLatch(1);

    private final TruthServer server = TruthServer.start();
    private final FaultServer silent = FaultServer.start(FaultScript.neverAnswer());

    @TempDir
    Path folder;

    @BeforeEach
    void point() {
        gate = new CountDownLatch(1);
        System.setProperty(Simulations.TARGET, server.url());
        System.setProperty("test.silent", silent.url("/"));
    }

    @AfterEach
    void close() {
        gate.countDown();
        System.clearProperty(Simulations.TARGET);
        System.clearProperty("test.silent");
        server.close();
        silent.close();
    }

    abstract static class Limited extends Simulation {
        final void users(ChainBuilder chain, OpenInjectionStep... steps) {
            setUp(scenario("users").exec(chain).injectOpen(steps))
                    .protocols(Simulations.target())
                    .maxDuration(MOST);
        }

        final void users(ChainBuilder chain, ClosedInjectionStep... steps) {
            setUp(scenario("users").exec(chain).injectClosed(steps))
                    .protocols(Simulations.target())
                    .maxDuration(MOST);
        }
    }

    private static ChainBuilder endless() {
        return forever().on(exec(http("home").get("/")).pause(Duration.ofMillis(100)));
    }

    static final class EndlessLoop extends Limited {
        {
            users(endless(), atOnceUsers(5));
        }
    }

    static final class EndlessLoopClosed extends Limited {
        {
            users(endless(), constantConcurrentUsers(5).during(60));
        }
    }

    static final class LongPause extends Limited {
        {
            users(pause(3600), atOnceUsers(5));
        }
    }

    static final class LoopWithoutWait extends Limited {
        {
            users(forever().on(exec(session -> session)), atOnceUsers(2));
        }
    }

    static final class UsersWithoutEnd extends Limited {
        {
            users(exec(http("home").get("/")), constantUsersPerSec(50).during(3600));
        }
    }

    static final class ClosedUsersWithoutEnd extends Limited {
        {
            users(exec(http("home").get("/")), constantConcurrentUsers(3).during(3600));
        }
    }

    static final class NobodyComes extends Limited {
        {
            users(exec(http("home").get("/")), nothingFor(3600), atOnceUsers(1));
        }
    }

    static final class NoAnswer extends Limited {
        {
            users(exec(http("silent").get(System.getProperty("test.silent"))), atOnceUsers(5));
        }
    }

    static final class UserCodeNeverComesBack extends Limited {
        {
            users(
                    exec(session -> {
                        try {
                            gate.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return session;
                    }),
                    atOnceUsers(8));
        }
    }

    static final class EmptyInjection extends Limited {
        {
            users(exec(http("home").get("/")), atOnceUsers(0));
        }
    }

    static final class EmptyClosedInjection extends Limited {
        {
            users(exec(http("home").get("/")), constantConcurrentUsers(0).during(Duration.ofMillis(300)));
        }
    }

    /** Its parent ends, and it begins and never ends. */
    static final class ChildWithoutEnd extends Simulation {
        {
            setUp(scenario("parent")
                            .exec(http("home").get("/"))
                            .injectOpen(atOnceUsers(2))
                            .andThen(scenario("child").exec(endless()).injectOpen(atOnceUsers(3))))
                    .protocols(Simulations.target())
                    .maxDuration(MOST);
        }
    }

    /** Its parent never ends, so it never begins. */
    static final class ChildThatNeverBegins extends Simulation {
        {
            setUp(scenario("parent")
                            .exec(endless())
                            .injectOpen(atOnceUsers(2))
                            .andThen(scenario("child")
                                    .exec(http("home").get("/"))
                                    .injectOpen(constantUsersPerSec(5).during(60))))
                    .protocols(Simulations.target())
                    .maxDuration(MOST);
        }
    }

    static final class FeederEndsUser extends Limited {
        {
            users(
                    forever()
                            .on(feed(listFeeder(List.of(Map.<String, Object>of("id", 1)))
                                            .stopUserWhenEmpty())
                                    .exec(http("home").get("/"))),
                    atOnceUsers(5));
        }
    }

    @Test
    void endsInTime() {
        List<Class<? extends Simulation>> simulations = List.of(
                EndlessLoop.class,
                EndlessLoopClosed.class,
                LongPause.class,
                LoopWithoutWait.class,
                UsersWithoutEnd.class,
                ClosedUsersWithoutEnd.class,
                NobodyComes.class,
                NoAnswer.class,
                UserCodeNeverComesBack.class,
                EmptyInjection.class,
                EmptyClosedInjection.class,
                ChildWithoutEnd.class,
                ChildThatNeverBegins.class,
                FeederEndsUser.class);
        Map<String, Long> millis = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (Class<? extends Simulation> simulation : simulations) {
            long start = System.nanoTime();
            RunResult result =
                    Onrush.run(simulation, RunOptions.defaults().results(folder).quiet());
            long took = (System.nanoTime() - start) / 1_000_000;
            millis.put(simulation.getSimpleName(), took);
            RunStatistics statistics = result.statistics().orElseThrow();
            UserCounts users = statistics.users();
            if (result.exitCode() != 0
                    || statistics.run().durationSeconds() * 1e3 > MOST.toMillis() + 2_500
                    || took > 20_000 // the first run of a JVM loads its classes
                    || users.started() != users.finished() + users.unfinished()) {
                wrong.add(simulation.getSimpleName() + " exit code " + result.exitCode() + " after " + took + " ms, "
                        + users);
            }
        }

        System.out.println("FIGURE G34 ended in time " + (simulations.size() - wrong.size()) + "/" + simulations.size()
                + " with a longest duration of " + MOST.toMillis() + " ms: " + millis);
        assertThat(wrong).isEmpty();
    }
}
