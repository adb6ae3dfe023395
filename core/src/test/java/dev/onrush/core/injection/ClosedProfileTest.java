package dev.onrush.core.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.onrush.core.DefinitionException;

class ClosedProfileTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void wantsTheSameNumberUntilItIsOver() {
        ClosedProfile profile = new ClosedProfile(List.of(new ConstantConcurrent(7, Duration.ofSeconds(5))));

        assertThat(profile.target(0)).isEqualTo(7);
        assertThat(profile.target(5 * SECOND - 1)).isEqualTo(7);
        assertThat(profile.target(5 * SECOND)).isZero();
        assertThat(rises(profile)).containsExactly(0L);
    }

    @Test
    void roundsARampTowardsWhereItBegan() {
        ClosedProfile rising = new ClosedProfile(List.of(new RampConcurrent(2, 5, Duration.ofSeconds(3))));
        ClosedProfile falling = new ClosedProfile(List.of(new RampConcurrent(5, 2, Duration.ofSeconds(3))));

        assertThat(rising.target(SECOND - 1)).isEqualTo(2);
        assertThat(rising.target(SECOND)).isEqualTo(3);
        assertThat(falling.target(SECOND - 1)).isEqualTo(5);
        assertThat(falling.target(SECOND)).isEqualTo(4);
        assertThat(rises(rising)).containsExactly(0L, SECOND, 2 * SECOND);
        assertThat(rises(falling)).containsExactly(0L);
    }

    @Test
    void risesAtTheFirstNanosecondAtWhichTheTargetIsHigher() {
        ClosedProfile profile = new ClosedProfile(List.of(new RampConcurrent(0, 7, Duration.ofSeconds(1))));

        for (long rise : rises(profile)) {
            assertThat(profile.target(rise)).isEqualTo(profile.target(rise - 1) + 1);
        }
        assertThat(rises(profile)).hasSize(6);
    }

    @Test
    void risesWhereAStepBeginsHigherThanTheLastEnded() {
        ClosedProfile profile = new ClosedProfile(List.of(
                new ConstantConcurrent(2, Duration.ofSeconds(1)),
                new ConstantConcurrent(1, Duration.ofSeconds(1)),
                new ConstantConcurrent(3, Duration.ofSeconds(1))));

        assertThat(rises(profile)).containsExactly(0L, 2 * SECOND);
        assertThat(profile.peak()).isEqualTo(3);
    }

    @Test
    void buildsAStaircaseWithRampsBetweenItsLevels() {
        ClosedProfile profile =
                new ClosedProfile(ClosedProfile.staircase(5, 3, Duration.ofSeconds(10), 1, Duration.ofSeconds(2)));

        assertThat(profile.steps())
                .containsExactly(
                        new ConstantConcurrent(1, Duration.ofSeconds(10)),
                        new RampConcurrent(1, 6, Duration.ofSeconds(2)),
                        new ConstantConcurrent(6, Duration.ofSeconds(10)),
                        new RampConcurrent(6, 11, Duration.ofSeconds(2)),
                        new ConstantConcurrent(11, Duration.ofSeconds(10)));
    }

    @Test
    void saysWhatAClosedModelCannotTell() {
        assertThat(new ClosedProfile(List.of(new ConstantConcurrent(1, Duration.ofSeconds(1)))).remark())
                .contains("In a closed model the target's slowness lowers the load: a user waits for its answer.");
    }

    @Test
    void refusesNegativeUsers() {
        assertThatThrownBy(() -> new ConstantConcurrent(-1, Duration.ofSeconds(1)))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("constantConcurrentUsers: users must be 0 or more, was -1.");
    }

    private static List<Long> rises(ClosedProfile profile) {
        List<Long> rises = new ArrayList<>();
        for (long at = profile.nextRise(-1); at != Long.MAX_VALUE; at = profile.nextRise(at)) {
            rises.add(at);
        }
        return rises;
    }
}
