package dev.onrush.core.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Adds up what happened when. Steps are 1 s long and double once there would be more cells than the budget allows. A few steps
 * are open at a time, because threads interleave by a second or two; a closed one is packed, and opened again if something
 * still comes for it.
 */
final class TimelineFold {
    private static final long SECOND_MICROS = 1_000_000;
    private static final int OPEN = 6;
    /** Figures of a step besides those by scenario. */
    private static final int COLUMNS = 20;

    /** What is kept of one step. */
    private static final class Cell {
        long ok;
        long ko;
        final Moments moments = new Moments();
        byte @Nullable [] packed;

        @Nullable
        HealthFold health;
    }

    private final int budget;
    private int stepSeconds = 1;
    private @Nullable Cell[] cells = new @Nullable Cell[64];
    /** Steps in use. */
    private int size;

    private final List<long[]> startedByScenario = new ArrayList<>();
    private final List<long[]> endedByScenario = new ArrayList<>();
    /** Users that started before the records begin, by column of their scenario. */
    private final Map<Integer, Long> presentByScenario = new HashMap<>();

    private final StepHistogram[] open = new StepHistogram[OPEN];
    private final int[] openStep = new int[OPEN];
    private final long[] openUse = new long[OPEN];
    private long uses;

    TimelineFold(int budget) {
        this.budget = budget;
        Arrays.fill(openStep, -1);
        for (int i = 0; i < OPEN; i++) {
            open[i] = new StepHistogram();
        }
    }

    void request(long endMicros, boolean ok, boolean hasDuration, long responseMicros) {
        int step = step(endMicros);
        Cell cell = cell(step);
        if (ok) {
            cell.ok++;
        } else {
            cell.ko++;
        }
        if (hasDuration) {
            long micros = Math.max(0, Math.min(TimesFold.LIMIT_MICROS, responseMicros));
            cell.moments.add(micros);
            histogram(step, cell).add(micros);
        }
    }

    void userStart(int scenario, long atMicros) {
        int step = step(atMicros);
        column(startedByScenario, scenario)[step]++;
    }

    void usersPresent(int scenario, long count) {
        presentByScenario.merge(scenario, count, Long::sum);
    }

    void userEnd(int scenario, long atMicros) {
        int step = step(atMicros);
        column(endedByScenario, scenario)[step]++;
    }

    HealthFold health(long atMicros) {
        // The second is told at its end.
        Cell cell = cell(step(Math.max(0, atMicros - 1)));
        HealthFold health = cell.health;
        if (health == null) {
            health = new HealthFold();
            cell.health = health;
        }
        return health;
    }

    private int step(long micros) {
        long step = Math.max(0, micros) / SECOND_MICROS / stepSeconds;
        if (step >= size) {
            while (step + 1 > mostSteps()) {
                coarsen();
                step = Math.max(0, micros) / SECOND_MICROS / stepSeconds;
            }
            size = Math.max(size, (int) step + 1);
            if (size > cells.length) {
                int length = Math.max(size, Math.min(mostSteps(), cells.length * 2));
                cells = Arrays.copyOf(cells, length);
                startedByScenario.replaceAll(column -> Arrays.copyOf(column, length));
                endedByScenario.replaceAll(column -> Arrays.copyOf(column, length));
            }
        }
        return (int) step;
    }

    private int mostSteps() {
        return Math.max(16, budget / (COLUMNS + 2 * startedByScenario.size()));
    }

    /** Makes a column for one more scenario. */
    int newScenario() {
        int scenario = startedByScenario.size();
        column(startedByScenario, scenario);
        return scenario;
    }

    private long[] column(List<long[]> columns, int scenario) {
        while (startedByScenario.size() <= scenario) {
            startedByScenario.add(new long[cells.length]);
            endedByScenario.add(new long[cells.length]);
        }
        return columns.get(scenario);
    }

    private Cell cell(int step) {
        Cell cell = cells[step];
        if (cell == null) {
            cell = new Cell();
            cells[step] = cell;
        }
        return cell;
    }

    private StepHistogram histogram(int step, Cell cell) {
        int oldest = 0;
        for (int i = 0; i < OPEN; i++) {
            if (openStep[i] == step) {
                openUse[i] = ++uses;
                return open[i];
            }
            if (openUse[i] < openUse[oldest]) {
                oldest = i;
            }
        }
        close(oldest);
        openStep[oldest] = step;
        openUse[oldest] = ++uses;
        byte[] packed = cell.packed;
        if (packed != null) {
            open[oldest].addPacked(packed);
        }
        return open[oldest];
    }

    private void close(int i) {
        if (openStep[i] >= 0) {
            cell(openStep[i]).packed = open[i].pack();
            open[i].clear();
            openStep[i] = -1;
        }
    }

    private void closeAll() {
        for (int i = 0; i < OPEN; i++) {
            close(i);
        }
    }

    private void coarsen() {
        closeAll();
        StepHistogram both = new StepHistogram();
        for (int i = 0; i < cells.length; i += 2) {
            Cell first = cells[i];
            Cell second = i + 1 < cells.length ? cells[i + 1] : null;
            if (first != null && second != null) {
                add(first, second, both);
            }
            cells[i / 2] = first != null ? first : second;
        }
        Arrays.fill(cells, (cells.length + 1) / 2, cells.length, null);
        startedByScenario.forEach(TimelineFold::halve);
        endedByScenario.forEach(TimelineFold::halve);
        size = (size + 1) / 2;
        stepSeconds *= 2;
    }

