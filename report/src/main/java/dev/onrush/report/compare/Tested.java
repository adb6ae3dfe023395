package dev.onrush.report.compare;

import org.jspecify.annotations.Nullable;

/** One figure of one request on its way to a judgement. An identity, not a value: two alike are two tests. */
final class Tested {
    private final Figure figure;
    private final double baseline;
    private final double candidate;
    private final long samples;
    private final @Nullable Uncertainty uncertainty;

    /**
     * Of a figure.
     *
     * @param samples of the smaller side
     * @param uncertainty null if there is too little to say
     */
    Tested(Figure figure, double baseline, double candidate, long samples, @Nullable Uncertainty uncertainty) {
        this.figure = figure;
        this.baseline = baseline;
        this.candidate = candidate;
        this.samples = samples;
        this.uncertainty = uncertainty;
    }

    /** Not where nothing failed on either side: there a bound is told, but nothing could ever be shown. */
    boolean isTest() {
        return uncertainty != null && !(figure == Figure.KO_PERCENT && baseline == 0 && candidate == 0);
    }

    double pValue(double floor) {
        return uncertainty == null ? 1 : uncertainty.pValue(floorOf(floor));
    }

    private double floorOf(double floor) {
        return figure.isTime() ? floor : Comparison.PRACTICAL_KO_POINTS;
    }

    Difference tooFew() {
        return new Difference(
                figure,
                known(baseline),
                known(candidate),
                known(figure.isTime() ? 100 * (candidate / baseline - 1) : candidate - baseline),
                null,
                null,
                null,
                null,
                Judgement.TOO_FEW);
    }

    Difference judged(boolean rejected, double alpha, double timeFloor) {
        Uncertainty known = uncertainty;
        if (known == null) {
            return tooFew();
        }
        double floor = floorOf(timeFloor);
        Uncertainty.Interval interval = known.interval(alpha);
        double lower = interval.lower();
        double upper = interval.upper();
        double shift = known.smallestShift(alpha, ComparedRuns.POWER, floor);
        if (figure == Figure.KO_PERCENT) {
            // No failure among n: the rate may still be that high, and a resampling of none cannot know.
            double unseen = 100 * -Math.log(alpha / 2) / samples;
            lower = Math.min(
                    lower,
                    known.difference()
                            - (candidate == 0 || candidate == 100 ? unseen : 0)
                            - (baseline == 0 || baseline == 100 ? unseen : 0));
            upper = Math.max(
                    upper,
                    known.difference()
                            + (candidate == 0 || candidate == 100 ? unseen : 0)
                            + (baseline == 0 || baseline == 100 ? unseen : 0));
            shift = Math.max(shift, floor + unseen);
        }
        Judgement judgement = Judgement.NOT_SHOWN;
        if (rejected && lower > floor) {
            judgement = Judgement.WORSE;
        } else if (rejected && upper < -floor) {
            judgement = Judgement.BETTER;
        } else if (lower >= -floor && upper <= floor) {
            judgement = Judgement.EQUAL;
        }
        return new Difference(
                figure,
                known(baseline),
                known(candidate),
                told(known.difference()),
                told(lower),
                told(upper),
                told(shift),
                known.pValue(floor),
                judgement);
    }

    /** In percent or percentage points. */
    private double told(double difference) {
        return figure.isTime() ? 100 * Math.expm1(difference) : difference;
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }
}
