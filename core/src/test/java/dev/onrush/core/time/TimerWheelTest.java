package dev.onrush.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
    private static final long MS = 1_000_000;

    private static final class At extends Timer {}

    private final TimerWheel wheel = new TimerWheel(MS);
    private final TimerQueue due = new TimerQueue();

    @Test
    void isNeverEarly() {
        add(10 * MS + 1);

        wheel.advance(10 * MS, due);
        assertThat(drain()).isEmpty();
        wheel.advance(10 * MS + 1, due);

        assertThat(drain()).containsExactly(10 * MS + 1);
        assertThat(wheel.size()).isZero();
    }

    @Test
    void tellsWhenTheFirstIsDueAndWhenItsTickEnds() {
        add(3 * MS + 7);
        add(3 * MS + 5);

        assertThat(wheel.nextDue()).isEqualTo(3 * MS + 5);
        assertThat(wheel.nextWake()).isEqualTo(4 * MS);
    }

    @Test
    void hasNothingToTellWhenEmpty() {
        assertThat(wheel.nextDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(wheel.nextWake()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void handsOverAtOnceWhatIsDueAlready() {
        wheel.advance(1000 * MS, due);
        add(5 * MS);

        wheel.advance(1000 * MS, due);

        assertThat(drain()).containsExactly(5 * MS);
    }

    @Test
    void reachesBeyondItsOwnSpan() {
        long farAway = 400L * 24 * 3600 * 1000 * MS;
        add(farAway);
        add(MS);

        List<Long> looks = new ArrayList<>();
        while (wheel.size() > 0) {
            long next = wheel.nextDue();
            looks.add(next);
            wheel.advance(next, due);
        }

        assertThat(drain()).containsExactly(MS, farAway);
        assertThat(looks).hasSizeLessThan(30);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithASortedQueue(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PriorityQueue<Long> expected = new PriorityQueue<>();
        long now = 0;
        for (int round = 0; round < 3000; round++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                long at = now + (random.nextLong() >>> (24 + random.nextInt(30)));
                add(at);
                expected.add(at);
            }
            long asked = wheel.nextDue();
            assertThat(asked).isLessThanOrEqualTo(expected.isEmpty() ? Long.MAX_VALUE : expected.peek());
            now = random.nextInt(3) == 0 && asked != Long.MAX_VALUE
                    ? Math.max(now, asked)
                    : now + (random.nextLong() >>> (30 + random.nextInt(20)));
            wheel.advance(now, due);
            List<Long> out = drain();
            out.sort(null);
            List<Long> wanted = new ArrayList<>();
            while (!expected.isEmpty() && expected.peek() <= now) {
                wanted.add(expected.poll());
            }
            assertThat(out).as("seed %d, round %d", seed, round).isEqualTo(wanted);
        }
    }

    private void add(long at) {
        wheel.add(new At(), at);
    }

    private List<Long> drain() {
        List<Long> all = new ArrayList<>();
        Timer timer = due.poll();
        while (timer != null) {
            all.add(timer.atNanos());
            timer = due.poll();
        }
        return all;
    }
}
