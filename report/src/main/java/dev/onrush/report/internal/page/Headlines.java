package dev.onrush.report.internal.page;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.model.ReportPercentiles;
import dev.onrush.report.internal.model.TimeFigure;
import dev.onrush.report.internal.text.Printed;

/** The numbers people look for first. */
final class Headlines {
    private Headlines() {}

    static List<PageModel.Headline> of(RunStatistics statistics) {
        RequestStatistics total = statistics.total();
        List<PageModel.Headline> headlines = new ArrayList<>();
        headlines.add(new PageModel.Headline(
                "requests",
                "Requests",
                Printed.count(total.total()),
                "",
                Printed.count(total.ok()) + " OK, " + Printed.count(total.ko()) + " KO",
                "none"));
        headlines.add(new PageModel.Headline(
                "throughput",
                "Throughput",
                Printed.perSecond(total.throughput()),
                "requests/s",
                "over " + Printed.seconds(statistics.run().measuredSeconds()),
                "none"));
        headlines.add(new PageModel.Headline(
                "ko-percent",
                "Failed",
                total.total() == 0 ? Printed.NOTHING : Printed.percent(total.koPercent()),
                total.total() == 0 ? "" : "%",
                statistics.errors().isEmpty()
                        ? "no errors"
                        : "most often " + statistics.errors().get(0).errorClass(),
                total.ko() > 0 ? "bad" : "none"));
        long mostActive = statistics.timeline().steps().stream()
                .mapToLong(step -> step.activeUsers())
                .max()
                .orElse(0);
        headlines.add(new PageModel.Headline(
                "users",
                "Users started",
                Printed.count(statistics.users().started()),
                "",
                mostActive > 0 ? "up to " + Printed.count(mostActive) + " at once" : "",
                "none"));
        return headlines;
    }

    static List<PageModel.Headline> times(RunStatistics statistics) {
        Times times = statistics.total().responseTime();
        List<PageModel.Headline> headlines = new ArrayList<>();
        for (ReportPercentiles.Percentile percentile :
                ReportPercentiles.of(statistics.run().settings()).all()) {
            Double millis = times.isEmpty() ? null : times.percentileMicros(percentile.value()) / 1000.0;
            String note = !times.isEmpty() && times.tooFewFor(percentile.value()) ? "too few requests" : "";
            headlines.add(timeHeadline(percentile.label(), percentile.label(), millis, note));
        }
        headlines.add(timeHeadline("max", "max", TimeFigure.MAX.millis(times), ""));
        headlines.add(timeHeadline("mean", "mean", TimeFigure.MEAN.millis(times), ""));
        return headlines;
    }

    private static PageModel.Headline timeHeadline(String key, String label, @Nullable Double millis, String note) {
        String printed = Printed.time(millis);
        int unitAt = printed.lastIndexOf(' ');
        return unitAt < 0
                ? new PageModel.Headline(key, label, printed, "", note, "none")
                : new PageModel.Headline(
                        key, label, printed.substring(0, unitAt), printed.substring(unitAt + 1), note, "none");
    }
}
