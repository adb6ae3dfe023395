package dev.onrush.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.Names;
import dev.onrush.core.protocol.Deadlines.Deadline;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.ManualClock;

class DeadlineWheelTest {
    private static final long S = 1_000_000_000;

    private final ManualClock clock = new ManualClock();
    private final Names names = Names.withLimit(10);
    private final LoadRun run = new LoadRun(EngineOptions.of(Settings.defaults(), names, thread -> new Recorded(names))
            .clock(clock));
    private final DeadlineWheel wheel = run.control.deadlines();
    private final List<String> expired = new ArrayList<>();

    private void passTo(long nanos) {
        clock.advanceTo(run.clock.toNanoTime(nanos));
        wheel.advance(nanos);
    }

    @Test
    void expiresAtItsInstantHoweverFar() {
        run.clock.begin();
        wheel.create(() -> expired.add("far")).set(60 * S);

        for (long at = 0; at < 60 * S; at += S / 2) {
            passTo(at);
        }
        assertThat(expired).isEmpty();

        passTo(60 * S);
        assertThat(expired).containsExactly("far");
    }

    @Test
    void theNewestInstantCounts() {
        run.clock.begin();
        Deadline deadline = wheel.create(() -> expired.add("moved"));
        deadline.set(60 * S);
        deadline.set(2 * S);
        deadline.set(7 * S);

        passTo(6 * S);
        assertThat(expired).isEmpty();

        passTo(7 * S);
        passTo(70 * S);
        assertThat(expired).containsExactly("moved");
    }

    @Test
    void aClosedDeadlineNeverExpires() {
        run.clock.begin();
        Deadline deadline = wheel.create(() -> expired.add("closed"));
        deadline.set(S);
        deadline.close();

        passTo(2 * S);

        assertThat(expired).isEmpty();
    }

    /** What a user was: a megabyte, so that it would be missed. */
    private static final class Owner implements Runnable {
        final byte[] buffers = new byte[1 << 20];

        @Override
        public void run() {
            buffers[0]++;
        }
    }

    private WeakReference<Owner> closedBeforeItsInstant() {
        Owner owner = new Owner();
        Deadline deadline = wheel.create(owner);
        deadline.set(60 * S);
        deadline.close();
        return new WeakReference<>(owner);
    }

    @Test
    void aClosedDeadlineLetsItsOwnerGoAtOnce() {
        run.clock.begin();
        WeakReference<Owner> owner = closedBeforeItsInstant();

        for (int i = 0; i < 50 && owner.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(owner.get()).isNull();
    }

    @Test
    void aDeadlineFarAheadIsLookedAtEveryFewSeconds() {
        run.clock.begin();
        wheel.create(() -> expired.add("far")).set(3_600 * S);
        passTo(0);

        assertThat(wheel.nextDue()).isLessThanOrEqualTo(5 * S);
    }
}
