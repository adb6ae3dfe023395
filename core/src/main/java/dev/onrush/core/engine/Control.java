package dev.onrush.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.health.HealthProbe;
import dev.onrush.core.protocol.ProtocolClient;
import dev.onrush.core.setting.Setting;

/**
 * Keeps the run going and ends it: hands users to the loops, watches deadlines, limits, threads and health. Never runs an
 * author's code, so nothing that an author writes can keep a run from ending.
 */
final class Control {
    /** Users are handed to their loops so long before they are due. */
    static final long LOOK_AHEAD_NANOS = 100_000_000;

    private static final long SECOND = 1_000_000_000;
    /** How often it looks at the threads. */
    private static final long WATCH_NANOS = 20_000_000;
    /** How long users that were cut off may take to end. */
    private static final long LAST_WAIT_NANOS = 2 * SECOND;
    /** Users handed over in one go, before it looks after everything else again. */
    private static final int BATCH = 20_000;

    private static final Message CUT_OFF = new Notice() {
        @Override
        public @Nullable Action receive(VirtualUser user) {
            return user.cutOff(UserEnd.STOPPED);
        }
    };

    private final LoadRun run;
    private final DeadlineWheel deadlines;
    private final Watchdog watchdog;
    private final LostUsers lostUsers;
    private final Carrier carrier;
    private final HealthSample health = new HealthSample();
    /** Of the populations that have begun. An array: to walk through it leaves no garbage. */
    private Injector[] injectors = {};
    /** Populations that begin when the users of others have ended. */
    private final List<Injector> followers = new ArrayList<>();

    private PopulationRun[] populations = {};
    private List<ProtocolClient> clients = List.of();
    private List<Feeder> feeders = List.of();
    private @Nullable HealthProbe probe;
    private @Nullable FailureWatch failureWatch;
    private long maxDurationNanos = Long.MAX_VALUE;
    private String killFile = "";
    private long graceNanos;
    private long graceUntilNanos = Long.MAX_VALUE;
    private long cutAtNanos = Long.MAX_VALUE;
    private long nextSecondNanos = SECOND;
    private long nextWatchNanos = WATCH_NANOS;
    private boolean warmUpMarked = true;
    private int warningsMarked;
    private final List<LoadChanges> loadChanges = new ArrayList<>();
    private final Set<String> stallsMarked = new HashSet<>();
    private volatile boolean allHandedOver;
    private volatile int stopRequests;
    private volatile boolean cutRequested;
    private volatile long parkedUntil = Long.MIN_VALUE;
    private volatile @Nullable Thread thread;

    Control(LoadRun run, long tickNanos) {
        this.run = run;
        this.deadlines = new DeadlineWheel(this, tickNanos);
        this.watchdog = new Watchdog(run);
        this.lostUsers = new LostUsers(run);
        this.carrier = new Carrier(run, "control", null);
    }

    DeadlineWheel deadlines() {
        return deadlines;
    }

    void prepare(RunPlan plan, @Nullable HealthProbe healthProbe) {
        populations = run.populations().toArray(PopulationRun[]::new);
        for (PopulationRun population : populations) {
            Injector injector = Injector.of(population);
            if (population.plan.after().isEmpty()) {
                begun(injector);
                injector.begin(0);
            } else {
                followers.add(injector);
            }
        }
        clients = plan.clients();
        feeders = plan.feeders();
        probe = healthProbe;
        maxDurationNanos = plan.maxDurationNanos();
        warmUpMarked = plan.warmUpNanos() == 0;
        killFile = run.options.settings().text(Setting.KILL_FILE);
        graceNanos = run.options.settings().duration(Setting.GRACE).toNanos();
        RunPlan.FailureLimit limit = plan.failureLimit();
        failureWatch = limit == null ? null : new FailureWatch(limit);
    }

    /** The first time: no more users, those present have the grace. The second time: cut off. From any thread. */
    synchronized void requestStop() {
        stopRequests++;
        wake();
    }

    /** From any thread. */
    void requestCut() {
        cutRequested = true;
        wake();
    }

    /** Whether the end of a user may be the end of the run: nobody is to start, of the populations that have begun. */
    boolean mayEnd() {
        return allHandedOver || run.isStopping();
    }

    void wake() {
        Thread mine = thread;
        if (mine != null) {
            LockSupport.unpark(mine);
        }
    }

    long now() {
        return run.now();
    }

    void wakeBefore(long atNanos) {
        if (atNanos < parkedUntil) {
            wake();
        }
    }

    /** The life of the control thread. */
    void drive() {
        thread = Thread.currentThread();
        while (!run.isOver()) {
            try {
                step(run.now(), true);
            } catch (RuntimeException | Error broken) { // whatever happens here, the run must end
                run.internalError("control", broken);
            }
            long until = Math.min(nextDue(true), nextWatchNanos);
            parkedUntil = until;
            long nanos = until - run.now();
            if (nanos > 0 && !run.isOver() && !deadlines.hasMail()) {
                LockSupport.parkNanos(this, nanos);
            }
            parkedUntil = Long.MIN_VALUE;
        }
    }

