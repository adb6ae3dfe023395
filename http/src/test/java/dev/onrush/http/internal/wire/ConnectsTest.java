package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.hc.core5.reactor.IOWorkerStats;
import org.junit.jupiter.api.Test;

import dev.onrush.core.protocol.Deadlines;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

class ConnectsTest {
    /** An I/O thread of HttpCore: what it was asked for waits until its next round. */
    private static final class Worker implements IOWorkerStats {
        final Deque<Integer> pending = new ArrayDeque<>();

        @Override
        public int totalChannelCount() {
            return 0;
        }

        @Override
        public int pendingChannelCount() {
            return pending.size();
        }

        @Override
        public long lastSelectMilli() {
            return 0;
        }
    }

    private final Worker[] workers = {new Worker(), new Worker()};
    private final List<Long> looks = new ArrayList<>();
    private Runnable look = () -> {};
    private final Connects connects = new Connects(new RunClock(new ManualClock()), expired -> {
        look = expired;
        return new Deadlines.Deadline() {
            @Override
            public void set(long atNanos) {
                looks.add(atNanos);
            }

            @Override
            public void close() {}
        };
    });

    private void ask(int number) {
        connects.ask(() -> workers[connects.select(workers)].pending.add(number));
    }

    @Test
    void workersTakeTurns() {
        IntStream.range(0, 4).forEach(this::ask);

        assertThat(workers[1].pending).containsExactly(0, 2);
        assertThat(workers[0].pending).containsExactly(1, 3);
        assertThat(looks).isEmpty();
    }

    @Test
    void whatIsMoreThanAPortionWaitsInOrderUntilAWorkerHasRoom() {
        IntStream.range(0, 3 * Connects.PORTION).forEach(this::ask);

        assertThat(workers[0].pending).hasSize(Connects.PORTION);
        assertThat(workers[1].pending).hasSize(Connects.PORTION);
        assertThat(looks).isNotEmpty().containsOnly(1_000_000L);

        workers[1].pending.clear();
        connects.more();

        assertThat(workers[1].pending)
                .containsExactlyElementsOf(IntStream.range(2 * Connects.PORTION, 3 * Connects.PORTION)
                        .boxed()
                        .toList());
    }

    @Test
    void theRestIsAskedForAlsoIfNothingElseHappens() {
        IntStream.range(0, 2 * Connects.PORTION + 1).forEach(this::ask);
        workers[0].pending.clear();

        look.run();

        assertThat(workers[0].pending).containsExactly(2 * Connects.PORTION);
    }
}
