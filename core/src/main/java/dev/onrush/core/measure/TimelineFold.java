package dev.onrush.core.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.RequestSample;

/** Adds up what happened when. Steps are 1 s long and double once there would be more cells than the budget allows. */
final class TimelineFold {
    private static final long SECOND_MICROS = 1_000_000;
    /** Figures of a step besides those by scenario. */
    private static final int COLUMNS = 30;

    private final int budget;
    private int stepSeconds = 1;
    private @Nullable TimelineCell[] cells = new @Nullable TimelineCell[64];
    private final UserColumns users = new UserColumns(cells.length);
    /** Steps in use. */
    private int size;

    private final OpenCells open = new OpenCells();
    /** What was asked for last, as most records come in the order of time; none if it begins where it ends. */
    private TimelineCell latest = new TimelineCell();

    private long latestFromMicros;
    private long latestUntilMicros;

    TimelineFold(int budget) {
        this.budget = budget;
    }

    /** An OK or a KO. */
    void request(long endMicros, RequestSample sample) {
        TimelineCell cell = at(endMicros);
        if (sample.outcome == RequestSample.OK) {
            cell.ok++;
        } else {
            cell.ko++;
        }
        cell.bytesReceived += sample.bytesReceived;
        cell.bytesSent += sample.bytesSent;
        if (sample.hasDuration()) {
            long response = TimesFold.within(sample.responseMicros());
            cell.moments.add(response);
            open.of(cell).add(response, sample.serviceMicros(), sample.startDelayMicros());
        }
    }

    void error(long endMicros, String errorClass) {
        at(endMicros).error(errorClass, 1);
    }

    void usersDue(long atMicros, long count) {
        users.due(step(atMicros), count);
    }

    void userStart(int scenario, long atMicros) {
        users.start(scenario, step(atMicros));
    }

    /** Users that started before the records begin. */
    void usersPresent(int scenario, long count) {
        users.present(scenario, count);
    }

    void userEnd(int scenario, long atMicros) {
        users.end(scenario, step(atMicros));
    }

    HealthFold health(long atMicros) {
        // The second is told at its end.
        return cell(step(Math.max(0, atMicros - 1))).health();
    }

    private TimelineCell at(long micros) {
        if (micros < latestFromMicros || micros >= latestUntilMicros) {
            int step = step(micros);
            latest = cell(step);
            long length = stepSeconds * SECOND_MICROS;
            latestFromMicros = step == 0 ? Long.MIN_VALUE : step * length;
            latestUntilMicros = (step + 1) * length;
        }
        return latest;
    }

    private void forgetLatest() {
        latestFromMicros = 0;
        latestUntilMicros = 0;
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
                users.resize(length);
            }
        }
        return (int) step;
    }

    private int mostSteps() {
        return Math.max(16, budget / (COLUMNS + 2 * users.scenarios()));
    }

    /** Makes a column for one more scenario. */
    int newScenario() {
        int scenario = users.scenarios();
        users.withScenario(scenario);
        return scenario;
    }

    private TimelineCell cell(int step) {
        TimelineCell cell = cells[step];
        if (cell == null) {
            cell = new TimelineCell();
            cells[step] = cell;
        }
        return cell;
    }

    private void coarsen() {
        open.close();
        forgetLatest();
        for (int i = 0; i < cells.length; i += 2) {
            TimelineCell first = cells[i];
            TimelineCell second = i + 1 < cells.length ? cells[i + 1] : null;
            if (first != null && second != null) {
                first.add(second);
            }
            cells[i / 2] = first != null ? first : second;
        }
        Arrays.fill(cells, (cells.length + 1) / 2, cells.length, null);
        users.coarsen();
        size = (size + 1) / 2;
        stepSeconds *= 2;
    }

    /**
     * Adds another one, which is not to be used any more then.
     *
     * @param scenarios which scenario of ours each of its scenarios is
     * @param sideBySide whether it is of another generator, whose connections come on top of ours
     */
    void add(TimelineFold other, int[] scenarios, boolean sideBySide) {
        open.close();
        other.open.close();
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
            users.withScenario(scenario);
        }
        users.addPresent(other.users, scenarios);
        for (int i = 0; i < other.size; i++) {
            int step = step((long) i * other.stepSeconds * SECOND_MICROS);
            TimelineCell theirs = other.cells[i];
            if (theirs != null) {
                TimelineCell ours = cell(step);
                if (sideBySide && ours.health != null && theirs.health != null) {
                    ours.health.openBeside(theirs.health);
                }
                ours.add(theirs);
            }
            users.add(step, other.users, i, scenarios);
        }
    }

    /** How many scenarios have a column. */
    int scenarios() {
        return users.scenarios();
    }

    /** Requests that ended in a stalled second, times the stalled part of it. */
    double touchedByStalls() {
        double touched = 0;
        for (int i = 0; i < size; i++) {
            TimelineCell cell = cells[i];
            if (cell != null && cell.health != null && cell.health.stallMicros > 0) {
                double part = (double) cell.health.stallMicros / (stepSeconds * SECOND_MICROS);
                touched += Math.min(1, part) * (cell.ok + cell.ko);
            }
        }
        return touched;
    }

    /** The timeline of a run that ended then; {@code order} lists the columns of the scenarios in the order to show. */
    Timeline timeline(long endMicros, List<String> scenarios, int[] order, List<Mark> marks) {
        open.close();
        while ((endMicros + SECOND_MICROS - 1) / SECOND_MICROS > (long) mostSteps() * stepSeconds) {
            coarsen();
        }
        long stepMicros = stepSeconds * SECOND_MICROS;
        int last = (int) Math.max(0, (endMicros + stepMicros - 1) / stepMicros - 1);
        takeInto(last);
        List<TimeStep> steps = new ArrayList<>(last + 1);
        StepHistogram work = new StepHistogram();
        long[] active = new long[order.length];
        Arrays.setAll(active, s -> users.present(order[s]));
        for (int i = 0; i <= last; i++) {
            steps.add(timeStep(i, order, active, work));
        }
        return new Timeline(stepSeconds, steps, scenarios, marks);
    }

    /** What lies behind the end belongs to the last step. */
    private void takeInto(int last) {
        forgetLatest();
        for (int i = last + 1; i < size; i++) {
            TimelineCell late = cells[i];
            if (late != null) {
                cell(last).add(late);
                cells[i] = null;
            }
            users.move(i, last);
        }
        size = Math.min(size, last + 1);
    }

    private TimeStep timeStep(int step, int[] order, long[] active, StepHistogram work) {
        long started = 0;
        List<Long> byScenario = new ArrayList<>(order.length);
        long present = 0;
        for (int s = 0; s < order.length; s++) {
            if (step < size) {
                long begun = users.started(order[s], step);
                started += begun;
                active[s] += begun - users.ended(order[s], step);
            }
            byScenario.add(active[s]);
            present += active[s];
        }
        TimelineCell cell = step < size && cells[step] != null ? cells[step] : new TimelineCell();
        HealthFold health = cell.health;
        return new TimeStep(
                (long) step * stepSeconds,
                cell.ok,
                cell.ko,
                times(cell, work),
                started,
                present,
                byScenario,
                health == null ? HealthStep.UNKNOWN : health.step(),
                TimeCounts.of(cell.service),
                TimeCounts.of(cell.startDelay),
                cell.bytesReceived,
                cell.bytesSent,
                step < size ? users.due(step) : 0,
                Collections.unmodifiableSortedMap(cell.errors()));
    }

    private static Times times(TimelineCell cell, StepHistogram work) {
        work.clear();
        work.addPacked(cell.response);
        return work.times(cell.moments);
    }
}
