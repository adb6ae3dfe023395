package dev.onrush.core.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.Message;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.protocol.Deadlines;
import dev.onrush.core.protocol.ProtocolEnvironment;

/** Where users wait for each other, once. Safe for use by many threads. */
final class Gate {
    /** How often it looks whether anybody can still come. */
    private static final long LOOK_NANOS = 1_000_000_000;

    private final String place;
    private final int users;
    private final long timeoutNanos;
    private final ProtocolEnvironment environment;
    private final Deadlines.Deadline deadline;
    private final List<Waiting> waiting = new ArrayList<>();
    /** Who has come, also if it has ended since. */
    private int arrived;
    /** When the first of them has waited long enough. */
    private long timeIsOverNanos = Long.MAX_VALUE;
    /** Never again false; changed under the gate's lock. */
    private volatile boolean isOpen;

    private record Waiting(VirtualUser user, Action next) {}

    Gate(String place, int users, long timeoutNanos, ProtocolEnvironment environment) {
        this.place = place;
        this.users = users;
        this.timeoutNanos = timeoutNanos;
        this.environment = environment;
        this.deadline = environment.deadlines().create(this::look);
    }

    /** A user comes, and waits or goes on. */
    @Nullable
    Action arrive(VirtualUser user, Action next) {
        if (isOpen) {
            return next;
        }
        long now = user.now();
        synchronized (this) {
            if (isOpen) {
                return next;
            }
            arrived++;
            if (arrived < users) {
                if (waiting.isEmpty()) {
                    timeIsOverNanos = timeoutNanos < Long.MAX_VALUE - now ? now + timeoutNanos : Long.MAX_VALUE;
                    lookAgain(now);
                }
                waiting.add(new Waiting(user, next));
                return user.waitForOthers(next);
            }
            open(now);
        }
        letGo(user, now);
        return next;
    }

    private void lookAgain(long nowNanos) {
        deadline.set(Math.min(timeIsOverNanos, nowNanos + LOOK_NANOS));
    }

    /** On the control thread. */
    private synchronized void look() {
        if (isOpen || waiting.isEmpty()) {
            return;
        }
        long now = environment.clock().now();
        String come = place + ": " + arrived + " of " + users + " users had come ";
        if (now >= timeIsOverNanos) {
            environment.warn(come + "when the first had waited " + Duration.ofNanos(timeoutNanos)
                    + ". They were let go; whoever comes later does not wait.");
            open(now);
        } else if (waiting.get(0).user().waitsForNobody() && !forgetEnded()) {
            environment.warn(come + "when no others were left who could. They were let go.");
            open(now);
        } else {
            lookAgain(now);
        }
    }

    /** Whoever ended while waiting is not one of those who are left, and was taken for one. Returns whether there was one. */
    private boolean forgetEnded() {
        return waiting.removeIf(each -> {
            boolean hasEnded = each.user().hasEnded();
            if (hasEnded) {
                each.user().othersCame();
            }
            return hasEnded;
        });
    }

    private void open(long nowNanos) {
        isOpen = true;
        deadline.close();
        waiting.forEach(each -> {
            each.user().othersCame();
            each.user().deliverOnLoop(new Opened(nowNanos, each.next()));
        });
        waiting.clear();
    }

    private static void letGo(VirtualUser user, long atNanos) {
        user.dueNanos(atNanos);
        user.paceOverrunNanos(0); // it lies before that moment
    }

    /** The gate has opened. */
    private record Opened(long atNanos, Action next) implements Message {
        @Override
        public @Nullable Action receive(VirtualUser user) {
            Action onward = user.goesOn();
            letGo(user, atNanos);
            return onward;
        }
    }
}
