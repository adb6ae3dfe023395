package dev.onrush.examples.target;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * One path and what its methods answer.
 *
 * @param path as metrics name it; it may end in one variable part, as {@code /items/{id}} does
 */
record Route(String path, Map<String, Operation> operations) {

    /** Decides at the door, before the queue: null lets the call in. */
    interface Door {
        @Nullable
        Answer refusal(Call call);

        Door OPEN = call -> null;
    }

    /** Answers a call once a replica has served it. Called on any thread; must not block. */
    interface Handler {
        Answer answer(Call call);
    }

    /** @param queued whether the call has to wait for a replica */
    record Operation(Door door, boolean queued, Handler handler) {}

    static Route of(String path, String method, Door door, Handler handler) {
        return new Route(path, Map.of(method, new Operation(door, true, handler)));
    }

    static Route unqueued(String path, String method, Handler handler) {
        return new Route(path, Map.of(method, new Operation(Door.OPEN, false, handler)));
    }

    Route and(String method, Door door, Handler handler) {
        var more = new TreeMap<>(operations);
        more.put(method, new Operation(door, true, handler));
        return new Route(path, Map.copyOf(more));
    }

    /** Returns the methods in the form of an {@code Allow} header. */
    String allowed() {
        return String.join(", ", new TreeSet<>(operations.keySet()));
    }
}
