package dev.onrush.report.internal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.measure.GeneratorStatistics;
import dev.onrush.core.measure.Mark;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.ThrottleWaits;
import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.ReportScope;
import dev.onrush.report.outcome.RunFacts;

/** What the shape of a run does to its numbers, in plain words, each beside the numbers it concerns. */
public final class RunRemarks {
    private final RunStatistics statistics;
    private final ReportScope scope;
    private final RequestStatistics total;
    private final List<Remark> remarks = new ArrayList<>();

    private RunRemarks(RunStatistics statistics, ReportScope scope) {
        this.statistics = statistics;
        this.scope = scope;
        this.total = statistics.total();
    }

    public static List<Remark> of(RunStatistics statistics, ReportScope scope) {
        return new RunRemarks(statistics, scope).all();
    }

    private List<Remark> all() {
        scope.words().forEach(words -> remark(Remark.Place.RUN, words));
        counts();
        load();
        times();
        onTheWay();
        return List.copyOf(remarks);
    }

    private void counts() {
        if (total.total() == 0) {
            remark(
                    Remark.Place.COUNTS,
                    "No request was completed in this run"
                            + (total.unfinished() > 0
                                    ? ": " + Printed.count(total.unfinished(), "was", "were")
                                            + " in flight when it stopped."
                                    : "."));
        } else if (total.total() <= 2) {
            remark(
                    Remark.Place.TIMES,
                    "Only " + Printed.count(total.total(), "request was", "requests were")
                            + " completed: read the times as single measurements, not as a distribution.");
        }
        if (total.total() > 0 && total.ok() == 0) {
            remark(
                    Remark.Place.TIMES,
                    "Every request failed: these times tell how fast it failed, not how fast it works.");
        } else if (total.koPercent() >= 10) {
            remark(
                    Remark.Place.TIMES,
                    Printed.percent(total.koPercent())
                            + " % of the requests failed: times over OK and KO together mix two things.");
        }
        if (total.unfinished() > 0 && total.total() > 0) {
            remark(
                    Remark.Place.COUNTS,
                    Printed.count(total.unfinished(), "request was", "requests were")
                            + " in flight when the run stopped and in no other figure.");
        }
        total.notSent()
                .forEach((reason, count) -> remark(
                        Remark.Place.COUNTS,
                        Printed.count(count, "request was", "requests were") + " not sent: " + reason + "."));
    }

    private void load() {
        String closed = WorkloadWords.closed(statistics);
        if (closed != null) {
            remark(Remark.Place.LOAD, closed);
        }
        ThrottleWaits waits = statistics.generator().throttleWaits();
        if (waits.requests() > 0) {
            remark(
                    Remark.Place.LOAD,
                    "The throttle bent the profile: " + Printed.count(waits.requests(), "request", "requests")
                            + (total.total() > 0
                                    ? " (" + Printed.percent(Math.min(100, 100.0 * waits.requests() / total.total()))
                                            + " %)"
                                    : "")
                            + " waited for a slot, " + Printed.time(waits.meanMicros() / 1000) + " on average and "
                            + Printed.time(waits.maxMicros() / 1000.0)
                            + " at most. That wait is in no response time.");
        }
        for (Map.Entry<DropReason, Long> dropped :
                new TreeMap<>(statistics.users().dropped()).entrySet()) {
            if (dropped.getValue() > 0) {
                remark(
                        Remark.Place.LOAD,
                        Printed.count(dropped.getValue(), "user was", "users were") + " due and did not start: "
                                + (dropped.getKey() == DropReason.USER_CAP
                                        ? "the cap of users was reached."
                                        : "the run stopped before."));
            }
        }
        remarks.addAll(new PlannedLoad(statistics).remarks());
    }

    private void times() {
        String warmUp = statistics.run().header().getOrDefault(RunFacts.WARM_UP, "");
        if (!warmUp.isEmpty()) {
            remark(
                    Remark.Place.TIMES,
                    "Warm-up: what was due in the first " + warmUp
                            + " is in the charts but in no count, time or assertion.");
        }
        Times times = total.responseTime();
        List<String> tooFew = new ArrayList<>();
        for (ReportPercentiles.Percentile percentile :
                ReportPercentiles.of(statistics.run().settings()).all()) {
            if (!times.isEmpty() && times.tooFewFor(percentile.value())) {
                tooFew.add(percentile.label());
            }
        }
        if (total.total() > 2 && !tooFew.isEmpty()) {
            remark(
                    Remark.Place.TIMES,
                    "Too few samples for " + String.join(", ", tooFew) + ": with "
                            + Printed.count(times.count(), "request", "requests")
                            + (tooFew.size() == 1 ? " it is" : " they are") + " little more than the greatest value.");
        }
        GeneratorStatistics generator = statistics.generator();
        if (generator.timesClamped() > 0) {
            remark(
                    Remark.Place.TIMES,
                    Printed.count(generator.timesClamped(), "time was", "times were")
                            + " outside of what a histogram holds and count at its edge.");
        }
    }

    /** What was told while the run went on, but for who held a thread: the verdict says that, and the charts when. */
    private void onTheWay() {
        for (Mark mark : statistics.timeline().marks()) {
            if (mark.kind() == MarkKind.STOP) {
                remark(Remark.Place.RUN, "At " + Printed.seconds(mark.atMicros() / 1e6) + ": " + mark.text());
            } else if (mark.kind() == MarkKind.NOTE) {
                remark(Remark.Place.RUN, mark.text());
            }
        }
    }

    private void remark(Remark.Place place, String text) {
        remarks.add(new Remark(place, text));
    }
}
