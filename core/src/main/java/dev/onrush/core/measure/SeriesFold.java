package dev.onrush.core.measure;

import java.util.Arrays;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Adds up what happened to one name, step by step. Times wait in a small buffer: they are worked into the packed step when
 * another step's turn comes, and into those of the whole run when the buffer is full. One by one, for many names in turn, each
 * would touch memory that is far away. Steps may come in any order, but each change of step costs. Memory is the buffer and what
 * the {@link SeriesBudget} allows.
 */
final class SeriesFold {
    private static final int[] NONE_WAITING = {};
    /** As many may wait if all of them belong to one step. */
    private static final int WAITING_IN_STEP = 512;

    /** A time that waits: its kind in the lowest bits, then whether it is {@link #FAR}, above that microseconds or a bucket. */
    private static final int KIND = 3;

    private static final int FAR = 4;
    private static final int SHIFT = 3;
    private static final long FAR_MICROS = 1 << 28;
    /** What an array of bytes takes besides its bytes, and the reference to it. */
    private static final int CELL_BYTES = 16;

    private static final int REFERENCE_BYTES = 4;

    private final SeriesBudget budget;
    /** How many kinds of times are kept by step. */
    private final int kinds;
    /** For each kind the times of the whole run; nothing if these are kept elsewhere. */
    private final TimesFold[] whole;
    /** Packed by {@link StepSum}, from step {@code first} on; null where nothing happened. */
    private byte[] @Nullable [] cells = new byte[0][];

    private int first;
    /** Steps from the first to the last one that holds something. */
    private int size;

    private long bytes;

    private int step;
    private long fromMicros;
    /** The step at hand ends there; 0 if there is none. */
    private long untilMicros;

    private long ok;
    private long ko;
    private long bytesReceived;
    private long bytesSent;
    private final CodeCounts codes = new CodeCounts();
    private int[] waiting = NONE_WAITING;
    private int waitingSize;
    /** From there on they belong to the step at hand; those before wait for the whole run only. */
    private int waitingForStep;

    SeriesFold(SeriesBudget budget, int kinds, TimesFold... whole) {
        this.budget = budget;
        this.kinds = kinds;
        this.whole = whole;
    }

    /** What follows happened then. */
    void at(long micros) {
        if (micros < fromMicros || micros >= untilMicros) {
            open(micros);
        }
    }

    private void open(long micros) {
        budget.take(close());
        if (waitingSize >= budget.mostWaiting()) {
            addUp();
        }
        step = budget.step(micros);
        long length = budget.stepSeconds() * SeriesBudget.SECOND_MICROS;
        // What lies before the run began belongs to its first step.
        fromMicros = step == 0 ? Long.MIN_VALUE : step * length;
        untilMicros = (step + 1) * length;
    }

    void outcome(boolean isOk) {
        if (isOk) {
            ok++;
        } else {
            ko++;
        }
    }

    void bytes(long received, long sent) {
        bytesReceived += received;
        bytesSent += sent;
    }

    void code(int code) {
        codes.add(code, 1);
    }

    void time(int kind, long micros) {
        if (waitingSize == waiting.length) {
            makeRoom();
        }
        waiting[waitingSize++] = micros >= 0 && micros < FAR_MICROS ? (int) micros << SHIFT | kind : far(kind, micros);
    }

    /** So long a time, or one that is no time at all, does not wait for the whole run. */
    private int far(int kind, long micros) {
        if (kind < whole.length) {
            whole[kind].add(micros);
        }
        return StepHistogram.bucket(TimesFold.within(micros)) << SHIFT | FAR | kind;
    }

    private void makeRoom() {
        int most = Math.max(WAITING_IN_STEP, budget.mostWaiting());
        if (waitingSize < most) {
            waiting = Arrays.copyOf(waiting, Math.min(most, Math.max(8, waitingSize * 2)));
            return;
        }
        long at = untilMicros - 1;
        workIn();
        // The step may have become longer.
        open(at);
    }

    /** Works in what waits; no step is at hand afterwards. May make all steps longer. */
    void workIn() {
        budget.take(close());
        addUp();
    }

