package dev.onrush.report.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs that never were, of processes whose truth is known. The same seed gives the same run. */
public final class SyntheticRuns {
    /** How response times come about. */
    public enum Process {
        /** Independent, lognormal with sigma 0.5. */
        LOGNORMAL,
        /** Independent; four of five about 5 ms, the fifth about 200 ms. */
        BIMODAL,
        /** Lognormal around a level that wanders by 10 % and forgets where it was within a twentieth of the run. */
        DRIFT,
        /** Lognormal; about three times a minute everything stands still for 0.3 s on average. */
        STALLS,
        /** Lognormal; one in a hundred fails at once, in bursts. */
        FAILURES
    }

    /**
     * A kind of run.
     *
     * @param requests of all names
     * @param factor by which all times are longer
     */
    public record Kind(Process process, int names, int requests, double seconds, double sigma, double factor) {
        public static Kind of(Process process, int names, int requests, double seconds) {
            return new Kind(process, names, requests, seconds, 0.5, 1);
        }

        public Kind slower(double by) {
            return new Kind(process, names, requests, seconds, sigma, factor * by);
        }

        public Kind withSigma(double other) {
            return new Kind(process, names, requests, seconds, other, factor);
        }
    }

    private SyntheticRuns() {}

    static ComparedRuns compare(Kind before, Kind after, long seed, int replications, double floor) {
        return ComparedRuns.of(
                List.of(new SlicedRun(run(before, 2 * seed), before.seconds())),
                List.of(new SlicedRun(run(after, 2 * seed + 1), after.seconds())),
                how().practicalPercent(floor).replications(replications));
    }

    static Comparison how() {
        return Comparison.of(List.of(Path.of("before")), List.of(Path.of("after")));
    }

    /** Takes the requests of a run. */
    public interface Taker {
        void request(RequestName name, long endMicros, boolean ok, long micros);
    }

    static RunSlices run(Kind kind, long seed) {
        RunSlices run = new RunSlices();
        run(kind, seed, run::add);
        return run;
    }

    public static void run(Kind kind, long seed, Taker taker) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> stalls = new ArrayList<>();
        if (kind.process() == Process.STALLS) {
            for (double at = 20 * exponential(random); at < kind.seconds(); at += 20 * exponential(random)) {
                stalls.add(new double[] {at, at + 0.3 * exponential(random)});
            }
        }
        double[] drift = drift(kind, random);
        List<RequestName> names = new ArrayList<>();
        for (int i = 0; i < kind.names(); i++) {
            names.add(new RequestName(List.of(), "request " + i));
        }
        boolean burst = false;
        for (int i = 0; i < kind.requests(); i++) {
            double at = kind.seconds() * (i + random.nextDouble()) / kind.requests();
            int name = random.nextInt(kind.names());
            double millis = 20 * (1 + name) * Math.exp(kind.sigma() * random.nextGaussian());
            boolean ok = true;
            switch (kind.process()) {
                case BIMODAL -> millis = (random.nextInt(5) == 0 ? 200 : 5) * Math.exp(0.3 * random.nextGaussian());
                case DRIFT -> millis *= Math.exp(drift[(int) (at * 10)]);
                case FAILURES -> {
                    burst = burst ? random.nextInt(10) != 0 : random.nextInt(900) == 0;
                    ok = !burst;
                    millis = burst ? 1 : millis;
                }
                default -> {}
            }
            millis *= kind.factor();
            for (double[] stall : stalls) {
                if (at >= stall[0] && at < stall[1]) {
                    millis += 1000 * (stall[1] - at);
                }
            }
            taker.request(names.get(name), (long) (at * 1e6 + millis * 1000), ok, (long) (millis * 1000));
        }
    }

    private static double[] drift(Kind kind, SplittableRandom random) {
        double[] drift = new double[(int) (kind.seconds() * 10) + 1];
        double keep = Math.exp(-0.1 / (kind.seconds() / 20));
        double level = 0.1 * random.nextGaussian();
        for (int i = 0; i < drift.length; i++) {
            drift[i] = level;
            level = keep * level + 0.1 * Math.sqrt(1 - keep * keep) * random.nextGaussian();
        }
        return drift;
    }

    private static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }
}
