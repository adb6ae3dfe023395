package dev.onrush.core.engine;

import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.time.Timer;
import dev.onrush.core.time.TimerInbox;
import dev.onrush.core.time.TimerQueue;
import dev.onrush.core.time.TimerWheel;

/**
 * A share of the users: starts them, wakes them, and runs them. Apart from its thread, so that it can go on with another one when
 * an author's code holds the first: while a user runs, everything else that is due stands in {@link #ready}.
 */
final class EventLoop {
    private static final long AWAKE = Long.MIN_VALUE;
    /** Due timers are looked for at least every so many pieces of work. */
    private static final int ROUND = 16;

    final int index;
    final LiveUsers live = new LiveUsers();
    private final LoadRun run;
    private final TimerInbox inbox = new TimerInbox();
    private final TimerWheel wheel;
    private final TimerQueue ready = new TimerQueue();
    private long lookedAtNanos;
    private volatile long parkedUntil = AWAKE;
    private volatile @Nullable Carrier owner;

    EventLoop(LoadRun run, int index, long tickNanos) {
        this.run = run;
        this.index = index;
        this.wheel = new TimerWheel(tickNanos);
    }

    void owner(Carrier carrier) {
        owner = carrier;
    }

    @Nullable
    Carrier owner() {
        return owner;
    }

    /** From any thread. */
    void add(Timer timer, long atNanos) {
        inbox.push(timer, atNanos);
        if (atNanos < parkedUntil) {
            wake();
        }
    }

    /** From the thread that has the loop and is inside no user. */
    void addOwn(Timer timer, long atNanos) {
        if (atNanos <= lookedAtNanos) {
            ready.add(timer);
        } else {
            wheel.add(timer, atNanos);
        }
    }

    void wake() {
        Carrier carrier = owner;
        Thread thread = carrier == null ? null : carrier.thread;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** The life of its thread: until the run has ended, or the loop was given to another. */
    void drive(Carrier carrier) {
        while (!run.isOver()) {
            try {
                driveOn(carrier);
                return;
            } catch (OutOfMemoryError out) { // its users must still be ended
                run.outOfMemory();
            } catch (Throwable broken) { // a bug of ours: the run must end and say so
                run.internalError("loop-" + index, broken);
                return;
            }
        }
    }

    private void driveOn(Carrier carrier) {
        int sinceLook = ROUND;
        while (!run.isOver()) {
            if (++sinceLook >= ROUND) {
                look(run.now());
                sinceLook = 0;
            }
            Timer next = ready.poll();
            if (next == null) {
                look(run.now());
                sinceLook = 0;
                next = ready.poll();
            }
            if (next == null) {
                park();
                sinceLook = ROUND;
            } else if (!carry(next, carrier)) {
                return;
            }
        }
    }

    /** On a manual clock: all that is due now, and what that makes due. */
    void driveDue(Carrier carrier, long nowNanos) {
        look(nowNanos);
        Timer next = ready.poll();
        while (next != null) {
            carry(next, carrier);
            look(nowNanos);
            next = ready.poll();
        }
    }

    /** On a manual clock. */
    long nextDue() {
        if (!ready.isEmpty() || !inbox.isEmpty()) {
            return lookedAtNanos;
        }
        return wheel.nextDue();
    }

    private void look(long nowNanos) {
        lookedAtNanos = nowNanos;
        Timer timer = inbox.takeAll();
        while (timer != null) {
            Timer after = TimerInbox.after(timer);
            addOwn(timer, timer.atNanos());
            timer = after;
        }
        wheel.advance(nowNanos, ready);
    }

    /** Returns whether the thread still has this loop. */
    private boolean carry(Timer timer, Carrier carrier) {
        if (timer instanceof VirtualUser user) {
            user.timerFired(carrier);
        } else {
            ((LoopTask) timer).run(carrier);
        }
        return !carrier.isLost();
    }

    private void park() {
        long until = wheel.nextWake();
        parkedUntil = until;
        if (inbox.isEmpty() && !run.isOver()) {
            if (until == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                long nanos = until - run.now();
                if (nanos > 0) {
                    LockSupport.parkNanos(this, nanos);
                }
            }
        }
        parkedUntil = AWAKE;
    }
}
