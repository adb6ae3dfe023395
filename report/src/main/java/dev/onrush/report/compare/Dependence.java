package dev.onrush.report.compare;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How alike neighbouring blocks of one request are, figure by figure: what each block adds to a figure's error, against what the
 * next ones add. Resampling takes blocks for independent; where they are not, errors come out too small and are widened by this.
 */
final class Dependence {
    /** Blocks more alike than that are so by no accident. */
    private static final double ALIKE = 0.2;
    /** What is then added: few blocks of a slow process look less alike than they are. */
    private static final double HIDDEN = 0.2;
    /** Beyond that blocks tell next to nothing; the error is wide anyway. */
    private static final double MOST = 0.85;
    /** So many waves of at most one turn through the run stand for what is slow. */
    private static final int SLOW_WAVES = 2;
    /** Slow waves carry so many times their share, on average over the figures or in one of them: the level drifts. */
    private static final double DRIFTS = 2;

    private static final double DRIFTS_ALONE = 4;
    /** An error that rests on two waves has two degrees of freedom. */
    private static final double BLOCKS_WHEN_DRIFTING = SLOW_WAVES + 1;

    private final int blocks;
    private final double[] neighbours = new double[Figure.values().length];
    private final double[] slow = new double[Figure.values().length];
    private double meanNeighbours;
    private double meanSlow;

    private final @Nullable Dependence all;

    /**
     * Looks at all runs of both sides.
     *
     * @param all that of all requests together, if there are several: a single one, having fewer samples, shows less what it suffers
     *     as much
     */
    Dependence(List<Side> sides, List<SideSample> samples, int blocks, @Nullable Dependence all) {
        this.blocks = blocks;
        this.all = all;
        for (Figure figure : Figure.values()) {
            look(figure, sides, samples);
            meanNeighbours += neighbours[figure.ordinal()] / Figure.values().length;
            meanSlow += slow[figure.ordinal()] / Figure.values().length;
        }
    }

    private void look(Figure figure, List<Side> sides, List<SideSample> samples) {
        int runs = 0;
        for (int i = 0; i < sides.size(); i++) {
            Side side = sides.get(i);
            SideSample sample = samples.get(i);
            int cell = figure.isPercentile() && sample.timedAll() > 0
                    ? sample.grid().cellOf(sample.percentile(figure.fraction()))
                    : 0;
            for (int run = 0; run < side.runs().size(); run++) {
                double[] errors = errors(figure, sample, cell, side.offset(run), side.length(run));
                neighbours[figure.ordinal()] += neighbours(errors);
                slow[figure.ordinal()] += slow(errors);
                runs++;
            }
        }
        double found = neighbours[figure.ordinal()] / runs;
        // A correlation from few blocks comes out too small by that (Kendall).
        neighbours[figure.ordinal()] = found + (1 + 3 * found) / blocks;
        slow[figure.ordinal()] /= runs;
    }

    /** Mean correlation of neighbouring blocks over all figures. */
    double meanNeighbours() {
        return meanNeighbours;
    }

    /** Whether the level of the times drifts through the runs. */
    private boolean drifts() {
        return meanSlow > DRIFTS || (all != null && all.drifts());
    }

    /** By how much the variance of replications has to grow. */
    double widening(Figure figure) {
        double few = (double) blocks / (blocks - 1);
        double like = like(figure);
        double widening = few * (1 + like) / (1 - like);
        return drifts(figure) ? Math.max(widening, few * slow[figure.ordinal()]) : widening;
    }

    /** How many independent blocks a run is worth, at least 3. */
    double independentBlocks(Figure figure) {
        double like = like(figure);
        return drifts(figure) ? BLOCKS_WHEN_DRIFTING : Math.max(BLOCKS_WHEN_DRIFTING, blocks * (1 - like) / (1 + like));
    }

    private boolean isAlike() {
        return meanNeighbours > ALIKE || (all != null && all.isAlike());
    }

    /**
     * Of one figure it is known badly from so few blocks, and what one figure suffers the others mostly do: half each, unless blocks are
     * alike beyond doubt.
     */
    private double like(Figure figure) {
        double own = neighbours[figure.ordinal()];
        double like = isAlike() ? Math.max(own, meanNeighbours) + HIDDEN : (own + meanNeighbours) / 2;
        return Math.max(0, Math.min(MOST, like));
    }

    private boolean drifts(Figure figure) {
        return drifts() || slow[figure.ordinal()] > DRIFTS_ALONE;
    }

    /** What each block adds to the error: its sum less what the run's mean would have given it. */
    private double[] errors(Figure figure, SideSample sample, int cell, int offset, int length) {
        double[] sums = new double[blocks];
        double[] sizes = new double[blocks];
        double all = 0;
        double allSize = 0;
        for (int i = 0; i < length; i++) {
            int slice = offset + i;
            int block = (int) ((long) i * blocks / length);
            double value = figure == Figure.KO_PERCENT
                    ? sample.ko(slice)
                    : figure == Figure.MEAN ? sample.micros(slice) : sample.upTo(cell, slice);
            double size = figure == Figure.KO_PERCENT ? sample.total(slice) : sample.timed(slice);
            sums[block] += value;
            sizes[block] += size;
            all += value;
            allSize += size;
        }
        double mean = allSize == 0 ? 0 : all / allSize;
        for (int block = 0; block < blocks; block++) {
            sums[block] -= mean * sizes[block];
        }
        return sums;
    }

    private static double neighbours(double[] errors) {
        double products = 0;
        for (int i = 1; i < errors.length; i++) {
            products += errors[i] * errors[i - 1];
        }
        double squares = squares(errors);
        return squares <= 0 ? 0 : products / squares;
    }

    /** Power of the slowest waves, as a multiple of what they have where blocks are independent. */
    private static double slow(double[] errors) {
        double power = 0;
        for (int wave = 1; wave <= SLOW_WAVES; wave++) {
            double sum = 0;
            for (int i = 0; i < errors.length; i++) {
                sum += errors[i] * Math.cos(Math.PI * wave * (i + 0.5) / errors.length);
            }
            power += 2 * sum * sum / errors.length / SLOW_WAVES;
        }
        double mean = squares(errors) / (errors.length - 1);
        return mean <= 0 ? 1 : power / mean;
    }

    private static double squares(double[] errors) {
        double squares = 0;
        for (double error : errors) {
            squares += error * error;
        }
        return squares;
    }
}
