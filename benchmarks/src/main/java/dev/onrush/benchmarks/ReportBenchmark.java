package dev.onrush.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import dev.onrush.report.Report;
import dev.onrush.report.ReportFiles;
import dev.onrush.testkit.SyntheticLog;

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
    private ReportBenchmark() {}

    public static void main(String... args) throws IOException {
        Path folder = Path.of(args[1]);
        if (args[0].equals("write")) {
            long requests = Math.round(Double.parseDouble(args[2]) * 1e6);
            int seconds = Integer.parseInt(args[3]);
            int names = args.length > 4 ? Integer.parseInt(args[4]) : 50;
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve("events.onrush"));
            Path log = SyntheticLog.write(folder, requests, seconds, names);
            System.out.printf(
                    Locale.ROOT,
                    "%,d requests of %d names in %d s: %.1f bytes each%n",
                    requests,
                    names,
                    seconds,
                    (double) Files.size(log) / requests);
        } else {
            for (int round = 1; round <= (args.length > 2 ? Integer.parseInt(args[2]) : 1); round++) {
                report(folder, round);
            }
        }
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
