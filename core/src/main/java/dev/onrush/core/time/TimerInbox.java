package dev.onrush.core.time;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/** Timers handed over by any thread, for one thread to take. Neither locks nor allocates. */
public final class TimerInbox {
    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(TimerInbox.class, "newest", Timer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // written through NEWEST
    private volatile @Nullable Timer newest;

    /** Hands over a timer that waits nowhere else. */
    public void push(Timer timer, long atNanos) {
        timer.atNanos = atNanos;
        Timer before;
        do {
            before = newest;
            timer.link = before;
        } while (!NEWEST.compareAndSet(this, before, timer));
    }

    public boolean isEmpty() {
        return newest == null;
    }

    /** Takes all, in the order they came: the first of a chain to be walked with {@link #after}. */
    public @Nullable Timer takeAll() {
        Timer taken = newest == null ? null : (Timer) NEWEST.getAndSet(this, null);
        Timer first = null;
        while (taken != null) {
            Timer older = taken.link;
            taken.link = first;
            first = taken;
            taken = older;
        }
        return first;
    }

    /** The timer behind this one in a chain taken; parts the two. */
    public static @Nullable Timer after(Timer timer) {
        Timer next = timer.link;
        timer.link = null;
        return next;
    }
}
