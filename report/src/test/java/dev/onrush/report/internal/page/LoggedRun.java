package dev.onrush.report.internal.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;
import dev.onrush.report.testing.Runs;

/**
 * A run of 40 s written as a log and read again, with every request remembered, so that a page can be checked by counting:
 * "home", then "search" and "pay" in the group "shop"; from second 20 to 26 it is slow and "search" fails with two errors.
 */
final class LoggedRun {
    static final int SECONDS = 40;
    private static final long SECOND = 1_000_000_000;

    record Sample(String name, long endMicros, long responseMicros, boolean ko, String error, int bytes) {}

    final List<Sample> samples = new ArrayList<>();
    final RunStatistics statistics;

    private LoggedRun(Path folder) {
        Names names = Names.withLimit(100);
        ManualClock clock = new ManualClock(Runs.START);
        Path file = folder.resolve("events.onrush");
        EventLog log = EventLog.create(
                file,
                RunHeader.of("shop.BrowseSimulation", "a slow spell", clock.wallTime(), 42, "0.1.0")
                        .with(RunHeader.TLS_VERIFICATION, "true"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        long startNanos = clock.nanoTime();
        Recorder recorder = log.recorder("test");
        log.start();
        int scenario = names.scenario("shoppers");
        int shop = names.group(Names.NO_GROUP, "shop");
        int[] requests = {
            names.request(Names.NO_GROUP, "home"), names.request(shop, "search"), names.request(shop, "pay")
        };
        String[] texts = {"home", "search", "pay"};
        Random random = new Random(11);
        RequestSample sample = new RequestSample();
        HealthSample health = new HealthSample();
        for (int second = 0; second < SECONDS; second++) {
            clock.advanceTo(startNanos + second * SECOND);
            recorder.userStart(second, scenario, second * SECOND, second * SECOND);
            boolean slow = second >= 20 && second < 26;
            for (int i = 0; i < 45; i++) {
                int name = i % 3;
                boolean ko = slow && name == 1 && i % 2 == 0;
                boolean timeout = ko && i % 4 == 0;
                long response = Math.round(
                        (name == 2 ? 90_000 : 12_000) * (slow ? 4 : 1) * Math.exp(0.5 * random.nextGaussian()));
                long end = second * SECOND + 10_000_000L + i * 20_000_000L;
                response = Math.min(response, end / 1000);
                String error = timeout ? "no answer within 2 s" : "status was 503, expected 200";
                sample.clear();
                sample.userId = second;
                sample.scenario = scenario;
                sample.request = requests[name];
                sample.endNanos = end;
                sample.intendedStartNanos = end - response * 1000;
                sample.actualStartNanos = sample.intendedStartNanos;
                sample.status = ko ? 503 : 200;
                sample.bytesReceived = 1000 + name;
                sample.bytesSent = 100;
                if (ko) {
                    sample.outcome = RequestSample.KO;
                    sample.error = names.error(timeout ? "timeout.total" : "check.failed", error);
                }
                recorder.request(sample);
                samples.add(new Sample(texts[name], end / 1000, response, ko, ko ? error : "", 1000 + name));
            }
            recorder.groupEnd(
                    second, scenario, shop, second * SECOND, second * SECOND + 900_000_000, 800_000_000, true, false);
            recorder.userEnd(second, scenario, second * SECOND + 950_000_000, UserEnd.THROUGH);
            health.atNanos = second * SECOND + 900_000_000;
            health.activeUsers = second % 7;
            recorder.health(health);
            if (second == 20) {
                recorder.mark(MarkKind.LOAD_CHANGE, second * SECOND, "<b>twice</b> as many users");
            }
            log.pump();
        }
        clock.advanceTo(startNanos + SECONDS * SECOND);
        log.close();
        statistics = RunStatistics.read(file, MeasureOptions.DEFAULT);
    }

    static LoggedRun write(Path folder) {
        return new LoggedRun(folder);
    }

    /** Response times in microseconds, sorted, of requests that ended in that window. */
    long[] times(Predicate<Sample> which, int fromSecond, int toSecond) {
        return in(fromSecond, toSecond)
                .filter(which)
                .mapToLong(Sample::responseMicros)
                .sorted()
                .toArray();
    }

    long count(Predicate<Sample> which, int fromSecond, int toSecond) {
        return in(fromSecond, toSecond).filter(which).count();
    }

    private java.util.stream.Stream<Sample> in(int fromSecond, int toSecond) {
        return samples.stream()
                .filter(sample ->
                        sample.endMicros() >= fromSecond * 1_000_000L && sample.endMicros() < toSecond * 1_000_000L);
    }

    /** Nearest rank by counting, then the upper edge of its bucket of 2 digits, as the page promises; milliseconds. */
    static double percentile(long[] sorted, double percentile, long most) {
        long value = sorted[(int) Math.max(0, Math.ceil(percentile * sorted.length / 100 - 1e-9) - 1)];
        long width = 1;
        while (value / width >= 256) {
            width *= 2;
        }
        return Math.min(most, (value / width + 1) * width - 1) / 1000.0;
    }
}
