package dev.onrush.http.internal.request;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.onrush.core.engine.StepFailedException;

/** What one user asks for again and again beside its scenario, by the names of the pollers. For whoever runs the user. */
final class Polls {
    private final HttpUser owner;
    private final Map<String, PolledRequests> running = new HashMap<>(2);

    Polls(HttpUser owner) {
        this.owner = owner;
    }

    /**
     * Begins to send those side by side, every so often.
     *
     * @throws StepFailedException if one of that name runs
     */
    void start(String name, String place, long periodNanos, List<HttpRequestAction> actions) {
        if (running.containsKey(name)) {
            throw new StepFailedException("the poller " + quoted(name) + "runs already. End it before with "
                    + words(name) + ".stop(), or give this one a pollerName of its own.");
        }
        PolledRequests polled = new PolledRequests(owner, place, periodNanos, actions);
        running.put(name, polled);
        polled.poller().start();
    }

    /** @throws StepFailedException if none of that name runs */
    void stop(String name) {
        PolledRequests polled = running.remove(name);
        if (polled == null) {
            throw new StepFailedException("the poller " + quoted(name)
                    + "does not run. Begin it with every(..).exec(..) before, or leave the stop out.");
        }
        polled.poller().stop(owner.user().now());
    }

    /** Ends all. */
    void end(long nowNanos) {
        running.values().forEach(polled -> polled.poller().stop(nowNanos));
        running.clear();
    }

    /** Ends, as failed, those on that thread. */
    boolean blocked(Thread thread, String place) {
        boolean isBlocked = false;
        for (PolledRequests polled : running.values()) {
            isBlocked |= polled.blocked(thread, place);
        }
        return isBlocked;
    }

    private static String quoted(String name) {
        return name.isEmpty() ? "" : "\"" + name + "\" ";
    }

    private static String words(String name) {
        return name.isEmpty() ? "poll()" : "poll().pollerName(\"" + name + "\")";
    }
}
