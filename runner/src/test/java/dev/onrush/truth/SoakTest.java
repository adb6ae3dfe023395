package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.core.eventlog.EventLogReader;
import dev.onrush.core.eventlog.RecordHandler;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthServer;

/** A run of an hour costs no more memory, threads or descriptors at its end than at its beginning (G28). */
class SoakTest {
    private static final int RATE = 500;

    @TempDir
    Path results;

    /** A session of four requests, at a rate that gives five hundred of them per second. */
    static final class Soak extends Simulation {
        {
            String url = Trial.text("url");
            setUp(scenario("shop")
                            .exec(http("home").get(url))
                            .pause(Duration.ofMillis(200))
                            .group("basket")
                            .on(repeat(2)
                                    .on(exec(http("item").get(url + "#{randomInt(1,1000)}"))
                                            .pause(Duration.ofMillis(100))))
                            .exec(http("post").post(url).body(StringBody("x")))
                            .injectOpen(constantUsersPerSec(RATE / 4.0).during(Trial.number("seconds"))))
                    .seed(1);
        }
    }

    /** The program that runs it: tells every few seconds what it holds after a collection. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            AtomicBoolean over = new AtomicBoolean();
            Path results = Path.of(arguments[0]);
            long stepNanos = Long.parseLong(arguments[1]) * 1_000_000_000;
            long beginNanos = System.nanoTime();
            Thread looking = new Thread(
                    () -> {
                        for (long next = beginNanos + stepNanos; !over.get(); next += stepNanos) {
                            while (System.nanoTime() - next < 0 && !over.get()) {
                                LockSupport.parkNanos(next - System.nanoTime());
                            }
                            if (!over.get()) {
                                System.out.println(held(results, (System.nanoTime() - beginNanos) / 1_000_000));
                            }
                        }
                    },
                    "looking");
            looking.setDaemon(true);
            looking.start();
            int code = Onrush.run(
                            Soak.class, RunOptions.defaults().results(results).quiet())
                    .exitCode();
            over.set(true);
            LockSupport.unpark(looking);
            System.exit(code);
        }

        private static String held(Path results, long millis) {
            System.gc();
            long heap =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"));
                    Stream<Path> written = Files.walk(results)) {
                long log = written.filter(file -> file.endsWith("events.onrush"))
                        .mapToLong(SoakTest::size)
                        .sum();
                return "held " + millis + " " + heap + " "
                        + Thread.getAllStackTraces().size() + " " + files.count() + " " + log;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    @Tag("nightly")
    void memoryThreadsAndDescriptorsStayFlatAndTheLogGrowsEvenly() throws Exception {
        int seconds = (int) (60 * Double.parseDouble(System.getProperty("soak.minutes", "60")));
        int step = Math.max(2, seconds / 120);
        try (TruthServer server = TruthServer.setup().keepEntries(false).start()) {
            Trial trial =
                    Trial.of(Soak.class, results).with("url", server.url("/")).with("seconds", seconds);
            try (ChildRun child = trial.child(Main.class, results.toString(), Integer.toString(step))
                    .jvm("-Xmx256m")
                    .start()) {
                ChildResult result = child.await(Duration.ofSeconds(seconds + 120L));
                assertThat(result.exitCode()).as(result.toString()).isZero();
                judge(result, seconds, server.ledger().arrivals());
            }
        }
    }

    private void judge(ChildResult result, int seconds, long arrivals) throws IOException {
        long[][] held = result.out().stream()
                .filter(line -> line.startsWith("held "))
                .map(line -> Arrays.stream(line.substring(5).split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray())
                .filter(row -> row[0] > 20_000 && row[0] < 1000L * seconds)
                .toArray(long[][]::new);
        List<long[]> firstThird = Arrays.asList(held).subList(0, held.length / 3);
        List<long[]> lastThird = Arrays.asList(held).subList(held.length - held.length / 3, held.length);
        double heapFirst = median(firstThird, 1);
        double heapLast = median(lastThird, 1);
        double hours = (median(lastThird, 0) - median(firstThird, 0)) / 3_600_000;
        double percentPerHour = (heapLast / heapFirst - 1) * 100 / hours;
        double[] kib = new double[held.length - 1];
        for (int i = 1; i < held.length; i++) {
            kib[i - 1] = (held[i][4] - held[i - 1][4]) / 1024.0 / ((held[i][0] - held[i - 1][0]) / 1000.0);
        }
        Path folder =
                results.resolve(Files.readString(results.resolve("latest.txt")).strip());
        Ends ends = Ends.of(folder.resolve("events.onrush"), Math.min(300, seconds / 4), seconds);
        double p99First = ends.first.getValueAtPercentile(99) / 1e3;
        double p99Last = ends.last.getValueAtPercentile(99) / 1e3;
        Figures.print(
                "G28",
                "%d s at %d/s, %d requests, %d users: heap after collection %.2f MiB in the first third, %.2f in the last"
                        + " (%+.2f %%); threads %.0f and %.0f, descriptors %.0f and %.0f; log %.1f KiB/s, from %.1f to %.1f;"
                        + " p99 %.2f ms in the first %d s, %.2f in the last",
                seconds,
                RATE,
                ends.requests,
                ends.users,
                heapFirst / (1 << 20),
                heapLast / (1 << 20),
                (heapLast / heapFirst - 1) * 100,
                median(firstThird, 2),
                median(lastThird, 2),
                median(firstThird, 3),
                median(lastThird, 3),
                Figures.percentile(kib, 50),
                Figures.percentile(kib, 5),
                Figures.percentile(kib, 95),
                p99First,
                Math.min(300, seconds / 4),
                p99Last);
        assertThat(ends.requests).isEqualTo(arrivals).isEqualTo(4L * RATE / 4 * seconds);
        // What a short soak sees is the curve's own step, doubled while streaming, and not growth with requests.
        assertThat(seconds < 1800 ? (heapLast / heapFirst - 1) * 100 : percentPerHour)
                .as("growth of the heap, %")
                .isLessThan(seconds < 1800 ? 10 : 1);
        assertThat(median(lastThird, 2)).as("threads").isLessThanOrEqualTo(median(firstThird, 2) + 1);
        assertThat(median(lastThird, 3)).as("descriptors").isLessThanOrEqualTo(median(firstThird, 3) * 1.1 + 5);
        assertThat(Figures.percentile(kib, 95))
                .as("growth of the log, KiB/s")
                .isLessThan(Figures.percentile(kib, 50) * 1.25);
        if (p99Last > p99First * 1.05 + 5) {
            System.out.println(
                    "G28: p99 of the last window is higher; on a machine that others use that may be theirs");
        }
    }

    private static double median(List<long[]> rows, int column) {
        return Figures.percentile(rows.stream().mapToDouble(row -> row[column]).toArray(), 50);
    }

    /** Response times at the beginning and at the end, read as they stream by. */
    private static final class Ends implements RecordHandler {
        final Histogram first = new Histogram(3);
        final Histogram last = new Histogram(3);
        private final long firstUntilNanos;
        private final long lastFromNanos;
        long requests;
        long users;

        private Ends(long firstUntilNanos, long lastFromNanos) {
            this.firstUntilNanos = firstUntilNanos;
            this.lastFromNanos = lastFromNanos;
        }

        static Ends of(Path log, long windowSeconds, long seconds) {
            long warmUp = Math.min(20, seconds / 10);
            Ends ends = new Ends((windowSeconds + warmUp) * 1_000_000_000, (seconds - windowSeconds) * 1_000_000_000);
            EventLogReader.read(log, ends);
            return ends;
        }

        @Override
        public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
            users++;
        }

        @Override
        public void request(RequestSample sample) {
            requests++;
            if (sample.endNanos < firstUntilNanos && sample.endNanos > 10_000_000_000L) {
                first.recordValue(sample.responseMicros());
            } else if (sample.endNanos > lastFromNanos) {
                last.recordValue(sample.responseMicros());
            }
        }
    }
}
