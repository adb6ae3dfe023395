package dev.onrush.report.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What is to be compared, and how. Immutable: each call returns a new value.
 *
 * <pre>{@code
 * Onrush.compare(Comparison.of(List.of(before1, before2), List.of(after1, after2)).failIfWorseBy(5));
 * }</pre>
 */
public final class Comparison {
    /** Differences of the share of failed requests that do not matter, in percentage points. */
    public static final double PRACTICAL_KO_POINTS = 0.1;

    static final int LEAST_REPLICATIONS = 200;
    static final int MOST_REPLICATIONS = 100_000;

    private final List<Path> baselines;
    private final List<Path> candidates;
    private final @Nullable Double failIfWorseBy;
    private final double practicalPercent;
    private final int replications;
    private final long seed;
    private final @Nullable Path results;

    private Comparison(
            List<Path> baselines,
            List<Path> candidates,
            @Nullable Double failIfWorseBy,
            double practicalPercent,
            int replications,
            long seed,
            @Nullable Path results) {
        this.baselines = baselines;
        this.candidates = candidates;
        this.failIfWorseBy = failIfWorseBy;
        this.practicalPercent = practicalPercent;
        this.replications = replications;
        this.seed = seed;
        this.results = results;
    }

    /**
     * Runs before and after a change: folders of runs, or their logs. Several of a side count as repetitions of one thing.
     *
     * @throws IllegalArgumentException if a side names no run
     */
    public static Comparison of(List<Path> baselines, List<Path> candidates) {
        return new Comparison(runs("baselines", baselines), runs("candidates", candidates), null, 1, 2000, 1, null);
    }

    /**
     * The gate: fails if a time is shown worse and its difference is at least that many percent, or if KO % is shown worse at
     * all.
     *
     * @param percent 0 to 10 000
     */
    public Comparison failIfWorseBy(double percent) {
        return new Comparison(
                baselines,
                candidates,
                within("failIfWorseBy", percent, 0, 10_000, "Write 5 for 5 %."),
                practicalPercent,
                replications,
                seed,
                results);
    }

    /**
     * Differences of times up to that do not matter; 1 unless said.
     *
     * @param percent 0 to 100
     */
    public Comparison practicalPercent(double percent) {
        return new Comparison(
                baselines,
                candidates,
                failIfWorseBy,
                within("practicalPercent", percent, 0, 100, "Write 1 for 1 %."),
                replications,
                seed,
                results);
    }

    /** How often the runs are resampled, 200 to 100 000; 2000 unless said. */
    public Comparison replications(int times) {
        within("replications", times, LEAST_REPLICATIONS, MOST_REPLICATIONS, "2000 are enough for most.");
        return new Comparison(baselines, candidates, failIfWorseBy, practicalPercent, times, seed, results);
    }

    /** Of the resampling; 1 unless said. The same runs with the same seed give the same numbers. */
    public Comparison seed(long number) {
        return new Comparison(baselines, candidates, failIfWorseBy, practicalPercent, replications, number, results);
    }

    /** The folder that gets the page and the file; the folder of the first candidate unless said. */
    public Comparison results(Path folder) {
        return new Comparison(baselines, candidates, failIfWorseBy, practicalPercent, replications, seed, folder);
    }

    public List<Path> baselines() {
        return baselines;
    }

    public List<Path> candidates() {
        return candidates;
    }

    public @Nullable Double failIfWorseBy() {
        return failIfWorseBy;
    }

    public double practicalPercent() {
        return practicalPercent;
    }

    public int replications() {
        return replications;
    }

    public long seed() {
        return seed;
    }

    public @Nullable Path results() {
        return results;
    }

    private static List<Path> runs(String side, List<Path> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException(
                    "compare: " + side + " names no run. Give the folder of at least one run.");
        }
        return List.copyOf(runs);
    }

    private static double within(String what, double value, double least, double most, String remedy) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "compare: %s must be from %s to %s, was %s. %s",
                    what,
                    plain(least),
                    plain(most),
                    plain(value),
                    remedy));
        }
        return value;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
