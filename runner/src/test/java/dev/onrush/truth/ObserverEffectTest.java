package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.console.Terminal;
import dev.onrush.dsl.Simulation;
import dev.onrush.runner.SimulationRun;
import dev.onrush.testkit.LedgerEntry;
import dev.onrush.testkit.TruthServer;

/**
 * Looking at a run does not move it (M25): a redrawn console, metrics and a log on the disk, beside plain lines, no metrics and a
 * log in memory. The target's own ledger is the judge.
 */
@Tag("nightly")
class ObserverEffectTest {
    private static final int RATE = 500;
    private static final int SECONDS = Integer.getInteger("observer.seconds", 60);
    private static final int ROUNDS = 5;
    /** Student's t for 99 % of both sides and so many rounds less one: of three shifts, one in 33 nights is a false alarm. */
    private static final double T = 4.604;

    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    Path disk;

    static final class Steady extends Simulation {
        {
            setUp(scenario("steady")
                            .exec(http("get").get(Trial.text("url")))
                            .injectOpen(constantUsersPerSec(RATE).during(SECONDS)))
                    .protocols(http.shareConnections())
                    .seed(1);
        }
    }

    /** What the target saw: how much later than an even schedule requests came, and how many a second. */
    private record Seen(double lateP50, double lateP99, double rate) {
        static Seen by(TruthServer server) {
            long[] arrivals = server.ledger().entries().stream()
                    .mapToLong(LedgerEntry::arrivalNanos)
                    .sorted()
                    .toArray();
            double[] late = new double[arrivals.length];
            for (int i = 0; i < late.length; i++) {
                late[i] = (arrivals[i] - arrivals[0] - i * 1e9 / RATE) / 1e6;
            }
            double earliest = Arrays.stream(late).min().orElseThrow();
            double[] since = Arrays.stream(late).map(each -> each - earliest).toArray();
            return new Seen(
                    Figures.percentile(since, 50),
                    Figures.percentile(since, 99),
                    (arrivals.length - 1) / ((arrivals[arrivals.length - 1] - arrivals[0]) / 1e9));
        }
    }

    @Test
    void consoleMetricsAndLogDoNotMoveTheLoad() throws Exception {
        double[][] shifts = new double[3][ROUNDS];
        run(true); // the first in a cold JVM is like no other
        for (int round = 0; round < ROUNDS; round++) {
            boolean isWatchedFirst = round % 2 == 0;
            Seen first = run(isWatchedFirst);
            Seen second = run(!isWatchedFirst);
            Seen watched = isWatchedFirst ? first : second;
            Seen bare = isWatchedFirst ? second : first;
            shifts[0][round] = watched.lateP50 - bare.lateP50;
            shifts[1][round] = watched.lateP99 - bare.lateP99;
            shifts[2][round] = watched.rate - bare.rate;
            Figures.print("M25", "round %d: watched %s, bare %s", round + 1, watched, bare);
        }
        holdsZero("shift of p50, ms", shifts[0]);
        holdsZero("shift of p99, ms", shifts[1]);
        holdsZero("shift of the rate, 1/s", shifts[2]);
    }

    private static void holdsZero(String what, double[] shifts) {
        double mean = Arrays.stream(shifts).average().orElseThrow();
        double squares = Arrays.stream(shifts)
                .map(shift -> (shift - mean) * (shift - mean))
                .sum();
        double half = T * Math.sqrt(squares / (shifts.length - 1) / shifts.length);
        Figures.print("M25", "%s: %.4f +- %.4f (99 %%)", what, mean, half);
        assertThat(Math.abs(mean)).as(what).isLessThanOrEqualTo(half);
    }

    private Seen run(boolean isWatched) throws Exception {
        Path results = isWatched || !Files.isDirectory(MEMORY)
                ? Files.createTempDirectory(disk, "run")
                : Files.createTempDirectory(MEMORY, "observer");
        try (TruthServer server = TruthServer.start();
                PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            System.setProperty("truth.url", server.url("/"));
            RunOptions options = RunOptions.defaults().results(results);
            if (isWatched) {
                options = options.registry(new SimpleMeterRegistry());
            }
            Terminal terminal = isWatched ? new Terminal(nowhere, true, 140, 40) : Terminal.plain(nowhere);
            RunResult result = new SimulationRun(options, terminal, false).run(Steady.class);
            assertThat(result.problems()).isEmpty();
            assertThat(server.ledger().answered()).isEqualTo((long) RATE * SECONDS);
            return Seen.by(server);
        } finally {
            System.clearProperty("truth.url");
            delete(results);
        }
    }

    private static void delete(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
