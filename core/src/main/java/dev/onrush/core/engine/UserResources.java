package dev.onrush.core.engine;

import java.util.Arrays;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.protocol.UserResource;

/** What the protocols keep for one user, each in its slot. If one of them throws, the others are still told. For whoever runs the user. */
final class UserResources {
    private final LoadRun run;
    private @Nullable UserResource[] bySlot = {};

    UserResources(LoadRun run) {
        this.run = run;
    }

    /** Null before it was set. */
    @Nullable
    UserResource get(int slot) {
        return slot < bySlot.length ? bySlot[slot] : null;
    }

    void set(int slot, UserResource resource) {
        if (slot >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, slot + 1);
        }
        bySlot[slot] = resource;
    }

    /** Whether something is on its way that will wake the user. From any thread. */
    boolean isAwaited() {
        for (UserResource resource : bySlot) {
            if (resource != null && resource.isAwaited()) {
                return true;
            }
        }
        return false;
    }

    void cutOff(long nowNanos) {
        each("A request that was on its way could not be cut off", resource -> resource.cutOff(nowNanos));
    }

    /** That I/O thread is held at that place. Returns whether the user had something in flight there, which was ended. */
    boolean blocked(Thread thread, String place) {
        boolean[] isBlocked = {false};
        each(
                "A request on a held thread could not be ended",
                resource -> isBlocked[0] |= resource.blocked(thread, place));
        return isBlocked[0];
    }

    void close() {
        each("What a protocol kept for a user did not close", UserResource::close);
    }

    private void each(String failed, Consumer<UserResource> tell) {
        for (UserResource resource : bySlot) {
            if (resource != null) {
                try {
                    tell.accept(resource);
                } catch (OutOfMemoryError out) {
                    run.outOfMemory();
                } catch (RuntimeException | Error broken) { // it must not keep the user, and so the run, from ending
                    run.warn(failed + ": " + FailureText.of(broken));
                }
            }
        }
    }
}
