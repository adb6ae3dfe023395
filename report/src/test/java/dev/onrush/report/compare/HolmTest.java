package dev.onrush.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTest {
    @Test
    void goesDownStepByStepAndStopsAtTheFirstThatFails() {
        Holm holm = new Holm(new double[] {0.04, 0.001, 0.012, 0.026}, new double[] {1, 1, 1, 1}, 0.05);

        assertThat(new boolean[] {holm.rejected(0), holm.rejected(1), holm.rejected(2), holm.rejected(3)})
                .containsExactly(false, true, true, false);
        assertThat(holm.level(1)).isCloseTo(0.05 / 4, within(1e-12));
        assertThat(holm.level(2)).isCloseTo(0.05 / 3, within(1e-12));
        assertThat(holm.level(3)).isCloseTo(0.05 / 2, within(1e-12));
        assertThat(holm.level(0)).isCloseTo(0.05 / 2, within(1e-12));
    }

    @Test
    void decidesAtALevelThatGoesWithTheWeight() {
        // 6 of 8 weights on the first: decided at 0.0375; then the others share all of it.
        Holm holm = new Holm(new double[] {0.03, 0.02, 0.06}, new double[] {6, 1, 1}, 0.05);

        assertThat(new boolean[] {holm.rejected(0), holm.rejected(1), holm.rejected(2)})
                .containsExactly(true, true, false);
        assertThat(holm.level(0)).isCloseTo(0.05 * 6 / 8, within(1e-12));
        assertThat(holm.level(1)).isCloseTo(0.05 / 2, within(1e-12));
        assertThat(holm.level(2)).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void whatWasNotDecidedHasTheLevelAtTheStop() {
        Holm holm = new Holm(new double[] {0.5, 0.04, 0.001}, new double[] {2, 1, 1}, 0.05);

        assertThat(new boolean[] {holm.rejected(0), holm.rejected(1), holm.rejected(2)})
                .containsExactly(false, false, true);
        assertThat(holm.level(0)).isCloseTo(0.05 * 2 / 3, within(1e-12));
        assertThat(holm.level(1)).isCloseTo(0.05 / 3, within(1e-12));
    }

    @Test
    void withNothingToTestNothingIsRejected() {
        new Holm(new double[0], new double[0], 0.05);
    }
}
