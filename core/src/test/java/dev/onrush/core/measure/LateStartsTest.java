package dev.onrush.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.onrush.core.health.Seconds;

class LateStartsTest {
    private final LateStarts starts = new LateStarts();

    @Test
    void namesTheSecondsInWhichMoreThanOnePercentWereLate() {
        fill(2, 100, 1);
        fill(3, 99, 1);
        fill(7, 50, 50);
        fill(9, 1000, 0);

        assertThat(starts.seconds()).isEqualTo(new Seconds(3, 7));
    }

    @Test
    void knowsNoneWhereNoneWas() {
        fill(5, 100, 0);

        assertThat(starts.seconds()).isEqualTo(Seconds.NONE);
    }

    @Test
    void keepsItsMemoryInALongRun() {
        fill(9_000, 10, 10);

        assertThat(starts.seconds()).isEqualTo(new Seconds(9_000, 9_003));
    }

    @Test
    void addsUpPartsOfDifferentLength() {
        LateStarts longer = new LateStarts();
        longer.add(9_000_000_000L, 20_000);
        fill(3, 10, 10);

        starts.add(longer);

        assertThat(starts.seconds()).isEqualTo(new Seconds(0, 9_003));
    }

    private void fill(long second, int due, int late) {
        for (int i = 0; i < due; i++) {
            starts.add(second * 1_000_000 + i, i < late ? 10_001 : 10_000);
        }
    }
}