    /** Does all that is due. */
    void step(long now, boolean watching) {
        stopIfAsked(now);
        inject(now);
        deadlines.advance(now);
        if (!warmUpMarked && now >= run.warmUpEnd()) {
            warmUpMarked = true;
            carrier.recorder().mark(MarkKind.WARM_UP_END, run.warmUpEnd(), "warm-up ends");
        }
        if (watching && now >= nextWatchNanos) {
            watchdog.look(now, now - nextWatchNanos, carrier.recorder());
            lostUsers.look(now);
            nextWatchNanos = now + WATCH_NANOS;
        }
        if (now >= nextSecondNanos) {
            second(now, SECOND);
        }
        endIfDone(now);
    }

    /** When there is something to do next. On the machine's clock that is also every few milliseconds for the watchdog. */
    long nextDue(boolean grained) {
        if (isAsked()) {
            return 0;
        }
        long next = Math.min(nextSecondNanos, grained ? deadlines.nextWake() : deadlines.nextDue());
        if (!run.isStopping()) {
            next = Math.min(next, maxDurationNanos);
            for (Injector injector : injectors) {
                long start = injector.next();
                if (start != Injector.DONE) {
                    next = Math.min(next, Math.max(0, start - LOOK_AHEAD_NANOS));
                }
            }
        } else if (run.phase() == LoadRun.Phase.STOPPING) {
            next = Math.min(next, Math.min(maxDurationNanos, graceUntilNanos));
        } else {
            next = Math.min(next, cutAtNanos + LAST_WAIT_NANOS);
        }
        return warmUpMarked ? next : Math.min(next, run.warmUpEnd());
    }

    /** Whether nothing of its own will ever wake a user or end the run. */
    boolean hasNothingAhead() {
        return allHandedOver
                && !run.isStopping()
                && !isAsked()
                && maxDurationNanos == Long.MAX_VALUE
                && deadlines.nextDue() == Long.MAX_VALUE;
    }

    private boolean isAsked() {
        if (run.isCut()) {
            return false;
        }
        return cutRequested || stopRequests > (run.isStopping() ? 1 : 0);
    }

    private void stopIfAsked(long now) {
        if (run.isCut()) {
            return;
        }
        if (now >= maxDurationNanos) {
            run.reason(new RunStop(
                    "The longest duration allowed is over: " + java.time.Duration.ofNanos(maxDurationNanos) + ".",
                    false));
            cutOff(now);
        } else if (cutRequested || stopRequests > 1 || now >= graceUntilNanos) {
            run.reason(new RunStop("Interrupted.", true));
            cutOff(now);
        } else if (stopRequests == 1 && !run.isStopping()) {
            run.reason(new RunStop("Interrupted.", true));
            graceUntilNanos = now + graceNanos;
            dropOverdue(now);
            run.phase(LoadRun.Phase.STOPPING, now);
            carrier.recorder().mark(MarkKind.STOP, now, "stop asked for; users present may go on for the grace");
        }
    }

    private void cutOff(long now) {
        cutAtNanos = now;
        dropOverdue(now);
        run.phase(LoadRun.Phase.CUT, now);
        RunStop stop = run.stop();
        carrier.recorder().mark(MarkKind.STOP, now, stop == null ? "stopped" : stop.reason());
        for (EventLoop loop : run.loops) {
            loop.live.all().forEach(user -> user.deliver(CUT_OFF));
        }
    }

    /** Users that were due before the stop and that this thread has not even handed over yet are dropped, and counted. */
    private void dropOverdue(long now) {
        if (!run.isStopping()) {
            for (Injector injector : injectors) {
                injector.drop(now, carrier);
            }
        }
    }

    private void begun(Injector injector) {
        injectors = Arrays.copyOf(injectors, injectors.length + 1);
        injectors[injectors.length - 1] = injector;
        loadChanges.add(new LoadChanges(injector.population));
    }

    /** A population begins at the very moment at which the last user ended of those it comes after. */
    private void beginFollowers() {
        for (int i = 0; i < followers.size(); i++) {
            Injector follower = followers.get(i);
            long endNanos = 0;
            boolean isNext = true;
            for (PopulationRun leader : populations) {
                if (follower.population.plan.after().contains(leader.name())) {
                    isNext &= leader.isThrough();
                    endNanos = Math.max(endNanos, leader.lastEnd());
                }
            }
            if (isNext) {
                followers.remove(i);
                begun(follower);
                allHandedOver = false;
                follower.begin(endNanos);
                i = -1; // one without users lets its own followers begin
            }
        }
    }

