package dev.onrush.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.onrush.core.engine.PopulationProgress;
import dev.onrush.core.engine.RunProgress;
import dev.onrush.core.measure.LiveRequest;
import dev.onrush.core.measure.LiveSnapshot;

/** The run as it stands this second, as lines of text. A pure function: what is shown depends on nothing else. */
final class ProgressPage {
    /** More names than this do not help a person who watches. */
    private static final int MOST_REQUESTS = 15;

    private static final int MOST_ERRORS = 5;
    private static final int BAR = 20;

    private final String simulation;
    private final Map<String, Long> profileNanos;
    private final int columns;
    private final boolean coloured;

    /** @param profileNanos length of each population's profile; draws the bar where the number of users is not known before */
    ProgressPage(String simulation, Map<String, Long> profileNanos, int columns, boolean coloured) {
        this.simulation = simulation;
        this.profileNanos = profileNanos;
        this.columns = columns;
        this.coloured = coloured;
    }

    List<String> lines(RunProgress progress, LiveSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        lines.add(Style.BOLD.on(
                        Figures.clock(progress.elapsedNanos()) + "  " + Figures.safe(simulation, columns - 30),
                        coloured)
                + (progress.stopping() ? "  stopping" : ""));
        int nameWidth = nameWidth(progress, snapshot);
        for (PopulationProgress population : progress.populations()) {
            lines.add(users(population, progress.elapsedNanos(), nameWidth));
        }
        lines.add(Style.DIM.on(
                "  " + Figures.left("requests", nameWidth) + Figures.right("OK", 10) + Figures.right("KO", 9)
                        + Figures.right("KO %", 9) + Figures.right("req/s", 9) + Figures.right("p50", 10)
                        + Figures.right("p95", 10) + Figures.right("p99", 10) + "   (rate, percentiles: last second)",
                coloured));
        for (LiveRequest request : shown(snapshot.requests())) {
            lines.add(request(name(request), request, nameWidth));
        }
        int hidden = snapshot.requests().size() - MOST_REQUESTS;
        if (hidden > 0) {
            lines.add("  … and " + hidden + " more names");
        }
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

    private static List<LiveRequest> shown(List<LiveRequest> requests) {
        return requests.subList(0, Math.min(MOST_REQUESTS, requests.size()));
    }

    private int nameWidth(RunProgress progress, LiveSnapshot snapshot) {
        int widest = 12;
        for (PopulationProgress population : progress.populations()) {
            widest = Math.max(widest, population.name().length());
        }
        for (LiveRequest request : shown(snapshot.requests())) {
            widest = Math.max(widest, name(request).length());
        }
        return Math.min(widest, Math.max(12, columns - 70));
    }

    private String users(PopulationProgress population, long elapsedNanos, int nameWidth) {
        long done = population.finished() + population.unfinished();
        double share = share(population, elapsedNanos);
        int filled = (int) Math.round(share * BAR);
        long dropped = population.droppedAtCap() + population.droppedByStop();
        return "  " + Figures.left(Figures.safe(population.name(), nameWidth), nameWidth) + " ["
                + "#".repeat(filled) + "-".repeat(BAR - filled) + "] "
                + Figures.right(Math.round(share * 100) + " %", 5)
                + "   users: waiting " + population.waiting() + ", active " + population.active() + ", done " + done
                + (dropped > 0 ? Style.RED.on(", dropped " + dropped, coloured) : "");
    }

    /** How far the population is: by time while its profile lasts, by users ended once all have started. */
    private double share(PopulationProgress population, long elapsedNanos) {
        long known = population.scheduled();
        long ended = population.finished()
                + population.unfinished()
                + population.droppedAtCap()
                + population.droppedByStop();
        boolean open = known > population.started() || population.notYetDue() > 0 || population.active() == 0;
        if (open && known > 0) {
            return Math.min(1, (double) ended / known);
        }
        long length = profileNanos.getOrDefault(population.name(), 0L);
        return length == 0 ? 1 : Math.min(1, (double) elapsedNanos / length);
    }

    private static String name(LiveRequest request) {
        return request.group().isEmpty()
                ? request.name()
                : String.join(" / ", request.group()) + " / " + request.name();
    }

    private String request(String name, LiveRequest request, int nameWidth) {
        String ok = Figures.right(Long.toString(request.ok()), 10);
        String ko = Figures.right(Long.toString(request.ko()), 9);
        boolean quiet = request.interval().isEmpty();
        return "  " + Figures.left(Figures.safe(name, nameWidth), nameWidth)
                + ok
                + (request.ko() > 0 ? Style.RED.on(ko, coloured) : ko)
                + Figures.right(Figures.percent(request.ko(), request.ok() + request.ko()), 9)
                + Figures.right(Figures.rate(request.throughput()), 9)
                + Figures.right(quiet ? "-" : Figures.time(request.interval().percentileMicros(50)), 10)
                + Figures.right(quiet ? "-" : Figures.time(request.interval().percentileMicros(95)), 10)
                + Figures.right(quiet ? "-" : Figures.time(request.interval().percentileMicros(99)), 10);
    }
}
