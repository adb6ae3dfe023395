package dev.onrush.report.internal.findings;

import java.nio.file.Path;
import java.util.Map;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.compare.RunSlices;
import dev.onrush.report.compare.SlicedRun;
import dev.onrush.report.internal.log.RunLog;
import dev.onrush.report.outcome.RunJudge;

/** One run of a comparison, read from its log. */
public record ComparedRun(Path log, RunStatistics statistics, Verdict verdict, RunSlices slices) {
    /**
     * Reads it.
     *
     * @param run the folder of a run, or its log
     * @throws EventLogException if there is no log, one that cannot be read, or none of its requests counts
     */
    public static ComparedRun read(Path run) {
        Path log = RunLog.at(run, "compare").file();
        RunSlices slices = RunSlices.read(log);
        if (slices.isEmpty()) {
            throw new EventLogException("compare: " + run + " has no request that counts: it is empty, or all of it was"
                    + " warm-up. Name another run.");
        }
        RunStatistics statistics = RunStatistics.read(log, MeasureOptions.DEFAULT);
        return new ComparedRun(log, statistics, RunJudge.verdict(statistics), slices);
    }

    public SlicedRun sliced() {
        return new SlicedRun(slices, statistics.run().measuredSeconds());
    }

    /** Name of its folder, which tells runs apart. */
    String label() {
        Path folder = log.toAbsolutePath().normalize().getParent();
        Path name = folder == null ? null : folder.getFileName();
        return name == null ? log.toString() : name.toString();
    }

    /** Whether both are one run: the same file, or a copy of it. */
    public boolean isSameAs(ComparedRun other) {
        if (log.toAbsolutePath().normalize().equals(other.log.toAbsolutePath().normalize())) {
            return true;
        }
        Map<String, String> header = slices.header().values();
        return header.containsKey(RunHeader.START)
                && header.equals(other.slices.header().values())
                && statistics.total().total() == other.statistics.total().total()
                && statistics.total().responseTime().meanMicros()
                        == other.statistics.total().responseTime().meanMicros();
    }
}
