package dev.onrush.report.compare;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * Two sides compared, request by request. Method, with its sources: docs/comparison.md.
 *
 * @param tests how many differences were tested; the intervals and words hold for all of them together
 * @param requests what could be compared: all requests first if there are several, then by name
 * @param notCompared what could not
 */
public record ComparedRuns(int tests, List<RequestComparison> requests, List<NotCompared> notCompared) {
    /** The chance that a page of two equal sides calls anything different. */
    public static final double ALPHA = 0.05;

    /** A smallest shift is one that is found so often. */
    public static final double POWER = 0.9;

    private static final int MOST_REQUESTS = 200;
    /** Of one side; more do not make it surer, only slower. */
    private static final int MOST_SLICES = 1600;

    private static final int LEAST_SLICES_OF_A_RUN = 10;
    private static final int BLOCKS = 20;
    private static final int LONG_BLOCKS = 10;
    /** Neighbouring blocks are more alike than that: longer ones are taken. */
    private static final double TOO_ALIKE = 0.3;

    public ComparedRuns {
        requests = List.copyOf(requests);
        notCompared = List.copyOf(notCompared);
    }

    /** Compares. The same runs and options give the same figures. Coarsens the slices where there are very many. */
    public static ComparedRuns of(List<SlicedRun> baselines, List<SlicedRun> candidates, Comparison how) {
        return new Work(side(baselines), side(candidates), how).compare();
    }

    private static Side side(List<SlicedRun> runs) {
        int most = Math.max(MOST_SLICES / runs.size(), 40);
        runs.forEach(run -> run.slices().shorten(most));
        return new Side(runs);
    }

    /** Whether a figure was shown to be better or worse anywhere. */
    public boolean anyShown(Judgement judgement) {
        return requests.stream()
                .anyMatch(request -> request.differences().stream().anyMatch(each -> each.judgement() == judgement));
    }

    /** One comparison under way. */
    private static final class Work {
        private final Side baseline;
        private final Side candidate;
        private final Comparison how;
        private final Map<Integer, List<int[][]>> weights = new HashMap<>();
        private final List<NotCompared> notCompared = new ArrayList<>();
        private @Nullable Dependence dependenceOfAll;

        Work(Side baseline, Side candidate, Comparison how) {
            this.baseline = baseline;
            this.candidate = candidate;
            this.how = how;
        }

        ComparedRuns compare() {
            List<RequestName> common = common();
            List<Row> rows = new ArrayList<>();
            if (common.size() > 1) {
                rows.add(row(null, common));
            }
            common.forEach(name -> rows.add(row(name, List.of(name))));
            List<Tested> first =
                    rows.stream().limit(1).flatMap(row -> row.tested().stream()).toList();
            List<Tested> others =
                    rows.stream().skip(1).flatMap(row -> row.tested().stream()).toList();
            JudgedPage page = new JudgedPage(first, others, Math.log1p(how.practicalPercent() / 100));
            List<RequestComparison> requests = rows.stream()
                    .map(row -> row.request(row.tested().stream().map(page::of).toList()))
                    .toList();
            return new ComparedRuns(page.tests(), requests, notCompared);
        }

        /** The busiest names that both sides have, by name. */
        private List<RequestName> common() {
            List<RequestName> before = RunSlices.names(baseline.runs());
            List<RequestName> after = RunSlices.names(candidate.runs());
            List<RequestName> common = new ArrayList<>();
            for (RequestName name : before) {
                if (after.contains(name)) {
                    common.add(name);
                } else {
                    notCompared.add(new NotCompared(name, "only the baseline has it"));
                }
            }
            after.stream()
                    .filter(name -> !before.contains(name))
                    .forEach(name -> notCompared.add(new NotCompared(name, "only the candidate has it")));
            if (common.size() <= MOST_REQUESTS) {
                return common;
            }
            List<RequestName> busiest = common.stream()
                    .sorted(Comparator.comparingLong(
                                    (RequestName name) -> -count(baseline, name) - count(candidate, name))
                            .thenComparing(Comparator.naturalOrder()))
                    .limit(MOST_REQUESTS)
                    .sorted()
                    .toList();
            common.stream()
                    .filter(name -> !busiest.contains(name))
                    .forEach(name -> notCompared.add(new NotCompared(
                            name, "only the " + MOST_REQUESTS + " requests that were sent most are compared")));
            return busiest;
        }