    /** Hands over what is due within the look-ahead, earliest first so that it does not matter when this runs. */
    private void inject(long now) {
        if (run.isStopping()) {
            return;
        }
        beginFollowers();
        for (int handed = 0; handed < BATCH; handed++) {
            Injector first = null;
            for (Injector injector : injectors) {
                if (first == null || injector.next() < first.next()) {
                    first = injector;
                }
            }
            if (first == null || first.next() == Injector.DONE) {
                allHandedOver = true;
                return;
            }
            if (first.next() > now + LOOK_AHEAD_NANOS) {
                return;
            }
            first.handOver(run.nextLoop());
        }
    }

    /** @param goingOnNanos how long a silence must have lasted to be told before it ends */
    private void second(long now, long goingOnNanos) {
        if (!run.isStopping() && KillFile.exists(killFile)) {
            String why = "The kill file " + killFile + " appeared.";
            run.reason(new RunStop(why, true));
            run.warn(why);
            requestStop();
        }
        long elapsed = now - (nextSecondNanos - SECOND);
        while (nextSecondNanos <= now) {
            nextSecondNanos += SECOND;
        }
        markNews(now);
        long longest = 0;
        long lostSoFar = run.options.recordsLost().getAsLong();
        for (Carrier each : run.carriers) {
            longest = Math.max(longest, each.takeLongestSilence(now, goingOnNanos));
        }
        RunProgress progress = run.progress();
        if (probe != null) {
            probe.fill(health, now);
            if (elapsed < SECOND / 2) { // shares of so short a time say nothing: the system counts in steps of 10 ms
                health.processCpuPercent = (int) HealthSample.UNKNOWN;
                health.machineCpuPercent = (int) HealthSample.UNKNOWN;
                health.stealPercent = (int) HealthSample.UNKNOWN;
            }
        }
        health.atNanos = now;
        health.longestSilenceNanos = longest;
        health.hiccupNanos = watchdog.takeHiccup();
        health.recordsLost = lostSoFar;
        health.logQueuedBytes = run.options.logQueuedBytes().getAsLong();
        health.activeUsers = progress.populations().stream()
                .mapToLong(PopulationProgress::active)
                .sum();
        health.inFlightRequests = progress.inFlight();
        long connections = 0;
        for (ProtocolClient client : clients) {
            connections += client.openConnections();
        }
        health.openConnections = connections;
        carrier.recorder().health(health);
        FailureWatch watch = failureWatch;
        if (watch != null && watch.isAbove(progress.ok(), progress.ko())) {
            run.stopNow(new RunStop(watch.text(), true));
        }
    }

    private void endIfDone(long now) {
        boolean idle = (allHandedOver && followers.isEmpty() || run.isStopping()) && !isAsked();
        for (int i = 0; idle && i < populations.length; i++) {
            idle = populations[i].isIdle();
        }
        if (idle) { // a closed profile asks again only when a user ends, and none is left
            over(now);
        } else if (run.isCut() && now - cutAtNanos >= LAST_WAIT_NANOS) {
            giveUp(now);
            over(now);
        }
    }

    /** What happened since the last full second is told as well: many a stall comes at the end. */
    private void over(long now) {
        if (now > nextSecondNanos - SECOND) {
            second(now, 0);
        }
        feeders.forEach(feeder -> feeder.remarks().forEach(run::warn));
        markNews(now);
        run.phase(LoadRun.Phase.OVER, now);
    }

    /** Changes of the load, what was warned of and who held a thread since the last time: onto the time axis, so that the report tells it too. */
    private void markNews(long now) {
        loadChanges.forEach(changes -> changes.mark(now, carrier.recorder()));
        List<String> warnings = run.warnings();
        for (; warningsMarked < warnings.size(); warningsMarked++) {
            carrier.recorder().mark(MarkKind.NOTE, now, warnings.get(warningsMarked));
        }
        run.stalls.record(carrier.recorder(), now);
        for (HeldPlace stall : run.stalls.all()) {
            if (stallsMarked.add(stall.place())) {
                carrier.recorder()
                        .mark(
                                MarkKind.STALL,
                                now,
                                stall.place() + " held thread " + stall.thread() + " for "
                                        + stall.longestNanos() / 1_000_000 + " ms (user " + stall.userId()
                                        + "); the others on this thread waited.");
            }
        }
    }

    /** Users that did not come back from an author's code in time. */
    private void giveUp(long now) {
        List<VirtualUser> stuck = new ArrayList<>();
        for (EventLoop loop : run.loops) {
            for (VirtualUser user : loop.live.all()) {
                if (loop.live.remove(user)) {
                    stuck.add(user);
                }
            }
        }
        stuck.forEach(user -> user.population().ended(user, carrier, now, UserEnd.BLOCKED));
        if (!stuck.isEmpty()) {
            run.warn(stuck.size() + " users did not come back from an author's code within " + LAST_WAIT_NANOS / SECOND
                    + " s of the stop; they are counted as unfinished.");
        }
    }

    long lastUserEnd() {
        long last = carrier.lastUserEndNanos;
        for (Carrier each : run.carriers) {
            last = Math.max(last, each.lastUserEndNanos);
        }
        return last;
    }
}
