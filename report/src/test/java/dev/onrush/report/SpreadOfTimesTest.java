package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

class SpreadOfTimesTest {
    private static final ReportPercentiles FOUR = ReportPercentiles.of(Map.of());

    @Test
    void countsEverySampleOnce() {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            long[] ok = random.longs(random.nextInt(50), 0, 1L << random.nextInt(1, 40))
                    .toArray();
            long[] ko = random.longs(random.nextInt(50), 0, 1L << random.nextInt(1, 40))
                    .toArray();
            PageData.Spread spread = SpreadOfTimes.of(Runs.request("any", List.of(), ok, ko), FOUR);

            if (ok.length + ko.length == 0) {
                assertThat(spread).isNull();
                continue;
            }
            assertThat(spread.ok().stream().mapToLong(Long::longValue).sum())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(ok.length);
            assertThat(spread.ko().stream().mapToLong(Long::longValue).sum()).isEqualTo(ko.length);
            assertThat(spread.ok()).allMatch(count -> count >= 0).hasSizeLessThanOrEqualTo(80);
            assertThat(spread.edges())
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(spread.ok().size() + 1);
        }
    }

    @Test
    void putsAValueIntoTheBinThatHoldsIt() {
        PageData.Spread spread =
                SpreadOfTimes.of(Runs.request("any", List.of(), new long[] {1000, 1000, 2_000_000}, new long[0]), FOUR);

        assertThat(spread.ok().get(0)).isEqualTo(2);
        assertThat(spread.edges().get(0)).isLessThan(1.0);
        assertThat(spread.edges().get(1)).isGreaterThanOrEqualTo(1.0);
        assertThat(spread.ok().get(spread.ok().size() - 1)).isEqualTo(1);
    }
}
