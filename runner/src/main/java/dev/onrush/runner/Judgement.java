package dev.onrush.runner;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictInput;
import dev.onrush.core.measure.GeneratorStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.ReportVerdict;

/** The verdict on the generator, from the figures of the log alone, so that a report made again comes to the same. */
final class Judgement {
    private Judgement() {}

    static ReportVerdict of(RunStatistics run) {
        GeneratorStatistics generator = run.generator();
        Verdict verdict = Verdict.of(new VerdictInput(
                (long) Math.ceil(run.run().durationSeconds()),
                generator.steadyStartDelay().percentileMicros(99) * 1000,
                generator.localFailures(),
                0,
                100 * generator.samplesTouchedByStalls(),
                generator.stallSeconds(),
                generator.stallMillis(),
                generator.stealSeconds(),
                generator.stealMaxPercent(),
                generator.jumpSeconds(),
                run.users().dropped().getOrDefault(DropReason.USER_CAP, 0L),
                generator.logRecordsLost(),
                generator.damagedBlocks(),
                generator.truncated() || generator.endMissing(),
                generator.cpuMaxPercent(),
                generator.gcPauseMillis()));
        return new ReportVerdict(
                ReportVerdict.Level.valueOf(verdict.level().name()),
                verdict.reasons().stream()
                        .map(reason -> new ReportVerdict.Reason(reason.text(), reason.fromSecond(), reason.toSecond()))
                        .toList());
    }
}
