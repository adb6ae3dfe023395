package dev.onrush.report.internal.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.injection.LoadLevel;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.report.internal.text.Printed;

/**
 * What the profiles asked for over the run, beside what came of it. Of the scenarios that begin with the run; when others
 * begin depends on the target.
 */
final class PlannedLoad {
    /** Shorter stretches do not count as a level of their own. */
    private static final double SHORTEST_SHARE = 0.05;
    /** Rates that differ by less are the same. */
    private static final double ROUNDING = 1e-9;

    private final RunStatistics statistics;
    private final Map<String, List<LoadLevel>> open = new LinkedHashMap<>();
    private final Map<String, List<LoadLevel>> closed = new LinkedHashMap<>();
    private final boolean complete;

    PlannedLoad(RunStatistics statistics) {
        this.statistics = statistics;
        Map<String, String> header = statistics.run().header();
        HeaderTexts.of(header, RunHeader.LEVELS_PREFIX)
                .forEach((scenario, text) -> LoadLevel.parse(text)
                        .ifPresent(levels -> (RunHeader.CLOSED.equals(header.get(RunHeader.MODEL_PREFIX + scenario))
                                        ? closed
                                        : open)
                                .put(scenario, levels)));
        complete = HeaderTexts.of(header, RunHeader.MODEL_PREFIX).size() == open.size() + closed.size();
    }

    List<Remark> remarks() {
        List<Remark> remarks = new ArrayList<>();
        open.forEach((scenario, levels) -> shape(scenario, levels, "users/s", remarks));
        closed.forEach((scenario, levels) -> shape(scenario, levels, "users", remarks));
        if (complete && closed.isEmpty() && !open.isEmpty()) {
            arrivalRate(remarks);
        }
        return remarks;
    }

    private static void shape(String scenario, List<LoadLevel> levels, String unit, List<Remark> remarks) {
        List<LoadLevel> asked =
                levels.stream().filter(level -> level.peak() > 0).toList();
        if (asked.isEmpty()) {
            return;
        }
        double whole = levels.stream().mapToDouble(LoadLevel::seconds).sum();
        boolean endsInRamp = !asked.get(asked.size() - 1).isSteady();
        TreeSet<Double> steady = asked.stream()
                .filter(level -> level.isSteady() && level.seconds() >= SHORTEST_SHARE * whole)
                .map(LoadLevel::from)
                .collect(Collectors.toCollection(TreeSet::new));
        double ramps = asked.stream()
                .filter(level -> !level.isSteady())
                .mapToDouble(LoadLevel::seconds)
                .sum();
        if (endsInRamp) {
            remarks.add(new Remark(
                    Remark.Place.TIMES,
                    "No steady state in " + scenario + ": its load changes until the end of its profile, so percentiles"
                            + " mix load levels. Let a constant rate follow the ramp"));
        } else if (steady.size() > 1) {
            remarks.add(new Remark(
                    Remark.Place.TIMES,
                    "Percentiles of the whole run mix the load levels of " + scenario + ": " + list(steady) + " " + unit
                            + ". Choose a window of one level to see its own"));
        } else if (ramps >= SHORTEST_SHARE * whole) {
            remarks.add(new Remark(
                    Remark.Place.TIMES,
                    "Percentiles of the whole run include the ramps of " + scenario + ", "
                            + Math.round(100 * ramps / whole)
                            + " % of its profile. Choose a window without them, or call them warm-up"));
        }
    }

    private static String list(TreeSet<Double> levels) {
        List<String> texts = new ArrayList<>();
        levels.forEach(level -> texts.add(plain(level)));
        if (texts.size() > 6) {
            return texts.size() + " of them, from " + texts.get(0) + " to " + texts.get(texts.size() - 1);
        }
        return String.join(", ", texts);
    }

    private static String plain(double asked) {
        return new LoadLevel(0, 0, asked, asked).describe();
    }

    /** Whether the highest rate that was asked for was ever there. */
    private void arrivalRate(List<Remark> remarks) {
        LoadLevel highest = highestTogether();
        if (highest.peak() <= 0) {
            return;
        }
        double runEnd = statistics.run().durationSeconds();
        double begins = highest.fromNanos() / 1e9;
        String rate = plain(highest.peak()) + " users/s";
        if (runEnd <= begins) {
            remarks.add(new Remark(
                    Remark.Place.LOAD,
                    "The highest rate asked for, " + rate + ", was never reached: it begins at "
                            + Printed.seconds(begins) + " and the run ended at " + Printed.seconds(runEnd)));
            return;
        }
        if (highest.isSteady()) {
            steadyRate(highest, rate, remarks);
        }
    }

    /** Whether it was there on average while it was asked for, but for chance, or at least in one step. */
    private void steadyRate(LoadLevel highest, String rate, List<Remark> remarks) {
        double begins = highest.fromNanos() / 1e9;
        double ends = Math.min(statistics.run().durationSeconds(), highest.toNanos() / 1e9);
        int step = statistics.timeline().stepSeconds();
        double started = 0;
        double seconds = 0;
        double most = 0;
        for (TimeStep each : statistics.timeline().steps()) {
            double from = each.fromSeconds();
            double to = from + step;
            if (from >= begins && to <= ends) {
                started += each.usersStarted();
                seconds += step;
            }
            most = Math.max(most, each.usersStarted() / (double) step);
        }
        if (seconds == 0) {
            return;
        }
        double reached = started / seconds;
        double chance = 3 * Math.sqrt(highest.peak() / seconds);
        if (reached < highest.peak() - Math.max(0.01 * highest.peak(), chance) && most < 0.99 * highest.peak()) {
            remarks.add(new Remark(
                    Remark.Place.LOAD,
                    "The rate of " + rate + " was never reached: " + Printed.perSecond(reached)
                            + " users/s started on average while it was asked for, at most " + Printed.perSecond(most)
                            + " in a second"));
        }
    }

    /** The longest stretch on which all scenarios together ask for most. */
    private LoadLevel highestTogether() {
        TreeSet<Long> edges = new TreeSet<>();
        open.values()
                .forEach(levels -> levels.forEach(level -> {
                    edges.add(level.fromNanos());
                    edges.add(level.toNanos());
                }));
        LoadLevel highest = new LoadLevel(0, 0, 0, 0);
        Long from = null;
        for (Long to : edges) {
            if (from != null) {
                LoadLevel stretch = together(from, to);
                highest = isBefore(stretch, highest) ? stretch : highest;
            }
            from = to;
        }
        return highest;
    }

    /** What all scenarios ask for between two instants at which none of them changes its level. */
    private LoadLevel together(long from, long to) {
        double first = 0;
        double last = 0;
        for (List<LoadLevel> levels : open.values()) {
            for (LoadLevel level : levels) {
                if (level.fromNanos() <= from && level.toNanos() >= to) {
                    first += at(level, from);
                    last += at(level, to);
                }
            }
        }
        return new LoadLevel(from, to, first, Math.abs(first - last) < ROUNDING ? first : last);
    }

    /** Higher, or as high and steady for longer. */
    private static boolean isBefore(LoadLevel one, LoadLevel other) {
        if (one.peak() > other.peak() * (1 + ROUNDING)) {
            return true;
        }
        return one.peak() >= other.peak() * (1 - ROUNDING)
                && one.isSteady()
                && (!other.isSteady() || one.toNanos() - one.fromNanos() > other.toNanos() - other.fromNanos());
    }

    private static double at(LoadLevel level, long nanos) {
        double share = (nanos - level.fromNanos()) / (double) (level.toNanos() - level.fromNanos());
        return level.from() + share * (level.to() - level.from());
    }
}
