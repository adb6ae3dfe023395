package dev.onrush.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.onrush.core.engine.PopulationProgress;
import dev.onrush.core.engine.RunProgress;
import dev.onrush.core.measure.LiveRequest;
import dev.onrush.core.measure.LiveSnapshot;

/** The run as it stands this second, as lines of text. A pure function: what is shown depends on nothing else. */
final class ProgressPage {
    /** More names than this do not help a person who watches. */
    private static final int MOST_NAMES = 15;

    private static final int MOST_ERRORS = 5;
    private static final int FEWEST = 3;
    private static final int BAR = 20;
    private static final int SHORTEST_NAME = 12;
    /** Width of all columns of figures. */
    private static final int FIGURES = 64;

    private final String simulation;
    private final Map<String, Long> closedNanos;
    private final int columns;
    private final int rows;
    private final boolean coloured;

    /**
     * @param closedNanos length of each closed profile, by scenario: how many users it starts is not known before, so its bar goes
     *     by time
     * @param rows lines the page may have, if names and errors can be left out for it
     */
    ProgressPage(String simulation, Map<String, Long> closedNanos, int columns, int rows, boolean coloured) {
        this.simulation = simulation;
        this.closedNanos = closedNanos;
        this.columns = columns;
        this.rows = rows;
        this.coloured = coloured;
    }