        private static long count(Side side, RequestName name) {
            long count = 0;
            for (RunSlices run : side.runs()) {
                SlicedRequest request = run.requests().get(name);
                count += request == null ? 0 : request.totalAll();
            }
            return count;
        }

        private Row row(@Nullable RequestName name, List<RequestName> of) {
            BitSet buckets = new BitSet();
            SideSample.collect(baseline, of, buckets);
            SideSample.collect(candidate, of, buckets);
            TimeGrid grid = new TimeGrid(buckets);
            SideSample before = new SideSample(baseline, of, grid);
            SideSample after = new SideSample(candidate, of, grid);
            Resampled resampled = resampled(before, after, name == null);
            List<Tested> tested = new ArrayList<>();
            for (Figure figure : Figure.values()) {
                boolean few = Math.min(samples(figure, before), samples(figure, after)) < figure.leastSamples();
                tested.add(new Tested(
                        figure,
                        before.printed(figure),
                        after.printed(figure),
                        Math.min(before.totalAll(), after.totalAll()),
                        few || resampled == null ? null : resampled.of(figure)));
            }
            return new Row(
                    name,
                    before.totalAll(),
                    after.totalAll(),
                    perSecond(before, baseline),
                    perSecond(after, candidate),
                    before.maxMillis(),
                    after.maxMillis(),
                    tested,
                    new Overlay(OverlayLines.of(baseline, before), OverlayLines.of(candidate, after)));
        }

        private static long samples(Figure figure, SideSample sample) {
            return figure.isTime() ? sample.timedAll() : sample.totalAll();
        }

        private static double perSecond(SideSample sample, Side side) {
            return side.measuredSeconds() > 0 ? sample.totalAll() / side.measuredSeconds() : 0;
        }

        /** Null if a run is too short to be cut into blocks, or there are too few samples for any figure. */
        private @Nullable Resampled resampled(SideSample before, SideSample after, boolean all) {
            int shortest = Math.min(baseline.shortest(), candidate.shortest());
            if (shortest < LEAST_SLICES_OF_A_RUN
                    || Math.min(before.totalAll(), after.totalAll()) < Figure.KO_PERCENT.leastSamples()) {
                return null;
            }
            List<Side> sides = List.of(baseline, candidate);
            List<SideSample> samples = List.of(before, after);
            int blocks = Math.min(BLOCKS, shortest / 2);
            Dependence dependence = new Dependence(sides, samples, blocks, dependenceOfAll);
            if (blocks > LONG_BLOCKS && dependence.meanNeighbours() > TOO_ALIKE) {
                blocks = LONG_BLOCKS;
                dependence = new Dependence(sides, samples, blocks, dependenceOfAll);
            }
            if (all) { // that row comes first
                dependenceOfAll = dependence;
            }
            return new Resampled(sides, samples, dependence, weights(blocks));
        }

        /** The same for all requests, so that what they do together stays together. */
        private List<int[][]> weights(int blocks) {
            return weights.computeIfAbsent(blocks, count -> {
                SplittableRandom random = new SplittableRandom(how.seed());
                return List.of(
                        BlockResampling.weights(baseline, count, how.replications(), random.split()),
                        BlockResampling.weights(candidate, count, how.replications(), random.split()));
            });
        }
    }

    private record Row(
            @Nullable RequestName name,
            long baselineCount,
            long candidateCount,
            double baselineThroughput,
            double candidateThroughput,
            @Nullable Double baselineMax,
            @Nullable Double candidateMax,
            List<Tested> tested,
            Overlay overlay) {
        RequestComparison request(List<Difference> differences) {
            return new RequestComparison(
                    name,
                    baselineCount,
                    candidateCount,
                    baselineThroughput,
                    candidateThroughput,
                    baselineMax,
                    candidateMax,
                    differences,
                    overlay);
        }
    }
}
