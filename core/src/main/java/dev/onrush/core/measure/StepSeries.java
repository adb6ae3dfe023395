package dev.onrush.core.measure;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What happened to one name, step by step, without gaps from the start of the run to its end. All series of a run have the same
 * steps. The sum of all steps is exactly what the figures of the whole run say. Immutable; packed, so that looking at a step costs
 * a little.
 *
 * @param <W> what a step, or several together, look like
 */
public final class StepSeries<W> {
    private final int stepSeconds;
    private final int steps;
    /** The first step that holds something. */
    private final int first;
    /** Packed by {@link StepSum}, from there on; null where nothing happened. */
    private final byte[] @Nullable [] cells;

    private final Function<StepFigures, W> view;
    private final W nothing;

    private StepSeries(
            int stepSeconds, int steps, int first, byte[] @Nullable [] cells, Function<StepFigures, W> view) {
        this.stepSeconds = stepSeconds;
        this.steps = steps;
        this.first = first;
        this.cells = cells;
        this.view = view;
        this.nothing = view.apply(StepFigures.NOTHING);
    }

    /** Of cells that nobody changes any more; those behind the last step go into it. */
    static <W> StepSeries<W> of(
            int stepSeconds, int steps, int first, byte[] @Nullable [] cells, Function<StepFigures, W> view) {
        int last = steps - 1;
        if (first + cells.length <= steps || cells.length == 0) {
            return new StepSeries<>(stepSeconds, steps, cells.length == 0 ? 0 : first, cells, view);
        }
        int from = Math.min(first, last);
        byte[] @Nullable [] kept = new byte[last - from + 1][];
        System.arraycopy(cells, 0, kept, 0, Math.max(0, Math.min(cells.length, last - first)));
        kept[last - from] = sum(cells, Math.max(0, last - first), cells.length, new StepSum());
        return new StepSeries<>(stepSeconds, steps, from, kept, view);
    }

    /** Without any step. */
    static <W> StepSeries<W> none(Function<StepFigures, W> view) {
        return new StepSeries<>(1, 0, 0, new byte[0][], view);
    }

    /** All of them added up; they are of one run. */
    static <W> StepSeries<W> sum(int stepSeconds, int steps, List<StepSeries<W>> parts, Function<StepFigures, W> view) {
        byte[] @Nullable [] all = new byte[steps][];
        StepSum sum = new StepSum();
        int first = steps;
        int end = 0;
        for (int step = 0; step < steps; step++) {
            sum.clear();
            boolean isAny = false;
            for (StepSeries<W> part : parts) {
                byte[] cell = part.cell(step);
                if (cell != null) {
                    sum.add(cell);
                    isAny = true;
                }
            }
            if (isAny) {
                all[step] = sum.pack();
                first = Math.min(first, step);
                end = step + 1;
            }
        }
        return of(stepSeconds, steps, first, end == 0 ? new byte[0][] : Arrays.copyOfRange(all, first, end), view);
    }

    /** How long a step is: 1, or a power of two. */
    public int stepSeconds() {
        return stepSeconds;
    }

    /** How many there are; the last one may end behind the run. */
    public int steps() {
        return steps;
    }

    /** What happened in one step: half-open, so that what happens on an edge belongs to the step that begins there. */
    public W step(int step) {
        return window(step, step + 1);
    }

    /**
     * What happened from one step on up to another, which is left out.
     *
     * @throws IndexOutOfBoundsException if there are no such steps
     */
    public W window(int from, int until) {
        if (from < 0 || until < from || until > steps) {
            throw new IndexOutOfBoundsException(
                    "there are " + steps + " steps, asked for was the window from " + from + " to " + until + ".");
        }
        byte[] sum = sum(cells, Math.max(0, from - first), Math.min(cells.length, until - first), null);
        return sum == null ? nothing : view.apply(StepFigures.of(sum));
    }

    /** Bytes that the steps take packed: to judge what they would take elsewhere. */
    public long packedBytes() {
        long bytes = 0;
        for (byte[] cell : cells) {
            bytes += cell == null ? 0 : cell.length;
        }
        return bytes;
    }

    /** The same in steps that are so many times as long. */
    public StepSeries<W> coarser(int times) {
        int last = (first + cells.length - 1) / times;
        int from = first / times;
        byte[] @Nullable [] coarse = new byte[cells.length == 0 ? 0 : last - from + 1][];
        StepSum work = new StepSum();
        for (int i = 0; i < coarse.length; i++) {
            int begin = (from + i) * times - first;
            coarse[i] = sum(cells, Math.max(0, begin), Math.min(cells.length, begin + times), work);
        }
        return new StepSeries<>(stepSeconds * times, (steps + times - 1) / times, from, coarse, view);
    }

    private byte @Nullable [] cell(int step) {
        return step < first || step >= first + cells.length ? null : cells[step - first];
    }

    /** Null if nothing happened; a single one is not packed again. */
    private static byte @Nullable [] sum(byte[] @Nullable [] cells, int from, int until, @Nullable StepSum work) {
        byte[] only = null;
        StepSum sum = null;
        for (int i = from; i < until; i++) {
            byte[] cell = cells[i];
            if (cell == null) {
                continue;
            }
            if (only == null) {
                only = cell;
                continue;
            }
            if (sum == null) {
                sum = work == null ? new StepSum() : work;
                sum.clear();
                sum.add(only);
            }
            sum.add(cell);
        }
        return sum == null ? only : sum.pack();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StepSeries<?> series
                && stepSeconds == series.stepSeconds
                && steps == series.steps
                && first == series.first
                && Arrays.deepEquals(cells, series.cells);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(cells) * 31 + steps;
    }

    @Override
    public String toString() {
        return "StepSeries[" + steps + " steps of " + stepSeconds + " s]";
    }
}
