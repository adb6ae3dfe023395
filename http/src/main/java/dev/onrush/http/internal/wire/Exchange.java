package dev.onrush.http.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.protocol.Deadlines;

/**
 * One request and what becomes of it. Belongs to one user and is used again for its next request: each use has a sequence
 * number, the first completion of a use wins and any later one is dropped and counted.
 *
 * <p>Its owner calls everything public, and only while no request is on its way; {@link #ended} then tells that it is over.
 */
public abstract class Exchange {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Exchange.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Wire wire;
    private final Deadlines.Deadline deadline;
    /** Twice the sequence number, plus one while a completion is awaited. */
    @SuppressWarnings("UnusedVariable") // through STATE
    private volatile long state;

    private volatile long deadlineNanos = Deadlines.Deadline.NONE;

    private @Nullable Origin origin;
    private @Nullable Route route;
    private @Nullable WireRequest request;
    private Timeouts timeouts = new Timeouts(0, 0, 0);
    private boolean keepsBody;
    private long bodyLimitBytes;
    private long waitStartNanos;
    private long connectionWaitNanos;
    private volatile @Nullable Carrier carrier;

    private Outcome outcome = Outcome.ANSWERED;
    private @Nullable Failure failure;
    private long endNanos;

    protected Exchange(Wire wire) {
        this.wire = wire;
        this.deadline = wire.environment().deadlines().create(this::expired);
    }

    /**
     * It is over.
     *
     * @param onIoThread whether this is a thread that may run users
     */
    protected abstract void ended(boolean onIoThread);

    /**
     * Sends a request.
     *
     * @param way null: straight
     * @param keepsBody whether the response's body is to be kept, up to {@code bodyLimitBytes} as it comes
     */
    public final void send(
            ConnectionPool pool,
            Origin to,
            @Nullable Route way,
            WireRequest what,
            Timeouts limits,
            boolean keepsBody,
            long bodyLimitBytes) {
        this.origin = to;
        this.route = way;
        this.request = way == null ? what : way.onItsWay(to, what);
        this.timeouts = limits;
        this.keepsBody = keepsBody;
        this.bodyLimitBytes = bodyLimitBytes;
        this.outcome = Outcome.ANSWERED;
        this.failure = null;
        this.carrier = null;
        long now = wire.now();
        this.waitStartNanos = now;
        this.connectionWaitNanos = 0;
        long sequence;
        synchronized (this) {
            sequence = ((long) STATE.get(this) >>> 1) + 1;
            moveTo(now + limits.totalNanos());
            STATE.setVolatile(this, sequence << 1 | 1);
        }
        pool.carry(this, sequence);
    }

    /** Gives up on what is on its way; true if there was something, which now gets no completion any more. */
    public final boolean abandon() {
        long now = state;
        Carrier its = carrier;
        if ((now & 1) == 0 || !settle(now >>> 1)) {
            return false;
        }
        endNanos = wire.now();
        if (its != null) {
            its.abandon();
        }
        return true;
    }

    /** Gives up on what is on its way; nothing is sent any more. Its owner and its connections may go at once. */
    public final void close() {
        abandon();
        deadline.close();
    }

    /** Gives up, as failed, on what is on its way over a connection of that I/O thread; true if there was something. {@link #ended} is not told. */
    protected final boolean giveUp(Thread ioThread, Failure why) {
        Carrier its = carrier;
        if (its == null || !its.isOn(ioThread) || !abandon()) {
            return false;
        }
        outcome = Outcome.FAILED;
        failure = why;
        return true;
    }

    /** Whether a request is on its way. */
    public final boolean isOpen() {
        return (state & 1) != 0;
    }

    final boolean isOpen(long sequence) {
        return state == (sequence << 1 | 1);
    }

    private boolean settle(long sequence) {
        return STATE.compareAndSet(this, sequence << 1 | 1, sequence << 1);
    }

    /** Ends this use unless it has ended already. */
    final void end(long sequence, Outcome how, @Nullable Failure why, long atNanos, boolean onIoThread) {
        if (!settle(sequence)) {
            wire.countStale();
            return;
        }
        outcome = how;
        failure = why;
        endNanos = atNanos;
        ended(onIoThread);
    }

    /** A connection takes it up, or one of its streams. */
    final synchronized void carriedBy(Carrier its, long sequence) {
        if (isOpen(sequence)) {
            carrier = its;
        }
    }

    /** It has waited for a connection until now; its deadline counts from here. */
    final synchronized void waited(long sequence, long nowNanos) {
        if (isOpen(sequence)) {
            connectionWaitNanos = nowNanos - waitStartNanos;
            moveTo(nowNanos + timeouts.totalNanos());
        }
    }

    /** A new limit for this use, in place of the one before. */
    final synchronized void moveDeadline(long sequence, long atNanos) {
        if (isOpen(sequence)) {
            moveTo(atNanos);
        }
    }

    private void moveTo(long atNanos) {
        deadlineNanos = atNanos;
        deadline.set(atNanos);
    }

    /** On the control thread. */
    private void expired() {
        long seen = state;
        long now = wire.now();
        if ((seen & 1) == 0 || now < deadlineNanos) {
            return;
        }
        Carrier its = carrier;
        if (its != null && now < its.totalDueNanos(timeouts)) {
            moveDeadline(seen >>> 1, its.totalDueNanos(timeouts)); // it was produced later than it was sent off
            return;
        }
        if (its != null && its.triesNextAddress()) {
            return;
        }
        Failure why = its == null
                ? new Failure(
                        ErrorClass.LOCAL_POOL_TIMEOUT,
                        "no free connection to " + origin() + " within " + millis(timeouts.totalNanos()))
                : its.timedOut(this, now);
        if (settle(seen >>> 1)) {
            outcome = Outcome.FAILED;
            failure = why;
            endNanos = now;
            if (its != null) {
                its.abandon();
            }
            ended(false);
        }
    }

    static Failure unanswered(Timeouts limits) {
        return new Failure(ErrorClass.TIMEOUT_TOTAL, "no complete response within " + millis(limits.totalNanos()));
    }

    static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }

    // ---- what it was, for the connection

    public final Origin origin() {
        return Objects.requireNonNull(origin);
    }

    final @Nullable Route route() {
        return route;
    }

    public final WireRequest request() {
        return Objects.requireNonNull(request);
    }

    final Timeouts timeouts() {
        return timeouts;
    }

    /** Whether the body that follows this head is to be kept; else its {@link #watch}, if any, is told of it as it comes. */
    protected boolean keepsBody(HttpResponse head) {
        return keepsBody;
    }

    /** Who is told of a body that is not kept; null: nobody. Called on the I/O thread, once per response with a body. */
    protected @Nullable BodyWatch watch(HttpResponse head) {
        return null;
    }

    final long bodyLimitBytes() {
        return bodyLimitBytes;
    }

    // ---- what came of it, for the owner

    public final Outcome outcome() {
        return outcome;
    }

    /** Null unless {@link Outcome#FAILED} or {@link Outcome#STALE}. */
    public final @Nullable Failure failure() {
        return failure;
    }

    public final long endNanos() {
        return endNanos;
    }

    /** What carried it; null if nothing ever did. */
    public final @Nullable Carrier carrier() {
        return carrier;
    }

    /** Fills in status, instants, phases and bytes; not the outcome. */
    public final void describe(RequestSample sample) {
        sample.endNanos = endNanos;
        sample.connectionWaitNanos = connectionWaitNanos;
        Carrier its = carrier;
        if (its != null) {
            its.describe(sample);
        }
    }
}