    /** Works into the times of the whole run what waits. */
    private void addUp() {
        for (int i = 0; i < waitingSize; i++) {
            int kind = waiting[i] & KIND;
            if (kind < whole.length && (waiting[i] & FAR) == 0) {
                whole[kind].add(waiting[i] >>> SHIFT);
            }
        }
        waitingSize = 0;
        waitingForStep = 0;
    }

    /** Works in what waits for the step at hand and returns how many bytes more that takes. */
    private long close() {
        fromMicros = 0;
        untilMicros = 0;
        if ((ok | ko) == 0 && waitingForStep == waitingSize) {
            return 0;
        }
        StepSum sum = budget.work;
        sum.clear();
        sum.ok = ok;
        sum.ko = ko;
        sum.bytesReceived = bytesReceived;
        sum.bytesSent = bytesSent;
        sum.codes.add(codes);
        for (int i = waitingForStep; i < waitingSize; i++) {
            int kind = waiting[i] & KIND;
            if (kind < kinds) {
                int value = waiting[i] >>> SHIFT;
                sum.time(kind, (waiting[i] & FAR) == 0 ? StepHistogram.bucket(value) : value, 1);
            }
        }
        waitingForStep = waitingSize;
        ok = 0;
        ko = 0;
        bytesReceived = 0;
        bytesSent = 0;
        codes.clear();
        long before = bytes;
        addTo(step, sum);
        return bytes - before;
    }

    /** Adds what is in the sum to what is there. */
    private void addTo(int at, StepSum sum) {
        byte[] known = cell(at);
        if (known != null) {
            sum.add(known);
        }
        put(at, sum.pack());
    }

    private byte @Nullable [] cell(int at) {
        return at < first || at >= first + size ? null : cells[at - first];
    }

    private void put(int at, byte[] packed) {
        if (size == 0) {
            first = at;
        }
        int newFirst = Math.min(first, at);
        int newSize = Math.max(first + size, at + 1) - newFirst;
        if (newFirst < first || newSize > cells.length) {
            byte[] @Nullable [] more = new byte[Math.max(newSize, Math.min(2 * size, newSize + 64))][];
            System.arraycopy(cells, 0, more, first - newFirst, size);
            cells = more;
        }
        bytes += (long) (newSize - size) * REFERENCE_BYTES;
        first = newFirst;
        size = newSize;
        byte[] before = cells[at - first];
        bytes += before == null ? CELL_BYTES + packed.length : packed.length - before.length;
        cells[at - first] = packed;
    }

    /** Makes steps twice as long and returns how many bytes they take then. */
    long coarsen() {
        close();
        byte[] @Nullable [] fine = cells;
        int fineFirst = first;
        int fineSize = size;
        cells = new byte[(size + 2) / 2][];
        first = 0;
        size = 0;
        bytes = 0;
        for (int i = 0; i < fineSize; i++) {
            byte[] cell = fine[i];
            if (cell != null) {
                int at = (fineFirst + i) / 2;
                boolean isSecond = (fineFirst + i) % 2 == 1 && cell(at) != null;
                put(at, isSecond ? sum(cell, cell(at)) : cell);
            }
        }
        return bytes;
    }

    private byte[] sum(byte[] one, byte @Nullable [] other) {
        StepSum sum = budget.work;
        sum.clear();
        sum.add(one);
        if (other != null) {
            sum.add(other);
        }
        return sum.pack();
    }

    /** Adds another one, whose steps are not longer than these; it is not to be used any more then. */
    void add(SeriesFold other) {
        workIn();
        other.workIn();
        long before = bytes;
        for (int i = 0; i < other.size; i++) {
            byte[] theirs = other.cells[i];
            if (theirs != null) {
                int at =
                        budget.step((other.first + i) * (long) other.budget.stepSeconds() * SeriesBudget.SECOND_MICROS);
                byte[] mine = cell(at);
                put(at, mine == null ? theirs : sum(theirs, mine));
            }
        }
        budget.take(bytes - before);
    }

    /** What was seen so far, of a run of so many steps; what lies behind the last one belongs to it. The budget must be settled. */
    <W> StepSeries<W> series(int steps, Function<StepFigures, W> view) {
        return StepSeries.of(budget.stepSeconds(), steps, first, Arrays.copyOf(cells, size), view);
    }
}
