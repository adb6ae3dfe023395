package dev.onrush.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import dev.onrush.core.measure.TimeBuckets;

class RunSlicesTest {
    private static final RequestName NAME = new RequestName(List.of("shop"), "open item");

    @Test
    void doublesItsSlicesInALongRunAndLosesNothing() {
        RunSlices run = new RunSlices();
        SplittableRandom random = new SplittableRandom(3);
        long micros = 0;
        int failed = 0;
        for (int second = 0; second < 10_000; second++) {
            long time = 1000 + random.nextInt(100_000);
            boolean ok = random.nextInt(10) != 0;
            micros += time;
            failed += ok ? 0 : 1;
            run.add(NAME, second * 1_000_000L, ok, time);
        }

        SlicedRequest request = run.requests().get(NAME);
        assertThat(run.sliceSeconds()).isEqualTo(25.6);
        assertThat(run.length()).isBetween(200, 400);
        long[] sums = new long[3];
        for (int slice = 0; slice < run.length(); slice++) {
            sums[0] += request.total(slice);
            sums[1] += request.ko(slice);
            sums[2] += request.micros(slice);
        }
        assertThat(sums).containsExactly(10_000, failed, micros);
        long[] counted = new long[run.length()];
        request.forEach((slice, bucket, count) -> counted[slice] += count);
        for (int slice = 0; slice < counted.length; slice++) {
            assertThat(counted[slice]).isEqualTo(request.total(slice));
        }
    }

    @Test
    void keepsEveryBucketWhateverTheOrder() {
        RunSlices run = new RunSlices();
        SplittableRandom random = new SplittableRandom(5);
        long[] expected = new long[TimeBuckets.COUNT];
        for (int i = 0; i < 20_000; i++) {
            long time = random.nextLong(1L << random.nextInt(1, 30));
            expected[TimeBuckets.of(time)]++;
            run.add(NAME, random.nextLong(60_000_000), true, time);
        }

        long[] found = new long[TimeBuckets.COUNT];
        List<Integer> keys = new ArrayList<>();
        run.requests().get(NAME).forEach((slice, bucket, count) -> {
            found[bucket] += count;
            keys.add(slice << 16 | bucket);
        });

        assertThat(found).isEqualTo(expected);
        assertThat(keys).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void staysWithinItsBudgetWithManyNames() {
        RunSlices run = new RunSlices(150_000);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 400_000; i++) {
            run.add(
                    new RequestName(List.of(), "request " + random.nextInt(100)),
                    i * 90L,
                    true,
                    1000 + random.nextInt(16));
        }

        long cells = 0;
        long total = 0;
        for (SlicedRequest request : run.requests().values()) {
            cells += request.cells();
            total += request.totalAll();
        }
        assertThat(total).isEqualTo(400_000);
        assertThat(cells).isLessThan(200_000);
        assertThat(run.length()).isBetween(40, 200);
    }
}
