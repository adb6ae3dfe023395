package dev.onrush.core.injection;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

class LoadLevelTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void anOpenProfileTellsWhatItAsksForStepByStep() {
        OpenProfile profile = new OpenProfile(List.of(
                new NothingFor(ofSeconds(1)),
                new AtOnceUsers(7),
                new RampRate(0, 10, ofSeconds(2)),
                new ConstantRate(10, ofSeconds(3)),
                new ConstantRate(10, ofSeconds(4)),
                new RampUsers(20, ofSeconds(5)),
                new StaircaseRate(5, 2, ofSeconds(1), 10, Duration.ZERO)));

        assertThat(profile.loadLevels())
                .containsExactly(
                        level(0, 1, 0, 0),
                        level(1, 3, 0, 10),
                        level(3, 10, 10, 10),
                        level(10, 15, 4, 4),
                        level(15, 16, 10, 10),
                        level(16, 17, 15, 15));
    }

    @Test
    void aSmoothPeakIsARampUpAndARampDown() {
        List<LoadLevel> levels = new OpenProfile(List.of(new StressPeakUsers(100, ofSeconds(10)))).loadLevels();

        assertThat(levels).hasSize(2).noneMatch(LoadLevel::isSteady);
        assertThat(levels.get(0).peak()).isEqualTo(levels.get(1).peak()).isGreaterThan(10);
    }

    @Test
    void aClosedProfileTellsHowManyUsersItAsksFor() {
        ClosedProfile profile = new ClosedProfile(
                List.of(new RampConcurrent(1, 5, ofSeconds(2)), new ConstantConcurrent(5, ofSeconds(3))));

        assertThat(profile.loadLevels()).containsExactly(level(0, 2, 1, 5), level(2, 5, 5, 5));
    }

    @Test
    void itsTextInTheHeadOfALogComesBackAsItWas() {
        List<LoadLevel> levels = List.of(level(0, 1, 0, 2.5), level(1, 3, 2.5, 2.5));

        assertThat(LoadLevel.text(levels)).isEqualTo("0 1000000000 0.0 2.5;1000000000 3000000000 2.5 2.5");
        assertThat(LoadLevel.parse(LoadLevel.text(levels))).contains(levels);
        assertThat(LoadLevel.parse("")).isEmpty();
        assertThat(LoadLevel.parse("0 1 x 2")).isEmpty();
        assertThat(LoadLevel.parse("0 1 2")).isEmpty();
    }

    private static LoadLevel level(long from, long to, double first, double last) {
        return new LoadLevel(from * SECOND, to * SECOND, first, last);
    }
}
