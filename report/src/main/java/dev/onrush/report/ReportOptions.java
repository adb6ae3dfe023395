package dev.onrush.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.report.internal.text.Printed;

/**
 * How a report is made again from the log of a run. Immutable: each call returns a new value.
 *
 * <pre>{@code
 * Onrush.report(ReportOptions.defaults().window(ofSeconds(30), ofSeconds(90)).percentiles(50, 99.9), Path.of("out/Shop-…"));
 * }</pre>
 *
 * @param folder that gets the files; null: the folder of the run, or one inside of it if the report is of a window or of several logs
 * @param from begin of the window, since the run began; null: the begin of the run
 * @param to end of the window, not in it; null: the end of the run
 * @param percentiles one to four in place of the report's four, 0 to 100; empty: those of the run
 * @param files which are written
 */
public record ReportOptions(
        @Nullable Path folder,
        @Nullable Duration from,
        @Nullable Duration to,
        List<Double> percentiles,
        Set<ReportFile> files) {
    private static final ReportOptions DEFAULTS =
            new ReportOptions(null, null, null, List.of(), EnumSet.allOf(ReportFile.class));
    /** The report has so many percentiles. */
    private static final int PERCENTILES = 4;

    public ReportOptions {
        if (from != null) {
            Require.nanosOrZero("window: from", from);
        }
        if (to != null) {
            Require.positiveNanos("window: to", to);
        }
        if (from != null && to != null && to.compareTo(from) <= 0) {
            throw new DefinitionException(
                    "window: to must be later than from, was " + words(from) + " to " + words(to) + ".");
        }
        percentiles = List.copyOf(percentiles);
        if (percentiles.size() > PERCENTILES) {
            throw new DefinitionException("percentiles: at most " + PERCENTILES + " can be shown, were "
                    + percentiles.size() + ": " + percentiles + ".");
        }
        for (double percentile : percentiles) {
            if (!(percentile >= 0 && percentile <= 100)) {
                throw new DefinitionException(
                        "percentiles: each must be from 0 to 100, was " + percentile + ". Write 99.9 for p99.9.");
            }
        }
        if (files.isEmpty()) {
            throw new DefinitionException("files: at least one must be written, were none.");
        }
        files = Collections.unmodifiableSet(EnumSet.copyOf(files));
    }

    /** All files of the whole run, as at its end. */
    public static ReportOptions defaults() {
        return DEFAULTS;
    }

    /** Where the files go; the folder is made if it is not there. */
    public ReportOptions folder(Path to) {
        return new ReportOptions(to, this.from, this.to, percentiles, files);
    }

    /** Counts only what ended from {@code begin} on and before {@code end}, both since the run began. */
    public ReportOptions window(Duration begin, Duration end) {
        return new ReportOptions(folder, begin, end, percentiles, files);
    }

    /** Counts only what ended from then on. */
    public ReportOptions from(Duration begin) {
        return new ReportOptions(folder, begin, to, percentiles, files);
    }

    /** Counts only what ended before then. */
    public ReportOptions to(Duration end) {
        return new ReportOptions(folder, from, end, percentiles, files);
    }

    /** Shows these percentiles, such as 99.9. */
    public ReportOptions percentiles(double... shown) {
        return new ReportOptions(folder, from, to, Arrays.stream(shown).boxed().toList(), files);
    }

    /** Writes only these. */
    public ReportOptions files(ReportFile first, ReportFile... more) {
        return files(EnumSet.of(first, more));
    }

    /** Writes only these. */
    public ReportOptions files(Set<ReportFile> chosen) {
        return new ReportOptions(folder, from, to, percentiles, chosen);
    }

    boolean hasWindow() {
        return from != null || to != null;
    }

    long fromNanos() {
        return from == null ? 0 : from.toNanos();
    }

    long toNanos() {
        return to == null ? Long.MAX_VALUE : to.toNanos();
    }

    private static String words(Duration time) {
        return Printed.seconds(time.toMillis() / 1000.0);
    }
}
