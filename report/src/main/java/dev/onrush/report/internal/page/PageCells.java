package dev.onrush.report.internal.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.GroupWindow;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RequestWindow;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.StepSeries;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.report.internal.model.GroupFigures;
import dev.onrush.report.internal.model.TableTree;
import dev.onrush.report.internal.text.Printed;

/**
 * The figures per step from which the page computes those of a time window, within so many characters. Steps become longer until
 * all fits. Where they would become too long to see a short peak, something of each step is given up before the next doubling: the
 * service times of single lines, then the width of the buckets of time. In the end the lines with the fewest requests go.
 */
final class PageCells {
    /** Fewer steps than that are made only if less of each step would not fit either. */
    private static final int MANY_STEPS = 240;

    /** Fewer steps than that are never made: lines are left out instead. */
    private static final int FEW_STEPS = 15;

    /** What is tried of each step, the first that fits is taken. */
    private static final List<Detail> DETAILS = List.of(
            new Detail(BucketWidth.SINGLE, true),
            new Detail(BucketWidth.SINGLE, false),
            new Detail(BucketWidth.DOUBLE, false),
            new Detail(BucketWidth.FOURFOLD, false));

    /** Bytes, packed in memory, of the lines from which it is guessed what all of them will take. */
    private static final long SAMPLE = 1 << 20;

    /** A guess is that much off at most; else a try is made for nothing, or not made. */
    private static final double UNSURE = 1.2;

    private static final int MOST_ERRORS = 200;

    /** Lines times steps: figures of more, most of them zero, would take few characters and slow the page down. */
    private static final int MOST_CELLS = 300_000;

    /** How much of each step is told. */
    private record Detail(BucketWidth width, boolean isWithService) {}

    /** The series of one line of the table. */
    private record Source(
            int row,
            long total,
            @Nullable StepSeries<RequestWindow> request,
            @Nullable StepSeries<GroupWindow> group) {
        Source coarser(int times) {
            return new Source(
                    row,
                    total,
                    request == null ? null : request.coarser(times),
                    group == null ? null : group.coarser(times));
        }

        /** Something like what it takes, to compare lines with each other. */
        long weight(int count, Detail detail) {
            long times = request != null ? request.packedBytes() : group != null ? group.packedBytes() : 0;
            // A request has about as many service times as response times.
            return 4L * count + (detail.isWithService() || row == 0 ? times : times / 2);
        }
    }

    private final RunStatistics statistics;
    private final boolean usesDuration;

    private PageCells(RunStatistics statistics) {
        this.statistics = statistics;
        this.usesDuration = GroupFigures.usesDuration(statistics);
    }

