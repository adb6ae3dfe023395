package dev.onrush.core.injection;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Segment;

class SlotsTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;

    private static ThrottleProfile profile(ThrottleStep... steps) {
        return new ThrottleProfile(List.of(steps));
    }

    private static List<Long> all(Slots slots) {
        List<Long> all = new ArrayList<>();
        for (long at = slots.firstFree(0); at != Slots.NONE; at = slots.firstFree(0)) {
            all.add(at);
            slots.take(at);
        }
        return all;
    }

    private static List<Long> starts(OpenStep... steps) {
        ArrivalSchedule schedule = new OpenProfile(List.of(steps)).schedule(1);
        List<Long> starts = new ArrayList<>();
        for (long at = schedule.next(); at != ArrivalSchedule.END; at = schedule.next()) {
            starts.add(at);
        }
        return starts;
    }

    @Test
    void lieWhereAProfileOfThatRateStartsUsers() {
        Slots slots = profile(
                        new ThrottleStep.Reach(50, ofSeconds(5)),
                        new ThrottleStep.Jump(7),
                        new ThrottleStep.Hold(ofSeconds(3)),
                        new ThrottleStep.Reach(0, ofSeconds(2)))
                .slots(Segment.WHOLE);

        assertThat(all(slots))
                .containsExactlyElementsOf(starts(
                        new RampRate(0, 50, ofSeconds(5)),
                        new ConstantRate(7, ofSeconds(3)),
                        new RampRate(7, 0, ofSeconds(2))));
    }

    @Test
    void areSharedOutAmongGenerators() {
        ThrottleProfile profile = profile(
                new ThrottleStep.Jump(10),
                new ThrottleStep.Hold(ofSeconds(1)),
                new ThrottleStep.Reach(3, ofMillis(700)),
                new ThrottleStep.Hold(ofSeconds(2)));
        List<Long> together = new ArrayList<>();
        for (int index = 0; index < 4; index++) {
            together.addAll(all(profile.slots(new Segment(index, 4))));
        }

        assertThat(all(profile.slots(new Segment(1, 4)))).startsWith(100 * MS, 500 * MS, 900 * MS);
        assertThat(together).containsExactlyInAnyOrderElementsOf(all(profile.slots(Segment.WHOLE)));
    }

    @Test
    void areLostIfNobodyTookThemInTime() {
        Slots slots = profile(new ThrottleStep.Jump(4), new ThrottleStep.Hold(ofSeconds(2)))
                .slots(Segment.WHOLE);

        assertThat(slots.firstFree(0)).isZero();
        slots.take(0);
        assertThat(slots.firstFree(10 * MS)).isEqualTo(250 * MS);
        assertThat(slots.firstFree(250 * MS)).isEqualTo(250 * MS);
        assertThat(slots.firstFree(1_300 * MS)).isEqualTo(1_500 * MS);
        slots.take(1_500 * MS);
        slots.forget(1_300 * MS);
        assertThat(slots.firstFree(1_300 * MS)).isEqualTo(1_750 * MS);
        slots.take(1_750 * MS);
        assertThat(slots.firstFree(1_300 * MS)).isEqualTo(Slots.NONE);
    }

    @Test
    void mayBeTakenInOneGo() {
        Slots slots = profile(new ThrottleStep.Jump(4), new ThrottleStep.Hold(ofSeconds(2)))
                .slots(Segment.WHOLE);

        slots.takeUpTo(600 * MS);
        slots.takeUpTo(300 * MS);

        assertThat(slots.firstFree(0)).isEqualTo(750 * MS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void areGivenOnceAndInOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ThrottleProfile profile = profile(
                new ThrottleStep.Reach(40, ofMillis(700)),
                new ThrottleStep.Jump(13),
                new ThrottleStep.Hold(ofSeconds(3)),
                new ThrottleStep.Reach(90, ofMillis(1300)));
        TreeSet<Long> free = new TreeSet<>(all(profile.slots(Segment.WHOLE)));
        Slots slots = profile.slots(Segment.WHOLE);

        for (int i = 0; i < 300; i++) {
            long from = random.nextLong(6 * S);
            Long expected = free.ceiling(from);
            long found = slots.firstFree(from);
            assertThat(found).as("seed %d, step %d", seed, i).isEqualTo(expected == null ? Slots.NONE : expected);
            if (expected != null) {
                slots.take(found);
                free.remove(expected);
            }
        }
    }

    @Test
    void aThrottleWithoutTimeIsRefused() {
        assertThatThrownBy(() -> profile(new ThrottleStep.Jump(5)))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(
                        "throttle must last some time, this one lasts none. Let holdFor(..) follow, as in jumpToRps(50), holdFor(60).");
    }
}