    private static void halve(long[] column) {
        for (int i = 0; i < column.length; i += 2) {
            column[i / 2] = column[i] + (i + 1 < column.length ? column[i + 1] : 0);
        }
        Arrays.fill(column, (column.length + 1) / 2, column.length, 0);
    }

    private static void add(Cell into, Cell other, StepHistogram work) {
        into.ok += other.ok;
        into.ko += other.ko;
        into.moments.add(other.moments);
        byte[] packed = other.packed;
        if (packed != null) {
            work.clear();
            work.addPacked(packed);
            if (into.packed != null) {
                work.addPacked(into.packed);
            }
            into.packed = work.pack();
        }
        if (other.health != null) {
            if (into.health == null) {
                into.health = new HealthFold();
            }
            into.health.add(other.health);
        }
    }

    /**
     * Adds another one, which is not to be used any more then.
     *
     * @param scenarios which scenario of ours each of its scenarios is
     * @param sideBySide whether it is of another generator, whose connections come on top of ours
     */
    void add(TimelineFold other, int[] scenarios, boolean sideBySide) {
        closeAll();
        other.closeAll();
        while (stepSeconds < other.stepSeconds) {
            coarsen();
        }
        if (sideBySide && other.size > 0) {
            // A step of ours meets one of theirs, so that nothing adds up twice.
            step((long) (other.size - 1) * other.stepSeconds * SECOND_MICROS);
            while (other.stepSeconds < stepSeconds) {
                other.coarsen();
            }
        }
        for (int scenario : scenarios) {
            column(startedByScenario, scenario);
        }
        other.presentByScenario.forEach((scenario, count) -> usersPresent(scenarios[scenario], count));
        StepHistogram work = new StepHistogram();
        for (int i = 0; i < other.size; i++) {
            long atMicros = (long) i * other.stepSeconds * SECOND_MICROS;
            int step = step(atMicros);
            Cell theirs = other.cells[i];
            if (theirs != null) {
                Cell ours = cell(step);
                if (sideBySide && ours.health != null && theirs.health != null) {
                    ours.health.openBeside(theirs.health);
                }
                add(ours, theirs, work);
            }
            for (int s = 0; s < scenarios.length; s++) {
                startedByScenario.get(scenarios[s])[step] +=
                        other.startedByScenario.get(s)[i];
                endedByScenario.get(scenarios[s])[step] += other.endedByScenario.get(s)[i];
            }
        }
    }

    /** How many scenarios have a column. */
    int scenarios() {
        return startedByScenario.size();
    }

    /** Requests that ended in a stalled second, times the stalled part of it. */
    double touchedByStalls() {
        double touched = 0;
        for (int i = 0; i < size; i++) {
            Cell cell = cells[i];
            if (cell != null && cell.health != null && cell.health.stallMicros > 0) {
                double part = (double) cell.health.stallMicros / (stepSeconds * SECOND_MICROS);
                touched += Math.min(1, part) * (cell.ok + cell.ko);
            }
        }
        return touched;
    }

    /** The timeline of a run that ended then; {@code order} lists the columns of the scenarios in the order to show. */
    Timeline timeline(long endMicros, List<String> scenarios, int[] order, List<Mark> marks) {
        closeAll();
        while ((endMicros + SECOND_MICROS - 1) / SECOND_MICROS > (long) mostSteps() * stepSeconds) {
            coarsen();
        }
        long stepMicros = stepSeconds * SECOND_MICROS;
        int last = (int) Math.max(0, (endMicros + stepMicros - 1) / stepMicros - 1);
        StepHistogram work = new StepHistogram();
        // What lies behind the end belongs to the last step.
        for (int i = last + 1; i < size; i++) {
            Cell late = cells[i];
            if (late != null) {
                add(cell(last), late, work);
            }
            for (int s : order) {
                startedByScenario.get(s)[last] += startedByScenario.get(s)[i];
                endedByScenario.get(s)[last] += endedByScenario.get(s)[i];
                startedByScenario.get(s)[i] = 0;
                endedByScenario.get(s)[i] = 0;
            }
            cells[i] = null;
        }
        size = Math.min(size, last + 1);
        List<TimeStep> steps = new ArrayList<>(last + 1);
        long[] active = new long[order.length];
        for (int s = 0; s < order.length; s++) {
            active[s] = presentByScenario.getOrDefault(order[s], 0L);
        }
        for (int i = 0; i <= last; i++) {
            long started = 0;
            List<Long> byScenario = new ArrayList<>(order.length);
            long present = 0;
            for (int s = 0; s < order.length; s++) {
                if (i < size) {
                    long begun = startedByScenario.get(order[s])[i];
                    started += begun;
                    active[s] += begun - endedByScenario.get(order[s])[i];
                }
                byScenario.add(active[s]);
                present += active[s];
            }
            Cell cell = i < size ? cells[i] : null;
            Times times = Times.EMPTY;
            if (cell != null && cell.packed != null) {
                work.clear();
                work.addPacked(cell.packed);
                times = work.times(cell.moments);
            }
            steps.add(new TimeStep(
                    (long) i * stepSeconds,
                    cell == null ? 0 : cell.ok,
                    cell == null ? 0 : cell.ko,
                    times,
                    started,
                    present,
                    byScenario,
                    cell == null || cell.health == null ? HealthStep.UNKNOWN : cell.health.step()));
        }
        return new Timeline(stepSeconds, steps, scenarios, marks);
    }
}
