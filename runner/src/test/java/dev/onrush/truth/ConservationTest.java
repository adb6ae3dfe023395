package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.header;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.core.instrument.step.StepMeterRegistry;
import io.micrometer.core.instrument.step.StepRegistryConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** Nothing is lost or mixed up between the schedule, the wire and the outputs (M30, M31, M32, T39). */
class ConservationTest {
    private static final AtomicLong IDS = new AtomicLong();

    @TempDir
    Path results;

    /** Many users send many requests each, every one with an id of its own that must come back in header and body. */
    static final class Echoes extends Simulation {
        {
            setUp(scenario("echoes")
                            .repeat(Trial.number("repeats"))
                            .on(exec(session -> session.set("id", "r" + IDS.incrementAndGet()))
                                    .exec(http("echo")
                                            .get(Trial.text("url") + "?#{id}")
                                            .header(TruthRequest.ID_HEADER, "#{id}")
                                            .requestTimeout(Duration.ofMillis(Trial.number("timeout")))
                                            .check(
                                                    header(TruthRequest.ID_HEADER)
                                                            .isEL("#{id}"),
                                                    bodyString().isEL("#{id}"))))
                            .injectOpen(rampUsers(Trial.number("users")).during(1)))
                    .seed(1);
        }
    }

    /** Answers after 0 to 5 ms; to one in a hundred with a reset, to one in a hundred too late. */
    private static final class Unreliable {
        private static final Duration LATE = Duration.ofMillis(1000);

        final Set<String> reset = ConcurrentHashMap.newKeySet();
        final Set<String> late = ConcurrentHashMap.newKeySet();
        private final SplittableRandom random = new SplittableRandom(42);

        TruthResponse answer(TruthRequest request) {
            String id = request.query();
            int draw = Math.floorMod(id.hashCode() * 0x9E3779B1, 100);
            if (draw == 0) {
                reset.add(id);
                return TruthResponse.reset();
            }
            if (draw == 1) {
                late.add(id);
                return TruthResponse.ok(id).after(LATE);
            }
            return TruthResponse.ok(id).after(Duration.ofNanos(random.nextInt(5_000_000)));
        }
    }

    @Test
    void aHundredThousandResponsesBelongToTheirRequests() {
        responsesBelongToTheirRequests(500);
    }

    @Test
    @Tag("nightly")
    void aMillionResponsesBelongToTheirRequests() {
        responsesBelongToTheirRequests(5000);
    }

    private void responsesBelongToTheirRequests(int repeats) {
        Unreliable target = new Unreliable();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (TruthServer server =
                TruthServer.setup().keepEntries(false).otherwise(target::answer).start()) {
            TrialRun run = echoes(server, "t39", 200, repeats, 700)
                    .onFourThreads()
                    .registry(registry)
                    .run();

            Invariants.hold(run)
                    .scheduled(200)
                    .due("echo", 200L * repeats)
                    .arrived(server.ledger())
                    .open()
                    .measured(registry)
                    .idsCameBack();
            assertThat(run.exitCode()).isZero();
            long timeouts = failed(run, "timeout.total");
            long resets = failed(run, "read.reset");
            Figures.print(
                    "T39",
                    "%d requests, 200 users, 4 I/O threads: mismatches 0; %d resets, %d timeouts (%d answered late on"
                            + " purpose), %d lost first tries, %.0f requests/s",
                    200 * repeats,
                    resets,
                    timeouts,
                    target.late.size(),
                    run.count("/generator/staleRetries"),
                    run.figure("/total/throughput"));
            assertOutcomes(run, target);
        }
    }

