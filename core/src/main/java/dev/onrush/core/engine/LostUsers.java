package dev.onrush.core.engine;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.UserEnd;

/**
 * Finds users that nothing will ever wake: present, idle, without a timer, a request or mail. That is an error of ours or of a
 * protocol; such a user would keep the run from ending. It looks at a few users at a time, so that no loop waits for it, and at each
 * about once a second. Belongs to the control thread.
 */
final class LostUsers {
    /** A user is lost when it was so for so long. */
    static final long LOST_NANOS = 5_000_000_000L;

    private static final long ROUND_NANOS = 1_000_000_000;
    /** Users of a loop looked at in one go. */
    private static final int BIT = 500;

    private record Suspect(int turns, long sinceNanos, long round) {}

    private final LoadRun run;
    private final Map<VirtualUser, Suspect> suspects = new HashMap<>();
    private final boolean[] hasMore;
    private long nextRoundNanos = ROUND_NANOS;
    private long round;
    private long nowNanos;

    LostUsers(LoadRun run) {
        this.run = run;
        this.hasMore = new boolean[run.loops.length];
    }

    void look(long now) {
        nowNanos = now;
        boolean isThrough = true;
        for (int i = 0; i < hasMore.length; i++) {
            hasMore[i] = hasMore[i] && run.loops[i].live.look(BIT, this::look);
            isThrough &= !hasMore[i];
        }
        if (isThrough && now >= nextRoundNanos) {
            nextRoundNanos = now + ROUND_NANOS;
            suspects.values().removeIf(suspect -> suspect.round() != round);
            round++;
            for (int i = 0; i < hasMore.length; i++) {
                run.loops[i].live.beginRound();
                hasMore[i] = true;
            }
        }
    }

    private void look(VirtualUser user) {
        if (!user.isIdle() || !user.waitsForNothing()) {
            return;
        }
        int turns = user.turns();
        Suspect known = suspects.get(user);
        if (known == null || known.turns() != turns) {
            suspects.put(user, new Suspect(turns, nowNanos, round));
        } else if (nowNanos - known.sinceNanos() < LOST_NANOS) {
            suspects.put(user, new Suspect(turns, known.sinceNanos(), round));
        } else {
            suspects.remove(user);
            user.deliverOnLoop(LOST);
        }
    }

    private static final Message LOST = new Notice() {
        @Override
        public @Nullable Action receive(VirtualUser user) {
            return user.waitsForNothing() ? end(user) : null;
        }

        private static @Nullable Action end(VirtualUser user) {
            PopulationRun population = user.population();
            population.run.lostUser(user);
            user.stepFailed(
                    "scenario \"" + population.name() + "\"",
                    ErrorClass.USER_LOST,
                    "a user waited for nothing: no timer, no request, no message");
            return user.cutOff(UserEnd.BLOCKED);
        }
    };
}
