package dev.onrush.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;
import dev.onrush.report.Report;
import dev.onrush.report.ReportFiles;

/**
 * How long all files of a report take from a log of so many requests, JVM start excluded, nothing warmed up before. Two
 * processes, so that writing the log does not warm up its reading:
 *
 * <pre>
 * java … ReportBenchmark write &lt;folder&gt; &lt;millions of requests&gt; &lt;seconds of the run&gt; [names]
 * taskset -c 0 java -Xmx256m … ReportBenchmark report &lt;folder&gt; [rounds]
 * </pre>
 */
public final class ReportBenchmark {
    private static final int USERS = 500;

    private ReportBenchmark() {}

    public static void main(String... args) throws IOException {
        Path folder = Path.of(args[1]);
        if (args[0].equals("write")) {
            write(
                    folder,
                    Math.round(Double.parseDouble(args[2]) * 1e6),
                    Integer.parseInt(args[3]),
                    args.length > 4 ? Integer.parseInt(args[4]) : 50);
        } else {
            for (int round = 1; round <= (args.length > 2 ? Integer.parseInt(args[2]) : 1); round++) {
                report(folder, round);
            }
        }
    }

    /** The log of a run of that length, as its two I/O threads and its control thread would have written it. */
    private static void write(Path folder, long requests, int seconds, int requestNames) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("events.onrush"));
        Names names = Names.withLimit(5000);
        ManualClock clock = new ManualClock(Instant.parse("2026-11-26T08:00:00Z"));
        long startNanos = clock.nanoTime();
        EventLog log = EventLog.create(
                folder.resolve("events.onrush"),
                RunHeader.of("BenchmarkSimulation", "", clock.wallTime(), 1, "0.1.0"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        Recorder control = log.recorder("control");
        Recorder[] io = {log.recorder("io-0"), log.recorder("io-1")};
        log.start();
        int scenario = names.scenario("shop");
        for (int user = 0; user < USERS; user++) {
            control.userStart(user, scenario, 0, 0);
        }
        SplittableRandom random = new SplittableRandom(42);
        RequestSample sample = new RequestSample();
        HealthSample health = new HealthSample();
        double stepNanos = seconds * 1e9 / requests;
        long second = 1;
        for (long i = 0; i < requests; i++) {
            long end = (long) (i * stepNanos) + 50_000_000;
            if (end / 1_000_000_000 >= second) {
                clock.advanceTo(startNanos + second * 1_000_000_000);
                health.atNanos = second++ * 1_000_000_000;
                health.processCpuPercent = 60;
                health.activeUsers = USERS;
                control.health(health);
            }
            if (i % 10_000 == 0) {
                log.pump();
            }
            int name = random.nextInt(requestNames);
            long service = (long) (2_000_000 * (1 + name % 7) * -Math.log(1 - random.nextDouble())) + 300_000;
            sample.clear();
            sample.userId = random.nextInt(USERS);
            sample.scenario = scenario;
            sample.request = names.request(Names.NO_GROUP, "request " + name);
            sample.status = 200;
            sample.endNanos = end;
            sample.actualStartNanos = Math.max(0, end - service);
            sample.intendedStartNanos = Math.max(0, sample.actualStartNanos - random.nextInt(1_000_000));
            sample.firstByteNanos = (end - sample.actualStartNanos) * 9 / 10;
            sample.bytesSent = 140;
            sample.bytesReceived = 1_000 + random.nextInt(1_000);
            if (random.nextInt(200) == 0) {
                sample.outcome = RequestSample.KO;
                sample.status = 503;
                sample.error = names.error(ErrorClass.CHECK_FAILED, "status().is(200), found 503");
            }
            io[(int) (i & 1)].request(sample);
        }
        clock.advanceTo(startNanos + seconds * 1_000_000_000L);
        for (int user = 0; user < USERS; user++) {
            control.userEnd(user, scenario, seconds * 1_000_000_000L, UserEnd.THROUGH);
        }
        log.close();
        System.out.printf(
                Locale.ROOT,
                "%,d requests of %d names in %d s: %.1f bytes each%n",
                requests,
                requestNames,
                seconds,
                (double) Files.size(folder.resolve("events.onrush")) / requests);
    }

    private static void report(Path folder, int round) {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        ReportFiles files = Report.fromLog(folder);
        double took = (System.nanoTime() - start) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "round %d: %.2f s, %.3f s per million requests, heap used at most %d MiB of %d, page %.2f MB%n",
                round,
                took,
                took / requests(files) * 1e6,
                peak >> 20,
                Runtime.getRuntime().maxMemory() >> 20,
                size(files.page()) / 1e6);
    }

    /** As the summary tells them. */
    private static long requests(ReportFiles files) {
        try {
            String summary = Files.readString(files.summary());
            int at = summary.indexOf("\"total\" :", summary.indexOf("\"count\"")) + "\"total\" :".length();
            return Long.parseLong(
                    summary.substring(at, summary.indexOf(',', at)).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
