package dev.onrush.report;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.eventlog.EventLogReader;
import dev.onrush.core.eventlog.LogListener;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.measure.Aggregate;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.setting.Setting;
import dev.onrush.report.internal.files.EarlierSummary;
import dev.onrush.report.internal.log.GeneratorLogs;
import dev.onrush.report.internal.log.RecordsOfWindow;
import dev.onrush.report.internal.log.RunLog;
import dev.onrush.report.internal.model.VerdictWords;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.GeneratorPart;
import dev.onrush.report.outcome.ReportScope;
import dev.onrush.report.outcome.ReportWindow;
import dev.onrush.report.outcome.RunFacts;
import dev.onrush.report.outcome.RunJudge;
import dev.onrush.report.outcome.RunOutcome;

/** Makes a report again from what the generators of a run recorded: of all of it or of a window, with these percentiles or others. */
final class ReportAgain {
    private static final List<Setting> PERCENTILES =
            List.of(Setting.PERCENTILE_1, Setting.PERCENTILE_2, Setting.PERCENTILE_3, Setting.PERCENTILE_4);

    private final ReportOptions options;
    private final ReadProgress progress;
    private final GeneratorLogs logs;
    private final RunHeader header;
    private final List<GeneratorPart> generators = new ArrayList<>();
    private long runEndNanos;

    private ReportAgain(ReportOptions options, GeneratorLogs logs, ReadProgress progress) {
        this.options = options;
        this.logs = logs;
        this.progress = progress;
        this.header = header(logs.header());
    }

    static ReportFiles make(ReportOptions options, List<Path> runs, ReadProgress progress) {
        if (runs.isEmpty()) {
            throw new EventLogException(
                    "report: no run was named. Name the folder of a run, or several to merge them.");
        }
        GeneratorLogs logs = GeneratorLogs.of(
                runs.stream().map(run -> RunLog.at(run, "report")).toList());
        return new ReportAgain(options, logs, progress).make();
    }

    private ReportFiles make() {
        RunStatistics statistics = read();
        return Report.write(ReportFolder.of(options, logs), options.files(), statistics, outcome(statistics));
    }

    private RunStatistics read() {
        Aggregate all = null;
        for (GeneratorLogs.Part part : logs.parts()) {
            Aggregate one = read(part);
            if (logs.areSeveral()) {
                generators.add(alone(part, one.statistics()));
            }
            if (all == null) {
                all = one;
            } else {
                all.mergeGenerator(one);
            }
        }
        if (all == null) {
            throw new IllegalStateException("no log was read");
        }
        if (options.fromNanos() > 0 && options.fromNanos() >= runEndNanos) {
            throw new EventLogException("report: the window begins at " + Printed.seconds(options.fromNanos() / 1e9)
                    + ", and the run took " + Printed.seconds(runEndNanos / 1e9) + ". Choose a window inside of it.");
        }
        return all.statistics();
    }

    private GeneratorPart alone(GeneratorLogs.Part part, RunStatistics statistics) {
        Path folder = part.log().folder().toAbsolutePath().normalize().getFileName();
        return new GeneratorPart(
                "generator " + (generators.size() + 1) + " (" + folder + ")",
                part.segment().isWhole() ? "" : part.segment().toString(),
                part.log().start(),
                statistics.total().total(),
                RunJudge.verdict(statistics),
                statistics.generator());
    }

    private Aggregate read(GeneratorLogs.Part part) {
        Aggregate aggregate = new Aggregate(MeasureOptions.DEFAULT);
        RecordsOfWindow window =
                new RecordsOfWindow(header, part.offsetNanos(), options.fromNanos(), options.toNanos(), aggregate);
        boolean isAsRecorded = !logs.areSeveral()
                && !options.hasWindow()
                && options.percentiles().isEmpty();
        LogListener receiver = isAsRecorded ? aggregate : window;
        aggregate.beganAt(part.offsetNanos() - options.fromNanos());
        Path file = part.log().file();
        long size = file.toFile().length();
        aggregate.noteReading(EventLogReader.read(file, receiver, bytes -> progress.read(file, bytes, size)));
        window.close();
        window.present().forEach((scenario, count) -> {
            if (count > 0) {
                aggregate.usersPresent(scenario, count);
            }
        });
        runEndNanos = Math.max(runEndNanos, window.runEndNanos());
        return aggregate;
    }

    /** As of the run, but for what was asked of this report. */
    private RunHeader header(RunHeader recorded) {
        RunHeader changed = recorded;
        if (options.fromNanos() > 0) {
            try {
                Instant start = Instant.parse(recorded.get(RunHeader.START));
                changed = changed.with(
                        RunHeader.START, start.plusNanos(options.fromNanos()).toString());
            } catch (DateTimeException e) {
                // It does not tell when it began: then nobody can tell when the window did.
            }
        }
        List<Double> asked = options.percentiles();
        for (int i = 0; i < PERCENTILES.size() && !asked.isEmpty(); i++) {
            // Fewer than four: the last one takes the place of those that are not wanted.
            double percentile = asked.get(Math.min(i, asked.size() - 1));
            String key = PERCENTILES.get(i).key();
            changed = changed.withSetting(
                            key,
                            BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString())
                    .with(RunFacts.SETTING_SOURCE_PREFIX + key, "asked for with this report");
        }
        return changed;
    }

    private RunOutcome outcome(RunStatistics statistics) {
        ReportWindow window = !options.hasWindow()
                ? null
                : new ReportWindow(
                        options.fromNanos() / 1e9,
                        Math.min(options.toNanos(), runEndNanos) / 1e9,
                        runEndNanos / 1e9,
                        statistics.users().present());
        ReportScope scope = new ReportScope(
                window,
                generators,
                logs.areSeveral() ? logs.remarks() : ReportScope.of(statistics).remarks());
        if (logs.areSeveral()) {
            Verdict verdict = MergedVerdict.of(generators, logs, VerdictWords.lastSecond(statistics));
            return new RunOutcome(verdict, null, exitCodeOfAll(), scope);
        }
        EarlierSummary earlier = EarlierSummary.in(
                ReportFile.SUMMARY.in(logs.parts().get(0).log().folder()));
        return new RunOutcome(
                RunJudge.verdict(statistics), window == null ? earlier.assertions() : null, earlier.exitCode(), scope);
    }

    /** The gravest; null if one of them is not known. */
    private @Nullable Integer exitCodeOfAll() {
        List<Integer> fromLeast = List.of(0, 2, 4, 3);
        int gravest = 0;
        for (GeneratorLogs.Part part : logs.parts()) {
            Integer exitCode = EarlierSummary.in(
                            ReportFile.SUMMARY.in(part.log().folder()))
                    .exitCode();
            if (exitCode == null) {
                return null;
            }
            gravest = fromLeast.indexOf(exitCode) > fromLeast.indexOf(gravest) ? exitCode : gravest;
        }
        return gravest;
    }
}