    @Test
    void everythingHoldsOnOneCore() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/taskset")), "taskset is needed to give a process one core");
        Unreliable target = new Unreliable();
        try (TruthServer server = TruthServer.setup().otherwise(target::answer).start()) {
            Trial trial = echoes(server, "onecore", 50, 100, 700);
            try (ChildRun child = trial.child("-XX:ActiveProcessorCount=1", "-Xmx256m")
                    .through("taskset", "-c", "0")
                    .start()) {
                ChildResult result = child.await(Duration.ofSeconds(60));
                TrialRun run = trial.after(result);

                Invariants.hold(run)
                        .scheduled(50)
                        .due("echo", 5000)
                        .arrived(server.ledger())
                        .open()
                        .idsCameBack()
                        .ended(Duration.ofSeconds(20), 0);
                assertOutcomes(run, target);
                Figures.print(
                        "G30",
                        "one core: 5000 requests of 50 users, mismatches 0, %d resets, %d timeouts, start delay p99 %.1f ms",
                        failed(run, "read.reset"),
                        failed(run, "timeout.total"),
                        run.figure("/total/startDelay/p99"));
            }
        }
    }

    /** Nobody answers, and the run ends all the same. */
    static final class Parked extends Simulation {
        {
            setUp(scenario("parked").exec(http("parked").get(Trial.text("url"))).injectOpen(atOnceUsers(100)))
                    .maxDuration(Duration.ofMillis(1500))
                    .seed(1);
        }
    }

    @Test
    @Tag("onecore")
    void requestsInFlightAtTheEndAreUnfinished() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (TruthServer server =
                TruthServer.setup().otherwise(TruthResponse.never()).start()) {
            TrialRun run = Trial.of(Parked.class, results)
                    .with("url", server.url("/"))
                    .registry(registry)
                    .run();

            Invariants.hold(run)
                    .scheduled(100)
                    .due("parked", 100)
                    .arrived(server.ledger())
                    .open()
                    .measured(registry)
                    .ended(Duration.ofMillis(1500), 0);
            assertThat(run.count("/total/unfinished")).isEqualTo(100);
            assertThat(run.count("/total/count/total")).isZero();
            assertThat(run.count("/users/unfinished")).isEqualTo(100);
            assertThat(run.log().requests)
                    .allMatch(LogFacts.Request::isUnfinished)
                    .allMatch(request -> request.endNanos() - request.intendedNanos() >= 1_400_000_000L);
            Figures.print(
                    "M31",
                    "100 in flight at maxDuration 1.5 s: unfinished %d/100, the run took %d ms",
                    run.count("/total/unfinished"),
                    run.took().toMillis());
        }
    }

    /** Publishes what each step counted, as registries do that push to a server. */
    private static final class Publishing extends StepMeterRegistry {
        double requests;
        double timed;
        int steps;

        Publishing(Duration step) {
            super(
                    new StepRegistryConfig() {
                        @Override
                        public String prefix() {
                            return "publishing";
                        }

                        @Override
                        public @Nullable String get(String key) {
                            return null;
                        }

                        @Override
                        public Duration step() {
                            return step;
                        }
                    },
                    Clock.SYSTEM);
            start(task -> {
                Thread thread = new Thread(task, "publishing");
                thread.setDaemon(true);
                return thread;
            });
        }

        @Override
        protected void publish() {
            steps++;
            for (FunctionCounter counter : find("onrush.requests").functionCounters()) {
                requests += counter.count();
            }
            timed += find("onrush.response.time").functionTimers().stream()
                    .mapToDouble(FunctionTimer::count)
                    .sum();
        }

        @Override
        protected TimeUnit getBaseTimeUnit() {
            return TimeUnit.SECONDS;
        }
    }

    @Test
    void aRegistryThatPublishesInStepsGetsTheLastOneToo() {
        Publishing registry = new Publishing(Duration.ofSeconds(2));
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = Trial.of(ArrivalTest.Constant.class, results)
                    .with("url", server.url("/"))
                    .with("rate", 100)
                    .with("seconds", 3)
                    .registry(registry)
                    .run();
            registry.close();

            Invariants.hold(run)
                    .scheduled(300)
                    .due("get", 300)
                    .arrived(server.ledger())
                    .open()
                    .ended(Duration.ofSeconds(3), 0);
            Figures.print(
                    "M32",
                    "3 s run, steps of 2 s: published in %d steps %.0f requests, report %d",
                    registry.steps,
                    registry.requests,
                    run.count("/total/count/total"));
            assertThat(registry.steps).isGreaterThanOrEqualTo(2);
            assertThat((long) registry.requests).isEqualTo(run.count("/total/count/total"));
            assertThat((long) registry.timed).isEqualTo(run.count("/total/count/total"));
        }
    }

    @Test
    void aSecondOpinionOnTheLogAgreesWithTheSummary() throws Exception {
        Unreliable target = new Unreliable();
        try (TruthServer server = TruthServer.setup().otherwise(target::answer).start()) {
            TrialRun run = echoes(server, "oracle", 50, 100, 700).run();

            Invariants.hold(run)
                    .scheduled(50)
                    .due("echo", 5000)
                    .arrived(server.ledger())
                    .open()
                    .idsCameBack()
                    .ended(Duration.ofSeconds(20), 0);
            Path ledger = results.resolve("ledger.csv");
            server.ledger().writeCsv(ledger);
            Oracle.agrees(run, ledger);
            Figures.print(
                    "M30",
                    "5000 requests, log read by oracle.py against summary.json and the ledger: differing numbers 0");
        }
    }

    private Trial echoes(TruthServer server, String folder, int users, int repeats, int timeoutMillis) {
        return Trial.of(Echoes.class, results.resolve(folder))
                .with("url", server.url("/echo"))
                .with("users", users)
                .with("repeats", repeats)
                .with("timeout", timeoutMillis);
    }

    /** A busy machine may time out more than was answered late, also what would have been reset; nothing else fails. */
    private static void assertOutcomes(TrialRun run, Unreliable target) {
        long resets = failed(run, "read.reset");
        long timeouts = failed(run, "timeout.total");
        assertThat(resets).isBetween(1L, (long) target.reset.size());
        assertThat(resets + timeouts).isGreaterThanOrEqualTo(target.reset.size() + target.late.size());
        assertThat(run.count("/total/count/ko")).isEqualTo(resets + timeouts);
    }

    private static long failed(TrialRun run, String errorClass) {
        return run.log().requests.stream()
                .filter(request -> request.counts() && request.errorClass().equals(errorClass))
                .count();
    }
}
