package dev.onrush.report.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All figures of a page judged together, so that the chance of a false alarm anywhere on it is at most {@link ComparedRuns#ALPHA}. */
final class JudgedPage {
    /**
     * All requests together get that part of the chance if there are several names: they have the most samples and are looked at
     * first, and would else have to pass a bar that rises with the number of names.
     */
    private static final double SHARE_OF_FIRST = 0.5;

    private final Map<Tested, Difference> differences = new HashMap<>();
    private final int tests;

    /**
     * Judges.
     *
     * @param first figures of all requests together, or of the only one
     * @param others figures of the requests by name, if there are several
     * @param floor a smaller difference does not matter; a logarithm of a ratio
     */
    JudgedPage(List<Tested> first, List<Tested> others, double floor) {
        Map<Tested, Double> shares = new HashMap<>();
        share(first, others.isEmpty() ? 1 : SHARE_OF_FIRST, shares);
        share(others, 1 - SHARE_OF_FIRST, shares);
        List<Tested> tested = Stream.concat(first.stream(), others.stream())
                .filter(Tested::isTest)
                .toList();
        tests = tested.size();
        Holm holm = new Holm(
                tested.stream().mapToDouble(each -> each.pValue(floor)).toArray(),
                tested.stream().mapToDouble(shares::get).toArray(),
                ComparedRuns.ALPHA);
        for (int i = 0; i < tests; i++) {
            differences.put(tested.get(i), tested.get(i).judged(holm.rejected(i), holm.level(i), floor));
        }
        shares.forEach((each, share) ->
                differences.computeIfAbsent(each, bounded -> bounded.judged(false, ComparedRuns.ALPHA * share, floor)));
    }

    private static void share(List<Tested> figures, double part, Map<Tested, Double> shares) {
        long tests = figures.stream().filter(Tested::isTest).count();
        figures.forEach(each -> shares.put(each, part / Math.max(1, tests)));
    }

    Difference of(Tested figure) {
        return differences.getOrDefault(figure, figure.tooFew());
    }

    /** How many figures were tested. */
    int tests() {
        return tests;
    }
}
