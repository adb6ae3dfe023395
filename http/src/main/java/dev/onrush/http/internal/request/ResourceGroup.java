package dev.onrush.http.internal.request;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.Poller;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.http.internal.wire.Origin;

/**
 * Requests of one user side by side: all are due at once, and the user goes on when the last has ended. One object per user, used
 * again and again. For whoever runs the user.
 */
final class ResourceGroup {
    private final HttpUser owner;
    private final VirtualUser user;
    private final int mostPerOrigin;
    /** Null: they are of the scenario. */
    private final @Nullable Poller poller;
    /** All there ever were, of which some are idle; looked at by other threads, too. */
    private final List<UserExchange> exchanges = new CopyOnWriteArrayList<>();

    private final Deque<UserExchange> idle = new ArrayDeque<>();
    private final Deque<UserExchange> waiting = new ArrayDeque<>();
    private final Map<Origin, Integer> running = new HashMap<>();

    private @Nullable Action next;
    private int open;
    /** Intended start of the first of them; with a throttle that is its slot. */
    private long startNanos;

    private long endNanos;
    private long cumulatedBeforeNanos;
    private boolean isRecorded;
    private boolean areResources;

    /**
     * @param mostPerOrigin requests on their way to one origin
     * @param poller which sends them; null: they are of the scenario
     */
    ResourceGroup(HttpUser owner, int mostPerOrigin, @Nullable Poller poller) {
        this.owner = owner;
        this.user = owner.user();
        this.mostPerOrigin = mostPerOrigin;
        this.poller = poller;
    }

    /**
     * Starts those, now.
     *
     * @param ofRequest whether they belong to one that was answered
     * @return where the user goes on, null if it waits
     */
    @Nullable
    Action begin(List<HttpRequestAction> actions, boolean ofRequest, Action after) {
        areResources = ofRequest;
        next = after;
        long due = user.dueNanos();
        startNanos = Long.MAX_VALUE;
        endNanos = due;
        cumulatedBeforeNanos = user.cumulatedRequestNanos();
        isRecorded = false;
        long paceOverrun = user.paceOverrunNanos();
        open = 1; // one may end before the next has begun
        for (HttpRequestAction action : actions) {
            UserExchange exchange = idle.poll();
            if (exchange == null) {
                exchange = new UserExchange(owner, this);
                exchanges.add(exchange);
            }
            open++;
            user.dueNanos(due);
            user.paceOverrunNanos(paceOverrun);
            exchange.begin(action);
        }
        return oneLess();
    }

    @Nullable
    Poller poller() {
        return poller;
    }

    /** That one is sent off: it has its slot, if there is a throttle. */
    void started(RequestSample sample) {
        startNanos = Math.min(startNanos, sample.intendedStartNanos);
    }

    boolean areResources() {
        return areResources;
    }

    /** That one has ended; returns where the user goes on, null if it waits for others. */
    @Nullable
    Action ended(UserExchange exchange, RequestSample sample) {
        idle.add(exchange);
        endNanos = Math.max(endNanos, sample.endNanos);
        isRecorded |= sample.hasDuration() && !sample.silent;
        return oneLess();
    }

    private @Nullable Action oneLess() {
        open--;
        if (open > 0) {
            return null;
        }
        user.dueNanos(endNanos);
        // Side by side they cost the user the time of all together.
        user.cumulatedRequestNanos(cumulatedBeforeNanos + (isRecorded ? endNanos - startNanos : 0));
        return Objects.requireNonNull(next);
    }

    // ---- how many at once

    /** Whether that one may be sent now; else it is sent as soon as it may. */
    boolean admits(UserExchange exchange, Origin to) {
        int now = running.getOrDefault(to, 0);
        if (now >= mostPerOrigin) {
            waiting.add(exchange);
            return false;
        }
        running.put(to, now + 1);
        return true;
    }

    /** A request to there has ended: another may be sent. */
    void released(Origin from) {
        running.merge(from, -1, Integer::sum);
        for (Iterator<UserExchange> all = waiting.iterator(); all.hasNext(); ) {
            UserExchange exchange = all.next();
            if (exchange.url().origin().equals(from)) {
                all.remove();
                exchange.admitted();
                return;
            }
        }
    }

    // ---- the end

    void cutOff(long nowNanos) {
        exchanges.forEach(exchange -> exchange.cutOff(nowNanos));
    }

    /** Ends, as failed, those on that thread. */
    boolean blocked(Thread thread, String place) {
        boolean isBlocked = false;
        for (UserExchange exchange : exchanges) {
            isBlocked |= exchange.blocked(thread, place);
        }
        return isBlocked;
    }

    boolean isAwaited() {
        for (UserExchange exchange : exchanges) {
            if (exchange.isOpen() || exchange.isCheckedElsewhere()) {
                return true;
            }
        }
        return false;
    }

    void close() {
        exchanges.forEach(UserExchange::close);
    }
}
