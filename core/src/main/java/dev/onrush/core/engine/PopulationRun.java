package dev.onrush.core.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Segment;
import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.OpenProfile;

/** One population while it runs: admits its users, counts them, and replaces those of a closed profile. Safe for use by many threads. */
final class PopulationRun {
    private static final long NOT_YET = -1;

    final LoadRun run;
    final PlannedPopulation plan;
    final LongAdder waiting = new LongAdder();
    /** Users that wait for others of their kind. */
    final LongAdder waitingForOthers = new LongAdder();
    /** What of it this generator has. */
    final Segment segment;
    /** Null: its requests wait for no slot. */
    final @Nullable Throttle throttle;

    private final int number;
    private final int populations;
    private final int maxUsers;
    private final boolean counted;
    private final LongAdder started = new LongAdder();
    private final LongAdder finished = new LongAdder();
    private final LongAdder unfinished = new LongAdder();
    private final LongAdder droppedAtCap = new LongAdder();
    private final LongAdder droppedByStop = new LongAdder();
    /** Users made that have ended or will never start, and rises that were carried out. */
    private final LongAdder resolved = new LongAdder();
    /** Users and rises made. */
    private final AtomicLong made = new AtomicLong();

    private final AtomicLong ordinals = new AtomicLong();
    private final AtomicInteger present = new AtomicInteger();
    private final long openUsers;
    /** Others begin when its users have ended. */
    private final boolean leads;
    /** The end of its last user so far, if it leads. */
    private final LongAccumulator lastEndNanos = new LongAccumulator(Math::max, 0);
    /** When its profile began. */
    private volatile long beganNanos = NOT_YET;

    private volatile boolean allHandedOver;

    PopulationRun(
            LoadRun run,
            PlannedPopulation plan,
            int number,
            int populations,
            boolean leads,
            @Nullable Throttle throttle) {
        this.run = run;
        this.plan = plan;
        this.number = number;
        this.populations = populations;
        this.leads = leads;
        this.throttle = throttle;
        this.segment = plan.isWhole() ? Segment.WHOLE : run.segment;
        this.maxUsers = plan.maxUsers() == Integer.MAX_VALUE ? Integer.MAX_VALUE : segment.share(plan.maxUsers());
        this.counted = plan.maxUsers() != Integer.MAX_VALUE || plan.profile() instanceof ClosedProfile;
        this.openUsers = plan.profile() instanceof OpenProfile open
                ? segment.share(open.users(plan.scheduleSeed(run.seed())))
                : -1;
    }

    String name() {
        return plan.name();
    }

    /** Its profile's time begins. By the control thread, before anything of it is made. */
    void begin(long atNanos) {
        lastEndNanos.accumulate(atNanos);
        beganNanos = atNanos;
    }

    long began() {
        return beganNanos;
    }

    /** All that its profile asks for was made, but for what replaces a user that ends. By the control thread. */
    void allHandedOver() {
        allHandedOver = true;
    }

    /** Whether all its users have ended and none is to come. */
    boolean isThrough() {
        return allHandedOver && isIdle();
    }

    /** Whether its end lets others begin, and has come. */
    boolean mayBeFollowed() {
        return leads && isThrough();
    }

    /** When its last user ended; if it had none, when it began. For one that leads. */
    long lastEnd() {
        return lastEndNanos.get();
    }

    /**
     * Makes the user that starts at that instant and hands it to that loop.
     *
     * @param ordinal its place in the arrivals of the whole run, from 0; of a population that each generator has whole, in those of this one
     */
    void make(long ordinal, long intendedStartNanos, EventLoop loop) {
        made.incrementAndGet();
        long inRun = plan.isWhole() ? run.segment.ordinal(ordinal) : ordinal;
        long userId = inRun * populations + number + 1;
        loop.add(new VirtualUser(this, loop, userId, intendedStartNanos), intendedStartNanos);
    }

    /** Closed profile: at that instant the target may rise past the number present. */
    void makeRise(long atNanos, EventLoop loop) {
        made.incrementAndGet();
        loop.add(
                new LoopTask() {
                    @Override
                    void run(Carrier carrier) {
                        rise(atNanos());
                    }
                },
                atNanos);
    }

