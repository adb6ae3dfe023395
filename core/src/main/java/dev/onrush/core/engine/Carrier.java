package dev.onrush.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;

/**
 * What runs users: one engine thread's side of the run, or the caller's on a manual clock. Fields without note belong to that
 * thread; the control thread reads some of them at its own risk, to name who holds a thread.
 */
final class Carrier {
    /** Running no user. */
    static final long OUT = Long.MIN_VALUE;
    /** Its loop was given to another thread while it was inside a user. */
    private static final long LOST = Long.MAX_VALUE;

    private static final VarHandle ENTERED;
    private static final VarHandle LONGEST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ENTERED = lookup.findVarHandle(Carrier.class, "entered", long.class);
            LONGEST = lookup.findVarHandle(Carrier.class, "longestSilence", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final LoadRun run;
    final Turns turns;
    private final String name;
    private @Nullable Recorder recorder;
    /** The loop it drives; null on an I/O thread. */
    final @Nullable EventLoop loop;
    /** Null on a manual clock. */
    volatile @Nullable Thread thread;

    /** When it entered the user it runs, {@link #OUT} or {@link #LOST}. The control thread may change it to {@link #LOST}. */
    private volatile long entered = OUT;

    /** Longest time inside one user since the control thread asked. */
    @SuppressWarnings("UnusedVariable") // read through LONGEST
    private volatile long longestSilence;
    /** Up to here the silence that goes on was told; written by the control thread. */
    private volatile long toldUntil;

    @Nullable
    VirtualUser user;

    /** What it runs that user for. */
    @Nullable
    Message message;

    /** Null as long as the message is being received. */
    @Nullable
    Action action;

    long requestsBegun;
    long requestsOk;
    long requestsKo;
    long requestsOther;
    long lastUserEndNanos;

    Carrier(LoadRun run, String name, @Nullable EventLoop loop) {
        this.run = run;
        this.name = name;
        this.loop = loop;
        this.turns = new Turns(this);
    }

    /** Asked for when the first thing is to be recorded: the log may be made after the engine. */
    Recorder recorder() {
        Recorder mine = recorder;
        if (mine == null) {
            mine = run.options.recorders().apply(name);
            recorder = mine;
        }
        return mine;
    }

    /** A request of the user it runs has ended: recorded, and counted unless it was an attempt. */
    void ended(RequestSample sample) {
        recorder().request(sample);
        if (sample.attempt) {
            return;
        }
        if (!sample.silent && sample.outcome == RequestSample.OK) {
            requestsOk++;
        } else if (!sample.silent && sample.outcome == RequestSample.KO) {
            requestsKo++;
        } else {
            requestsOther++;
        }
    }

    /** Whose code it runs; empty if it is the engine's own. */
    String place() {
        Action running = action;
        Message received = message;
        return running != null ? running.place() : received != null ? received.place() : "";
    }

    boolean isBusy() {
        return user != null;
    }

    void enter(VirtualUser who, Message what, long nowNanos) {
        user = who;
        message = what;
        action = null;
        entered = nowNanos;
    }

    /** Comes back from a user. Returns whether this thread still has its loop; if not, it must touch nothing of it and end. */
    boolean leave() {
        long since = entered;
        user = null;
        message = null;
        if (since == LOST || !ENTERED.compareAndSet(this, since, OUT)) {
            return false;
        }
        noteSilence(since, run.now());
        return true;
    }

    private void noteSilence(long since, long untilNanos) {
        long silent = untilNanos - Math.max(since, toldUntil);
        long longest = longestSilence;
        while (silent > longest && !LONGEST.compareAndSet(this, longest, silent)) {
            longest = longestSilence;
        }
    }

    boolean isLost() {
        return entered == LOST;
    }

    long entered() {
        return entered;
    }

    /** Whether the control thread took the loop from this carrier, which is inside the user it entered at {@code since}. */
    boolean lose(long since, long nowNanos) {
        if (!ENTERED.compareAndSet(this, since, LOST)) {
            return false;
        }
        noteSilence(since, nowNanos);
        return true;
    }

    /**
     * For the control thread: the longest silence since it asked last. One that goes on is told when it ends, so that none is
     * told twice, unless it has lasted for {@code goingOnNanos} or more: then up to now, and its rest later.
     */
    long takeLongestSilence(long nowNanos, long goingOnNanos) {
        long ended = (long) LONGEST.getAndSet(this, 0L);
        long since = entered;
        if (since == OUT || since == LOST) {
            return ended;
        }
        long goesOn = nowNanos - Math.max(since, toldUntil);
        if (goesOn < goingOnNanos) {
            return ended;
        }
        toldUntil = nowNanos;
        return Math.max(ended, goesOn);
    }
}
