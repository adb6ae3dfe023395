package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something a user does again and again beside its scenario, one pass at a time. What happens in a pass is recorded, and leaves the user as it
 * was: its session, its due time, the times of its groups. For whoever runs the user.
 *
 * <p>Pass k, from 1 on, is due k periods after the start, however long others took. One that is due while the one before goes on begins when that
 * has ended; the difference is its pace overrun. Its timer is a node of its own, beside the user's.
 */
public final class Poller {
    /** Passes that were due at the stop and had not begun are told one by one up to so many. */
    static final long MOST_MISSED = 1000;

    /** What is done in each pass. */
    public interface Work {
        /**
         * Begins a pass.
         *
         * @param end what the user goes on with once the pass is over
         * @return {@code end} if that is so already; null if it waits for messages, whose {@link Message#poller()} is this one
         */
        @Nullable
        Action begin(Action end);

        /** Ends at once what is on its way, recorded as unfinished. */
        void cutOff(long nowNanos);

        /** A pass was due at the user's due time, and did not begin before the end. */
        void missed(long nowNanos);
    }

    /** Where the message of one that was stopped leads. */
    private static final Action NOBODY = new Action("") {
        @Override
        public @Nullable Action execute(VirtualUser user) {
            return null;
        }

        @Override
        public Action next() {
            return this;
        }
    };

    private final VirtualUser user;
    private final long periodNanos;
    private final Work work;
    private final Action end;
    private final Tick tick;
    private int group;
    private long startNanos;
    private long begun;
    private long lastEndNanos;

    /** @param place where in the definition it is started, for messages */
    public Poller(VirtualUser user, String place, long periodNanos, Work work) {
        this.user = user;
        this.periodNanos = periodNanos;
        this.work = work;
        this.end = new End(place);
        this.tick = new Tick(this);
    }

    /** Begins now: what is done belongs to the group the user is in. Once. */
    public void start() {
        group = user.group();
        startNanos = user.arrivedNanos();
        user.loop().add(tick, dueNanos(1));
    }

    /** Ends it; what is on its way is cut off. Nothing is left of it but a timer that knows nobody. */
    public void stop(long nowNanos) {
        if (tick.isCancelled()) {
            return;
        }
        tick.cancel();
        inPass(() -> {
            work.cutOff(nowNanos);
            long due = nowNanos < startNanos ? 0 : (nowNanos - startNanos) / periodNanos;
            for (long pass = begun + 1; pass <= Math.min(due, begun + MOST_MISSED); pass++) {
                user.dueNanos(dueNanos(pass));
                work.missed(nowNanos);
            }
            if (due > begun + MOST_MISSED) {
                user.warn(
                        end.place() + ": more than " + MOST_MISSED
                                + " polls of one user were due and had not begun when it ended; only so many of them are counted.");
            }
        });
    }

    /** Does that as a part of it: the user is as it was afterwards. */
    public void inPass(Runnable part) {
        user.beside(group, part);
    }

    private long dueNanos(long pass) {
        long sinceStart =
                pass > (Long.MAX_VALUE - startNanos) / periodNanos ? Long.MAX_VALUE - startNanos : pass * periodNanos;
        return startNanos + sinceStart;
    }

    private @Nullable Action begin() {
        begun++;
        long due = dueNanos(begun);
        user.dueNanos(due);
        user.paceOverrunNanos(Math.max(0, lastEndNanos - due));
        return work.begin(end);
    }

    /** Wakes the user for the next pass. */
    private static final class Tick extends LoopTask implements Message {
        private volatile @Nullable Poller poller;

        Tick(Poller poller) {
            this.poller = poller;
        }

        boolean isCancelled() {
            return poller == null;
        }

        void cancel() {
            poller = null;
        }

        @Override
        void run(Carrier carrier) {
            Poller due = poller;
            if (due != null) {
                due.user.deliver(this);
            }
        }

        @Override
        public @Nullable Poller poller() {
            return poller;
        }

        @Override
        public @Nullable Action receive(VirtualUser receiver) {
            Poller due = poller;
            return due == null ? null : due.begin();
        }

        @Override
        public String place() {
            Poller due = poller;
            return due == null ? "" : due.end.place();
        }

        @Override
        public Action next() {
            Poller due = poller;
            return due == null ? NOBODY : due.end;
        }
    }

    /** The pass is over: the next may come. */
    private final class End extends Action {
        End(String place) {
            super(place);
        }

        @Override
        public @Nullable Action execute(VirtualUser receiver) {
            if (!tick.isCancelled()) {
                lastEndNanos = receiver.now();
                receiver.loop().add(tick, dueNanos(begun + 1));
            }
            return null;
        }

        @Override
        public Action next() {
            return this;
        }
    }
}
