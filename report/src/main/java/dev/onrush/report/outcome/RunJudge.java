package dev.onrush.report.outcome;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictInput;
import dev.onrush.core.measure.GeneratorStatistics;
import dev.onrush.core.measure.RunStatistics;

/** Judges a run by what its log tells, so that the verdict at its end and that of a report made again are the same. */
public final class RunJudge {
    private RunJudge() {}

    public static Verdict verdict(RunStatistics statistics) {
        return Verdict.of(input(statistics));
    }

    static VerdictInput input(RunStatistics statistics) {
        GeneratorStatistics generator = statistics.generator();
        long requests = statistics.total().total();
        return new VerdictInput(
                (long) Math.ceil(statistics.run().durationSeconds()),
                generator.steadyStartDelay().percentileMicros(99) * 1000,
                generator.localFailures(),
                generator.lateUsersPercent(),
                requests == 0 ? 0 : Math.min(100, 100.0 * generator.samplesTouchedByStalls() / requests),
                generator.stallSeconds(),
                generator.stallMillis(),
                generator.stealSeconds(),
                generator.stealMaxPercent(),
                generator.jumpSeconds(),
                statistics.users().dropped().getOrDefault(DropReason.USER_CAP, 0L),
                generator.logRecordsLost(),
                generator.damagedBlocks(),
                generator.truncated() || generator.endMissing(),
                generator.cpuMaxPercent(),
                generator.gcPauseMillis(),
                generator.circumstances());
    }
}
