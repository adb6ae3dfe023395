package dev.onrush.core.protocol;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.Names;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.RunClock;

/** What the engine offers to a protocol's client. */
public interface ProtocolEnvironment {
    RunClock clock();

    Settings settings();

    Names names();

    /** Threads that may run users, named {@code io-0}, {@code io-1} …; daemon. */
    ThreadFactory ioThreads();

    int ioThreadCount();

    /** For what waits: name resolution, large bodies. Never runs a user. */
    Executor blocking();

    /** Deadlines, on the monotonic clock, run by the control thread. */
    Deadlines deadlines();

    /** The number of a fresh slot for a {@link UserResource} in every user. */
    int newUserSlot();

    /** Who wants to be told of exchanges; null: nobody, and nothing need be kept for it. */
    default @Nullable ExchangeListener exchanges() {
        return null;
    }

    /** Whether nobody has asked that of this run before: for what is to be done once by all clients together. */
    default boolean isFirst(String what) {
        return true;
    }

    /** Said once per text, and shown in the report. */
    void warn(String text);

    /** Memory is out: the run is stopped at once, without taking any. */
    void outOfMemory();
}