    /** A user's start has come. Returns whether it may run. */
    boolean start(VirtualUser user, Carrier carrier, long intendedNanos) {
        if (run.isStopping()) {
            notStarted(carrier, intendedNanos);
            return false;
        }
        if (openUsers >= 0 && counted && present.incrementAndGet() > maxUsers) {
            present.decrementAndGet();
            droppedAtCap.increment();
            carrier.recorder().usersDropped(plan.scenario(), run.now(), 1, DropReason.USER_CAP);
            resolved.increment();
            run.userEnded(this);
            return false;
        }
        user.loop().live.add(user);
        started.increment();
        carrier.recorder().userStart(user.userId(), plan.scenario(), intendedNanos, run.now());
        user.firstAction(plan.first());
        if (run.isCut() && user.loop().live.remove(user)) {
            ended(user, carrier, run.now(), UserEnd.STOPPED);
            return false;
        }
        return true;
    }

    /** A user that was present has ended. Called once for each. */
    void ended(VirtualUser user, Carrier carrier, long atNanos, UserEnd reason) {
        carrier.recorder().userEnd(user.userId(), plan.scenario(), atNanos, reason);
        carrier.lastUserEndNanos = Math.max(carrier.lastUserEndNanos, atNanos);
        (reason == UserEnd.STOPPED || reason == UserEnd.BLOCKED ? unfinished : finished).increment();
        if (leads) {
            lastEndNanos.accumulate(atNanos);
        }
        if (plan.profile() instanceof ClosedProfile closed) {
            replace(closed, user.loop(), atNanos);
        } else if (counted) {
            present.decrementAndGet();
        }
        resolved.increment();
        run.userEnded(this);
    }

    /** Whether nothing that was made is still to come or to end. */
    boolean isIdle() {
        long done = resolved.sum();
        return done == made.get();
    }

    /** Whether all users that are left wait for others, and none is to come but in the place of one that ends. */
    boolean waitsForNobody() {
        long done = resolved.sum(); // first this: what is made meanwhile counts as left
        return allHandedOver && made.get() - done <= waitingForOthers.sum();
    }

    long active() {
        return started.sum() - finished.sum() - unfinished.sum();
    }

    PopulationProgress progress() {
        long ended = finished.sum();
        long cutOff = unfinished.sum();
        long starts = started.sum();
        long capped = droppedAtCap.sum();
        long stopped = droppedByStop.sum();
        long scheduled = openUsers >= 0 ? openUsers : starts + capped + stopped;
        return new PopulationProgress(
                name(),
                scheduled,
                starts,
                Math.max(0, starts - ended - cutOff),
                Math.max(0, waiting.sum()),
                ended,
                cutOff,
                capped,
                stopped,
                Math.max(0, scheduled - starts - capped - stopped),
                beganNanos);
    }

    /** Users that were due before the stop were not even made. */
    void neverMade(long users, long stopNanos, Carrier carrier) {
        droppedByStop.add(users);
        carrier.recorder().usersDropped(plan.scenario(), stopNanos, users, DropReason.STOPPED);
    }

    private void notStarted(Carrier carrier, long intendedNanos) {
        if (intendedNanos < run.stoppedAt()) {
            droppedByStop.increment();
            carrier.recorder().usersDropped(plan.scenario(), run.stoppedAt(), 1, DropReason.STOPPED);
        }
        if (plan.profile() instanceof ClosedProfile) {
            present.decrementAndGet();
        }
        resolved.increment();
        run.userEnded(this);
    }

    private void rise(long atNanos) {
        ClosedProfile closed = (ClosedProfile) plan.profile();
        long now = run.now();
        int target = segment.share(closed.target(atNanos - beganNanos));
        if (now - beganNanos < closed.durationNanos()) {
            target = Math.min(target, segment.share(closed.target(now - beganNanos)));
        }
        while (!run.isStopping() && enterBelow(target)) {
            make(segment.ordinal(ordinals.getAndIncrement()), atNanos, run.nextLoop());
        }
        resolved.increment();
        run.userEnded(this);
    }

    /** The place of a user that ended goes to its successor, if the target still wants one. */
    private void replace(ClosedProfile closed, EventLoop loop, long atNanos) {
        if (!run.isStopping() && atNanos - beganNanos < closed.durationNanos()) {
            int target = segment.share(closed.target(atNanos - beganNanos));
            int now = present.get();
            while (now > target) {
                if (present.compareAndSet(now, now - 1)) {
                    return;
                }
                now = present.get();
            }
            make(segment.ordinal(ordinals.getAndIncrement()), atNanos, loop);
            return;
        }
        present.decrementAndGet();
    }

    private boolean enterBelow(int target) {
        int now = present.get();
        while (now < target) {
            if (present.compareAndSet(now, now + 1)) {
                return true;
            }
            now = present.get();
        }
        return false;
    }
}
