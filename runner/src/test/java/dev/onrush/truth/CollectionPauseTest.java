package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthServer;

/** Pauses of the collector are told as they were, on the time axis, and so is what they touch (M24). */
@Tag("slow")
class CollectionPauseTest {
    private static final int RATE = 200;
    private static final Duration LENGTH = Duration.ofSeconds(5);
    /** What the generator tells as a stall; how long a full collection takes is the machine's. */
    private static final double LONG_MILLIS = 50;

    @TempDir
    Path results;

    /** Arrivals beside an allocator that fills most of a small heap with small objects and makes full collections. */
    static final class Allocating extends Simulation {
        private static @Nullable Object live;

        /** Small objects that refer to each other: the costliest thing to mark. */
        private static final class Node {
            @SuppressWarnings("unused")
            final @Nullable Node next;

            @SuppressWarnings("unused")
            final Object[] load = new Object[1];

            Node(@Nullable Node next) {
                this.next = next;
            }
        }

        {
            setUp(scenario("arrivals")
                            .exec(http("get").get(Trial.text("url")))
                            .injectOpen(constantUsersPerSec(RATE).during(LENGTH)))
                    .seed(1);
        }

        @Override
        public void before() {
            Thread allocator = new Thread(Allocating::allocate, "allocator");
            allocator.setDaemon(true);
            allocator.start();
        }

        private static void allocate() {
            Node newest = null;
            for (int i = 0; i < 1_200_000; i++) {
                newest = new Node(newest);
            }
            live = newest;
            LockSupport.parkNanos(2_500_000_000L);
            for (int i = 0; i < 2; i++) {
                System.gc();
                LockSupport.parkNanos(700_000_000);
            }
            if (live == null) {
                throw new IllegalStateException("the heap was to be kept full");
            }
        }
    }

    /** A pause as the collector's own log tells it; instants in nanoseconds since the run began. */
    private record Pause(long fromNanos, long toNanos) {
        double millis() {
            return (toNanos - fromNanos) / 1e6;
        }
    }

    private record Measured(TrialRun run, List<Pause> pauses) {}

    @Test
    void pausesOfTheCollectorAreToldAsItsOwnLogTellsThem() throws Exception {
        Figures.timed("M24", this::measure, this::judge);
    }

    private Measured measure(int attempt) throws Exception {
        Path log = results.resolve("gc-" + attempt + ".log");
        try (TruthServer server = TruthServer.start()) {
            Trial trial = Trial.of(Allocating.class, results.resolve("run-" + attempt))
                    .with("url", server.url("/"));
            try (ChildRun child = trial.child(
                            "-Xmx96m", "-XX:+UseSerialGC", "-Xlog:gc:file=" + log + ":time", "-Duser.timezone=UTC")
                    .start()) {
                TrialRun run = trial.after(child.await(Duration.ofSeconds(40)));
                Invariants.hold(run)
                        .scheduled(RATE * LENGTH.toSeconds())
                        .due("get", RATE * LENGTH.toSeconds())
                        .arrived(server.ledger())
                        .open()
                        .ended(LENGTH, 0);
                return new Measured(run, pauses(log, run));
            }
        }
    }

    private void judge(Measured measured) {
        TrialRun run = measured.run;
        List<Pause> pauses = measured.pauses;
        double logged = pauses.stream().mapToDouble(Pause::millis).sum();
        double told = run.figure("/generator/gcPauseMillis");
        List<Pause> full =
                pauses.stream().filter(pause -> pause.millis() >= LONG_MILLIS).toList();
        // The first two seconds load classes: slow for another reason.
        List<LogFacts.Request> steady = run.log().requests.stream()
                .filter(request -> request.intendedNanos() >= 2_000_000_000L)
                .toList();
        List<LogFacts.Request> touched =
                steady.stream().filter(request -> isTouched(request, full)).toList();
        double[] untouched = steady.stream()
                .filter(request -> !isTouched(request, full))
                .mapToDouble(request -> request.responseMicros() / 1000.0)
                .toArray();
        double p99 = Figures.percentile(
                steady.stream()
                        .mapToDouble(request -> request.responseMicros() / 1000.0)
                        .toArray(),
                99);
        double p99Without = Figures.percentile(untouched, 99);
        Figures.print(
                "M24",
                "-Xmx96m, SerialGC: %d pauses, %d of them of %.0f ms or more, %.0f ms in all by the collector's log, %.0f ms"
                        + " told; after the first 2 s %.1f %% of the samples touched, response time p99 %.1f ms, %.1f ms without these",
                pauses.size(),
                full.size(),
                LONG_MILLIS,
                logged,
                told,
                100.0 * touched.size() / steady.size(),
                p99,
                p99Without);
        assertThat(full).isNotEmpty();
        assertThat(told).isBetween(logged * 0.95 - 1, logged * 1.05 + 1);
        for (Pause pause : full) {
            assertThat(gcMillisIn(run, pause))
                    .as("on the time axis: %s", pause)
                    .isGreaterThanOrEqualTo((long) pause.millis() - 2);
        }
        assertThat(touched).isNotEmpty();
        assertThat(p99Without).isLessThan(p99);
        assertThat(run.verdict()).isNotEqualTo("TRUSTWORTHY");
        assertThat(run.reasons()).contains("Garbage collection took ");
    }

    /** What the health record of that second tells, or of the next: it is told when the pause is over. */
    private static long gcMillisIn(TrialRun run, Pause pause) {
        return run.log().gcMillis.entrySet().stream()
                .filter(second ->
                        second.getKey() > pause.fromNanos && second.getKey() <= pause.toNanos + 1_200_000_000L)
                .mapToLong(java.util.Map.Entry::getValue)
                .sum();
    }

    /** Whether it waited for the collector. */
    private static boolean isTouched(LogFacts.Request request, List<Pause> pauses) {
        return pauses.stream()
                .anyMatch(pause -> request.intendedNanos() < pause.toNanos && request.endNanos() > pause.fromNanos);
    }

    private static List<Pause> pauses(Path log, TrialRun run) throws IOException {
        Instant start = Instant.parse(run.summary().at("/run/start").asString());
        long lengthNanos = (long) (run.figure("/run/durationSeconds") * 1e9);
        Pattern line = Pattern.compile("^\\[([^\\]]+)\\].* Pause .* ([0-9.]+)ms$");
        DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");
        List<Pause> pauses = new ArrayList<>();
        for (String text : Files.readAllLines(log)) {
            Matcher pause = line.matcher(text);
            if (pause.find()) {
                long toNanos = Duration.between(
                                start,
                                OffsetDateTime.parse(pause.group(1), time).toInstant())
                        .toNanos();
                if (toNanos > 0 && toNanos <= lengthNanos) {
                    pauses.add(new Pause(toNanos - (long) (Double.parseDouble(pause.group(2)) * 1e6), toNanos));
                }
            }
        }
        return pauses;
    }
}