    List<String> lines(RunProgress progress, LiveSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        lines.add(Style.BOLD.on(
                        Figures.clock(progress.elapsedNanos()) + "  " + Figures.safe(simulation, columns - 50),
                        coloured)
                + Style.DIM.on("  rate and percentiles: last second", coloured)
                + (progress.stopping() ? "  " + Style.RED.on("stopping", coloured) : ""));
        // First line, heads, "all", "more", lost records and the cursor's own line: the rest is for names.
        int room = rows - 6 - Math.min(MOST_ERRORS, snapshot.errorsByClass().size());
        int scenarios = most(progress.populations().size(), Math.max(FEWEST, room / 2));
        int requests = most(snapshot.requests().size(), Math.max(FEWEST, room - scenarios - 1));
        List<PopulationProgress> shownScenarios = progress.populations().subList(0, scenarios);
        List<LiveRequest> shownRequests = shown(snapshot.requests(), requests);
        int nameWidth = nameWidth(
                shownScenarios, shownRequests, snapshot.errorsByClass().keySet());
        for (PopulationProgress population : shownScenarios) {
            lines.add(users(population, progress.elapsedNanos(), nameWidth));
        }
        more(lines, progress.populations().size() - scenarios, "scenarios");
        lines.add(Style.DIM.on(
                "  " + Figures.left("requests", nameWidth) + Figures.right("OK", 10) + Figures.right("KO", 9)
                        + Figures.right("KO %", 9) + Figures.right("per s", 9) + Figures.right("p50", 9)
                        + Figures.right("p95", 9) + Figures.right("p99", 9),
                coloured));
        for (LiveRequest request : shownRequests) {
            lines.add(request(name(request), request, nameWidth));
        }
        more(lines, snapshot.requests().size() - requests, "names");
        lines.add(request("all", snapshot.total(), nameWidth));
        snapshot.errorsByClass().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_ERRORS)
                .forEach(error -> lines.add("  "
                        + Style.RED.on(
                                Figures.left(Figures.safe(error.getKey(), nameWidth), nameWidth)
                                        + Figures.right(Long.toString(error.getValue()), 19),
                                coloured)));
        if (snapshot.recordsLost() > 0) {
            lines.add("  "
                    + Style.RED.on(snapshot.recordsLost() + " log records lost: the disk cannot keep up", coloured));
        }
        return lines;
    }

    /** So many of them, those with failures rather than those without, in their order. */
    private static List<LiveRequest> shown(List<LiveRequest> requests, int most) {
        if (most == requests.size()) {
            return requests;
        }
        long failing = requests.stream().filter(request -> request.ko() > 0).count();
        long good = Math.max(0, most - failing);
        List<LiveRequest> shown = new ArrayList<>();
        for (LiveRequest request : requests) {
            if (shown.size() < most && (request.ko() > 0 || good-- > 0)) {
                shown.add(request);
            }
        }
        return shown;
    }

    private static int most(int size, int room) {
        return Math.min(size, Math.min(MOST_NAMES, room));
    }

    private static void more(List<String> lines, int hidden, String of) {
        if (hidden > 0) {
            lines.add("  … and " + hidden + " more " + of);
        }
    }

    private int nameWidth(
            List<PopulationProgress> populations, List<LiveRequest> requests, Collection<String> errorClasses) {
        int widest = SHORTEST_NAME;
        for (PopulationProgress population : populations) {
            widest = Math.max(widest, population.name().length());
        }
        for (LiveRequest request : requests) {
            widest = Math.max(widest, name(request).length());
        }
        for (String errorClass : errorClasses) {
            widest = Math.max(widest, errorClass.length());
        }
        return Math.min(widest, Math.max(SHORTEST_NAME, columns - FIGURES - 3));
    }

    private String users(PopulationProgress population, long elapsedNanos, int nameWidth) {
        Long profileNanos = closedNanos.get(population.name());
        double share = profileNanos == null ? userShare(population) : timeShare(population, elapsedNanos, profileNanos);
        int percent = (int) Math.floor(share * 100 + 1e-9);
        int filled = percent * BAR / 100;
        long dropped = population.droppedAtCap() + population.droppedByStop();
        String coming = profileNanos != null ? "" : "waiting " + population.notYetDue() + ", ";
        return "  " + Figures.left(Figures.safe(population.name(), nameWidth), nameWidth) + " ["
                + "#".repeat(filled) + "-".repeat(BAR - filled) + "] "
                + Figures.right(percent + " %", 5)
                + "  users: " + coming + "active " + population.active() + ", done " + done(population)
                + (dropped > 0 ? Style.RED.on(", dropped " + dropped, coloured) : "");
    }

    private static long done(PopulationProgress population) {
        return population.finished() + population.unfinished();
    }

    /** Users that have come and gone, of all there will be. */
    private static double userShare(PopulationProgress population) {
        long gone = done(population) + population.droppedAtCap() + population.droppedByStop();
        return population.scheduled() == 0 ? 1 : Math.min(1, (double) gone / population.scheduled());
    }

    /** The profile's time that has passed; not all of it while users are still there. */
    private double timeShare(PopulationProgress population, long elapsedNanos, long profileNanos) {
        if (population.beganNanos() < 0) {
            return 0;
        }
        long ofProfile = elapsedNanos - population.beganNanos();
        double passed = profileNanos == 0 ? 1 : Math.min(1, (double) ofProfile / profileNanos);
        return population.active() > 0 ? Math.min(0.99, passed) : passed;
    }

    private static String name(LiveRequest request) {
        return request.group().isEmpty()
                ? request.name()
                : String.join(" / ", request.group()) + " / " + request.name();
    }

    private String request(String name, LiveRequest request, int nameWidth) {
        String ko = Figures.right(Long.toString(request.ko()), 9);
        return "  " + Figures.left(Figures.safe(name, nameWidth), nameWidth)
                + Figures.right(Long.toString(request.ok()), 10)
                + (request.ko() > 0 ? Style.RED.on(ko, coloured) : ko)
                + Figures.right(Figures.percent(request.ko(), request.ok() + request.ko()), 9)
                + Figures.right(Figures.rate(request.throughput()), 9)
                + time(request, 50)
                + time(request, 95)
                + time(request, 99);
    }

    private static String time(LiveRequest request, double percentile) {
        return Figures.right(
                request.interval().isEmpty()
                        ? "-"
                        : Figures.time(request.interval().percentileMicros(percentile)),
                9);
    }
}
