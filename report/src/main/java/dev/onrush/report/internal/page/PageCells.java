package dev.onrush.report.internal.page;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
import dev.onrush.core.measure.TimeCounts;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.report.internal.model.GroupFigures;
import dev.onrush.report.internal.model.TableTree;
import dev.onrush.report.internal.text.Printed;

/**
 * The figures per step from which the page computes those of a time window, within so many characters. Steps become longer until
 * all fits; where they would become too long to choose a window, service times of single lines go first, then the lines with the
 * fewest requests.
 */
final class PageCells {
    /** Fewer steps than that are made only after service times were left out. */
    private static final int MANY_STEPS = 60;

    /** Fewer steps than that are never made: lines are left out instead. */
    private static final int FEW_STEPS = 15;

    private static final int MOST_ERRORS = 200;

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
        boolean isWithService = true;
        while (true) {
            int count = count(step);
            if (least(sources, count, isWithService) <= characters) {
                PageData.Cells cells = cells(sources, step, isWithService);
                if (size(cells) <= characters) {
                    return cells;
                }
            }
            int halved = (count + 1) / 2;
            if (isWithService && halved < MANY_STEPS) {
                isWithService = false;
            } else if (halved >= FEW_STEPS) {
                sources = coarser(sources, 2);
                step *= 2;
            } else {
                return withoutSmallLines(cells(sources, step, isWithService), sources, characters);
            }
        }
    }

    private int count(int step) {
        long seconds = (long) statistics.timeline().steps().size()
                * statistics.timeline().stepSeconds();
        return (int) Math.max(1, (seconds + step - 1) / step);
    }

    /**
     * Characters that they take at the least, so that not each of many tries has to be made: a line has an array of counts and one
     * byte per step for its times, and packs in the page take at least half of what they take in memory.
     */
    private static long least(List<Source> sources, int count, boolean isWithService) {
        long packed = 0;
        long lines = 0;
        for (Source source : sources) {
            long bytes = source.request() != null
                    ? source.request().packedBytes() / (isWithService ? 2 : 4)
                    : source.group() != null ? source.group().packedBytes() / 4 : 0;
            packed += bytes;
            lines += bytes == 0 ? 0 : 1;
        }
        return Math.max(packed, lines * count * 2);
    }

    private PageData.Cells cells(List<Source> sources, int step, boolean isWithService) {
        int count = count(step);
        List<PageData.RowCells> rows = new ArrayList<>();
        for (Source source : sources) {
            StepSeries<RequestWindow> request = source.request();
            StepSeries<GroupWindow> group = source.group();
            if (request != null) {
                rows.add(request(source.row(), windows(request, count), isWithService || source.row() == 0));
            } else if (group != null) {
                rows.add(group(source.row(), windows(group, count)));
            }
        }
        List<String> leftOut = new ArrayList<>();
        if (!isWithService) {
            leftOut.add("service time of single requests");
        }
        return new PageData.Cells(step, count, rows, errors(step, count, leftOut), users(step, count), leftOut);
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

    private static PageData.RowCells request(int row, List<RequestWindow> windows, boolean isWithService) {
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
                packs(windows.stream().map(RequestWindow::okResponseTime).toList()),
                packs(windows.stream().map(RequestWindow::koResponseTime).toList()),
                isWithService
                        ? packs(windows.stream().map(RequestWindow::serviceTime).toList())
                        : null,
                packs(windows.stream().map(RequestWindow::startDelay).toList()),
                status.isEmpty() ? null : status);
    }

    private PageData.RowCells group(int row, List<GroupWindow> windows) {
        return new PageData.RowCells(
                row,
                counts(windows, GroupWindow::ok),
                counts(windows, GroupWindow::ko),
                null,
                null,
                packs(windows.stream()
                        .map(usesDuration ? GroupWindow::okDuration : GroupWindow::okCumulated)
                        .toList()),
                packs(windows.stream()
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

    private static @Nullable String packs(List<TimeCounts> steps) {
        if (steps.stream().allMatch(TimeCounts::isEmpty)) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (TimeCounts counts : steps) {
            byte[] packed = counts.packed();
            int length = packed.length;
            for (; length > 0x7f; length >>>= 7) {
                bytes.write(length & 0x7f | 0x80);
            }
            bytes.write(length);
            bytes.writeBytes(packed);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private List<PageData.ErrorCells> errors(int step, int count, List<String> leftOut) {
        List<ErrorCount> errors = statistics.errors();
        List<PageData.ErrorCells> cells = new ArrayList<>();
        for (int row = 0; row < Math.min(MOST_ERRORS, errors.size()); row++) {
            StepSeries<Long> series = errors.get(row).series();
            cells.add(new PageData.ErrorCells(row, windows(series.coarser(step / series.stepSeconds()), count)));
        }
        if (errors.size() > MOST_ERRORS) {
            leftOut.add("errors but for the " + MOST_ERRORS + " most frequent of " + Printed.count(errors.size()));
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
    private static PageData.Cells withoutSmallLines(PageData.Cells all, List<Source> sources, long characters) {
        long left = characters
                - size(all)
                + all.rows().stream().mapToLong(PageCells::size).sum();
        Set<Integer> kept = new HashSet<>();
        List<Integer> busiestFirst = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            busiestFirst.add(i);
        }
        busiestFirst.sort(Comparator.comparingLong(i -> -sources.get(i).total()));
        for (int i : busiestFirst) {
            left -= size(all.rows().get(i));
            if (left < 0 && !kept.isEmpty()) {
                break;
            }
            kept.add(all.rows().get(i).row());
        }
        List<String> leftOut = new ArrayList<>(all.leftOut());
        leftOut.add("lines but for the " + Printed.count(kept.size() - 1) + " with most requests of "
                + Printed.count(sources.size() - 1));
        return new PageData.Cells(
                all.step(),
                all.count(),
                all.rows().stream().filter(row -> kept.contains(row.row())).toList(),
                all.errors(),
                all.users(),
                leftOut);
    }

    /** Characters that they take, nearly. */
    private static long size(PageData.Cells cells) {
        return cells.rows().stream().mapToLong(PageCells::size).sum()
                + cells.errors().stream()
                        .mapToLong(error -> 24 + size(error.counts()))
                        .sum()
                + size(cells.users().started())
                + size(cells.users().active());
    }

    private static long size(PageData.RowCells row) {
        long size = 80 + size(row.ok()) + size(row.ko()) + size(row.received()) + size(row.sent());
        for (String times : new @Nullable String[] {row.okTimes(), row.koTimes(), row.service(), row.delay()}) {
            size += times == null ? 0 : 14 + times.length();
        }
        if (row.status() != null) {
            size += 10
                    + row.status().values().stream()
                            .mapToLong(counts -> 8 + size(counts))
                            .sum();
        }
        return size;
    }

    private static long size(@Nullable List<Long> counts) {
        if (counts == null) {
            return 0;
        }
        long size = 10 + counts.size();
        for (long count : counts) {
            size += Long.toString(count).length();
        }
        return size;
    }
}
