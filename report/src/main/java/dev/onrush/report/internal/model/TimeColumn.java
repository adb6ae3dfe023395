package dev.onrush.report.internal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.Times;

/** A figure of a time in the files for machines: those of {@link TimeFigure}, and the report's percentiles that are not among them. */
public record TimeColumn(String key, Function<Times, @Nullable Double> figure) {
    /** In the order of the files. */
    public static List<TimeColumn> of(Map<String, String> settings) {
        List<TimeColumn> columns = new ArrayList<>();
        for (TimeFigure figure : TimeFigure.values()) {
            columns.add(new TimeColumn(figure.key(), figure::millis));
        }
        for (TimeColumn chosen : chosen(settings)) {
            if (columns.stream().noneMatch(column -> column.key.equals(chosen.key))) {
                columns.add(columns.size() - 1, chosen);
            }
        }
        return columns;
    }

    /** The report's percentiles alone. */
    public static List<TimeColumn> chosen(Map<String, String> settings) {
        return ReportPercentiles.of(settings).all().stream()
                .map(percentile -> new TimeColumn(
                        percentile.label().replace('.', '_'),
                        times -> times.isEmpty() ? null : times.percentileMicros(percentile.value()) / 1000.0))
                .toList();
    }

    /** Milliseconds; null without a sample. */
    @Nullable
    public Double millis(Times times) {
        return figure.apply(times);
    }
}