    /**
     * Null where nothing is known over time.
     *
     * @param firstLine index of the first line of the tree among the rows
     */
    static PageData.@Nullable Cells of(
            RunStatistics statistics, List<TableTree.Line> lines, int firstLine, long characters) {
        int fine = statistics.total().series().stepSeconds();
        if (statistics.total().series().steps() == 0
                || statistics.timeline().steps().isEmpty()) {
            return null;
        }
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(0, Long.MAX_VALUE, statistics.total().series(), null));
        for (int i = 0; i < lines.size(); i++) {
            RequestStatistics request = lines.get(i).request();
            GroupStatistics group = lines.get(i).statistics();
            if (request != null) {
                sources.add(new Source(firstLine + i, request.total(), request.series(), null));
            } else if (group != null) {
                sources.add(new Source(firstLine + i, group.total(), null, group.series()));
            }
        }
        int step = Math.max(fine, statistics.timeline().stepSeconds());
        return new PageCells(statistics).fitting(coarser(sources, step / fine), step, characters);
    }

    private static List<Source> coarser(List<Source> sources, int times) {
        return times == 1
                ? sources
                : sources.stream().map(source -> source.coarser(times)).toList();
    }

    private PageData.Cells fitting(List<Source> fine, int fineStep, long characters) {
        List<Source> sources = fine;
        int step = fineStep;
        while (true) {
            int count = count(step);
            int halved = (count + 1) / 2;
            boolean isTooFine = (long) sources.size() * count > MOST_CELLS;
            for (Detail detail :
                    isTooFine ? List.<Detail>of() : halved < MANY_STEPS ? DETAILS : DETAILS.subList(0, 1)) {
                PageData.Cells cells = guessed(sources, step, detail) > characters * UNSURE
                        ? null
                        : cells(sources, step, detail, List.of(), characters);
                if (cells != null) {
                    return cells;
                }
            }
            if (halved < FEW_STEPS) {
                return withoutSmallLines(sources, step, characters);
            }
            sources = coarser(sources, 2);
            step *= 2;
        }
    }

    private int count(int step) {
        long seconds = (long) statistics.timeline().steps().size()
                * statistics.timeline().stepSeconds();
        return (int) Math.max(1, (seconds + step - 1) / step);
    }

    /** Characters that all will take, judged by some lines from everywhere in the table. */
    private double guessed(List<Source> sources, int step, Detail detail) {
        int count = count(step);
        long all = weight(sources, count, detail);
        int every = (int) (all / SAMPLE);
        if (every < 2) {
            // Trying is not dearer than guessing.
            return 0;
        }
        List<Source> some = new ArrayList<>();
        for (int i = every / 2; i < sources.size(); i += every) {
            some.add(sources.get(i));
        }
        if (some.isEmpty()) {
            return 0;
        }
        try (CellsBlock block = new CellsBlock(detail.width(), Integer.MAX_VALUE)) {
            List<PageData.RowCells> rows = rows(some, count, detail, block);
            double characters = Objects.requireNonNull(block.text(rows)).length();
            return characters * all / weight(some, count, detail);
        }
    }

    private static long weight(List<Source> sources, int count, Detail detail) {
        return sources.stream()
                .mapToLong(source -> source.weight(count, detail))
                .sum();
    }

    /** Null if they would take more characters. */
    private PageData.@Nullable Cells cells(
            List<Source> sources, int step, Detail detail, List<String> linesLeftOut, long characters) {
        int count = count(step);
        try (CellsBlock block = new CellsBlock(detail.width(), characters)) {
            List<PageData.RowCells> rows = rows(sources, count, detail, block);
            int times = block.size();
            String packed = block.text(new PageData.CellFigures(rows, errors(step, count), users(step, count)));
            return packed == null
                    ? null
                    : new PageData.Cells(
                            step, count, detail.width().perDoubling(), leftOut(detail, linesLeftOut), times, packed);
        }
    }

    /** Puts their times into the block; not all of them once it is too long. */
    private List<PageData.RowCells> rows(List<Source> sources, int count, Detail detail, CellsBlock block) {
        List<PageData.RowCells> rows = new ArrayList<>();
        for (Source source : sources) {
            StepSeries<RequestWindow> request = source.request();
            StepSeries<GroupWindow> group = source.group();
            if (block.isTooLong()) {
                break;
            }
            if (request != null) {
                boolean isWithService = detail.isWithService() || source.row() == 0;
                rows.add(request(source.row(), windows(request, count), isWithService, block));
            } else if (group != null) {
                rows.add(group(source.row(), windows(group, count), block));
            }
        }
        return rows;
    }

    private List<String> leftOut(Detail detail, List<String> lines) {
        List<String> leftOut = new ArrayList<>();
        if (!detail.isWithService()) {
            leftOut.add("service time of single requests");
        }
        int errors = statistics.errors().size();
        if (errors > MOST_ERRORS) {
            leftOut.add("errors but for the " + MOST_ERRORS + " most frequent of " + Printed.count(errors));
        }
        leftOut.addAll(lines);
        return leftOut;
    }

    /** So many of them, whatever the last ones are; both cover the whole run. */
    private static <W> List<W> windows(StepSeries<W> series, int count) {
        List<W> windows = new ArrayList<>(count);
        for (int step = 0; step < count; step++) {
            windows.add(series.window(
                    Math.min(step, series.steps()),
                    step == count - 1 ? series.steps() : Math.min(step + 1, series.steps())));
        }
        return windows;
    }

    private static PageData.RowCells request(
            int row, List<RequestWindow> windows, boolean isWithService, CellsBlock block) {
        Map<Integer, List<Long>> status = new TreeMap<>();
        for (int step = 0; step < windows.size(); step++) {
            for (Map.Entry<Integer, Long> code : windows.get(step).statusCodes().entrySet()) {
                status.computeIfAbsent(code.getKey(), any -> zeros(windows.size()))
                        .set(step, code.getValue());
            }
        }
        return new PageData.RowCells(
                row,
                counts(windows, RequestWindow::ok),
                counts(windows, RequestWindow::ko),
                counts(windows, RequestWindow::bytesReceived),
                counts(windows, RequestWindow::bytesSent),
                block.times(windows.stream().map(RequestWindow::okResponseTime).toList()),
                block.times(windows.stream().map(RequestWindow::koResponseTime).toList()),
                isWithService
                        ? block.times(
                                windows.stream().map(RequestWindow::serviceTime).toList())
                        : null,
                block.times(windows.stream().map(RequestWindow::startDelay).toList()),
                status.isEmpty() ? null : status);
    }

    private PageData.RowCells group(int row, List<GroupWindow> windows, CellsBlock block) {
        return new PageData.RowCells(
                row,
                counts(windows, GroupWindow::ok),
                counts(windows, GroupWindow::ko),
                null,
                null,
                block.times(windows.stream()
                        .map(usesDuration ? GroupWindow::okDuration : GroupWindow::okCumulated)
                        .toList()),
                block.times(windows.stream()
                        .map(usesDuration ? GroupWindow::koDuration : GroupWindow::koCumulated)
                        .toList()),
                null,
                null,
                null);
    }

    private static <W> @Nullable List<Long> counts(List<W> windows, ToLongFunction<W> figure) {
        List<Long> counts = new ArrayList<>(windows.size());
        windows.forEach(window -> counts.add(figure.applyAsLong(window)));
        return ShortNumber.anything(counts) ? counts : null;
    }

    private List<PageData.ErrorCells> errors(int step, int count) {
        List<ErrorCount> errors = statistics.errors();
        List<PageData.ErrorCells> cells = new ArrayList<>();
        for (int row = 0; row < Math.min(MOST_ERRORS, errors.size()); row++) {
            StepSeries<Long> series = errors.get(row).series();
            cells.add(new PageData.ErrorCells(row, windows(series.coarser(step / series.stepSeconds()), count)));
        }
        return cells;
    }

    private PageData.UserCells users(int step, int count) {
        List<Long> started = zeros(count);
        List<Long> active = zeros(count);
        for (TimeStep fine : statistics.timeline().steps()) {
            int at = (int) Math.min(count - 1, fine.fromSeconds() / step);
            started.set(at, started.get(at) + fine.usersStarted());
            active.set(at, fine.activeUsers());
        }
        return new PageData.UserCells(started, active);
    }

    private static List<Long> zeros(int count) {
        List<Long> zeros = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            zeros.add(0L);
        }
        return zeros;
    }

    /** The total, then the lines with most requests as long as they fit, in the order of the table. */
    private PageData.Cells withoutSmallLines(List<Source> sources, int step, long characters) {
        Detail least = DETAILS.get(DETAILS.size() - 1);
        int count = count(step);
        long all = weight(sources, count, least);
        List<Source> busiestFirst = new ArrayList<>(sources);
        busiestFirst.sort(Comparator.comparingLong(source -> -source.total()));
        double share = Math.min(1, characters / Math.max(1, guessed(sources, step, least)));
        while (true) {
            Set<Integer> kept = new HashSet<>();
            double left = all * share;
            for (Source source : busiestFirst) {
                left -= source.weight(count, least);
                if (left < 0 && !kept.isEmpty()) {
                    break;
                }
                kept.add(source.row());
            }
            List<Source> lines = sources.stream()
                    .filter(source -> kept.contains(source.row()))
                    .toList();
            List<String> words = lines.size() == sources.size()
                    ? List.of()
                    : List.of("lines but for the " + Printed.count(lines.size() - 1) + " with most requests of "
                            + Printed.count(sources.size() - 1));
            PageData.Cells cells = cells(lines, step, least, words, lines.size() == 1 ? Integer.MAX_VALUE : characters);
            if (cells != null) {
                return cells;
            }
            share *= 0.9;
        }
    }
}
