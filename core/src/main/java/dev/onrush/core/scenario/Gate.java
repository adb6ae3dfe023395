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
    private final String place;
    private final int users;
    private final long timeoutNanos;
    private final ProtocolEnvironment environment;
    private final Deadlines.Deadline deadline;
    private final List<Waiting> waiting = new ArrayList<>();
    /** Never again false; changed under the gate's lock. */
    private volatile boolean isOpen;

    private record Waiting(VirtualUser user, Action next) {}

    Gate(String place, int users, long timeoutNanos, ProtocolEnvironment environment) {
        this.place = place;
        this.users = users;
        this.timeoutNanos = timeoutNanos;
        this.environment = environment;
        this.deadline = environment.deadlines().create(this::timeIsOver);
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
            if (waiting.size() + 1 < users) {
                if (waiting.isEmpty() && timeoutNanos < Long.MAX_VALUE - now) {
                    deadline.set(now + timeoutNanos);
                }
                waiting.add(new Waiting(user, next));
                return user.waitThen(next);
            }
            open(now);
        }
        letGo(user, now);
        return next;
    }

    /** On the control thread. */
    private synchronized void timeIsOver() {
        if (isOpen) {
            return;
        }
        environment.warn(place + ": " + waiting.size() + " of " + users + " users had come when the first had waited "
                + Duration.ofNanos(timeoutNanos) + ". They were let go; whoever comes later does not wait.");
        open(environment.clock().now());
    }

    private void open(long nowNanos) {
        isOpen = true;
        deadline.close();
        waiting.forEach(each -> each.user().deliverOnLoop(new Opened(nowNanos, each.next())));
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
