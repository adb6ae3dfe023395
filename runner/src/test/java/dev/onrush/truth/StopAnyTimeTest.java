package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.LeakProbe;
import dev.onrush.testkit.ResponseTime;
import dev.onrush.testkit.TruthServer;

/** A run stopped at any microsecond, by whatever stops one: what comes afterwards is late and nothing else (G33). */
class StopAnyTimeTest {
    private static final int USERS = 200;

    @TempDir
    Path results;

    /** What stops it. */
    private enum By {
        LONGEST_DURATION(0),
        EMPTY_FEEDER(3),
        INTERRUPT(3);

        final int exitCode;

        By(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    /** Who is interrupted. */
    private static volatile Thread caller = Thread.currentThread();

    /** Users who come and go, and one who may stop them at that microsecond. */
    static final class Stopped extends Simulation {
        {
            Duration at = Duration.ofNanos(1_000L * Trial.number("micros"));
            By by = By.valueOf(Trial.text("by"));
            ChainBuilder stop = switch (by) {
                case LONGEST_DURATION -> pause(9);
                case EMPTY_FEEDER -> pause(at).feed(listFeeder(List.of(Map.<String, Object>of("id", 1))), 2);
                case INTERRUPT ->
                    pause(at).exec(session -> {
                        caller.interrupt();
                        return session;
                    });
            };
            setUp(
                            scenario("users")
                                    .forever()
                                    .on(exec(http("get").get(Trial.text("url"))).pause(Duration.ofNanos(300_000)))
                                    .injectOpen(rampUsers(USERS).during(Duration.ofMillis(60))),
                            scenario("stopper").exec(stop).injectOpen(atOnceUsers(1)))
                    .maxDuration(by == By.LONGEST_DURATION ? at : Duration.ofSeconds(10));
        }
    }

    @Test
    @Tag("slow")
    void aHundredRunsStoppedAtAnyMicrosecondEndWithoutAnException() {
        stop(100);
    }

    @Test
    @Tag("nightly")
    void aThousandRunsStoppedAtAnyMicrosecondEndWithoutAnException() {
        stop(1000);
    }

    private void stop(int rounds) {
        long seed = Long.getLong("stop.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger root = (Logger) LoggerFactory.getLogger("dev.onrush");
        root.addAppender(logged);
        List<String> wrong = new ArrayList<>();
        long started = 0;
        long unfinished = 0;
        long recorded = 0;
        long arrived;
        try (TruthServer server = TruthServer.setup()
                        .keepEntries(false)
                        .responseTime(ResponseTime.uniform(Duration.ZERO, Duration.ofMillis(3), seed))
                        .start();
                LeakProbe leaks = LeakProbe.watching()) {
            caller = Thread.currentThread();
            System.setProperty("onrush.grace", "2ms");
            System.setProperty("truth.url", server.url("/"));
            for (int round = 0; round < rounds; round++) {
                int micros = 1 + random.nextInt(80_000);
                By by = By.values()[round % By.values().length];
                System.setProperty("truth.micros", Integer.toString(micros));
                System.setProperty("truth.by", by.name());
                RunResult result = Onrush.run(
                        Stopped.class,
                        RunOptions.defaults()
                                .results(results.resolve("run" + round))
                                .quiet()
                                .withoutReport());
                boolean interrupted = Thread.interrupted(); // handed on to the caller, as it must be
                assertThat(interrupted).isEqualTo(by == By.INTERRUPT);
                RunStatistics statistics = result.statistics().orElseThrow();
                LogFacts log = LogFacts.of(result.folder().orElseThrow().resolve("events.onrush"));
                started += log.starts.size();
                recorded += log.requests.size();
                unfinished += log.requests.stream()
                        .filter(LogFacts.Request::isUnfinished)
                        .count();
                String fault = fault(by, result, statistics, log);
                if (!fault.isEmpty()) {
                    wrong.add("round " + round + " (" + by + ", " + micros + " µs): " + fault);
                }
            }
            arrived = server.ledger().arrivals();
        } finally {
            root.detachAppender(logged);
            System.clearProperty("onrush.grace");
            List.of("url", "micros", "by").forEach(key -> System.clearProperty("truth." + key));
        }
        Map<Boolean, List<String>> warnings = logged.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN) || event.getThrowableProxy() != null)
                .map(ILoggingEvent::getFormattedMessage)
                .collect(Collectors.partitioningBy(StopAnyTimeTest::isOfABusyMachine));
        List<String> exceptions = warnings.get(false);

        Figures.print(
                "G33",
                "stopped at a random microsecond %d times (seed %d): exceptions %d, I1 broken %d; %d users started, %d requests"
                        + " in flight at a stop; threads held up by the machine for 50 ms or more %d",
                rounds,
                seed,
                exceptions.size(),
                wrong.size(),
                started,
                unfinished,
                warnings.get(true).size());
        assertThat(wrong).isEmpty();
        assertThat(exceptions).isEmpty();
        assertThat(unfinished).isPositive();
        // Not less those that never left: what is being written while the run is cut off may arrive, though its record,
        // taken at
        // that instant, has no bytes yet.
        assertThat(arrived).isLessThanOrEqualTo(recorded);
    }

    /** The watch tells of each thread that stood still: no author's code blocks here, so what stood still was the machine. */
    private static boolean isOfABusyMachine(String warning) {
        return warning.contains(" has held thread ");
    }

    private static String fault(By by, RunResult result, RunStatistics statistics, LogFacts log) {
        StringBuilder fault = new StringBuilder();
        if (result.exitCode() != by.exitCode) {
            fault.append("exit code ").append(result.exitCode()).append(result.problems());
        }
        if (log.ended() != log.starts.size()) {
            fault.append(" users started ")
                    .append(log.starts.size())
                    .append(", ended ")
                    .append(log.ended());
        }
        if (statistics.users().started() != log.starts.size()
                || statistics.users().finished() + statistics.users().unfinished() != log.starts.size()
                || log.starts.size() + log.dropped > USERS + 1) {
            fault.append(" users ").append(statistics.users());
        }
        long counted = statistics.total().ok()
                + statistics.total().ko()
                + statistics.total().unfinished();
        long recorded = log.requests.stream().filter(LogFacts.Request::counts).count();
        if (counted != recorded) {
            fault.append(" requests counted ")
                    .append(counted)
                    .append(", recorded ")
                    .append(recorded);
        }
        if (statistics.total().ko() > 0) {
            fault.append(" KO ").append(statistics.errors());
        }
        if (log.reading().damagedBlocks() > 0 || log.totals == null || log.totals.recordsLost() > 0) {
            fault.append(" the log is not whole");
        }
        if (log.requests.stream().anyMatch(request -> request.endNanos() > log.endNanos)) {
            fault.append(" a request ends after the run");
        }
        return fault.toString();
    }
}
