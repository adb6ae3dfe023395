package dev.onrush.core.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.health.HealthProbe;
import dev.onrush.core.injection.Words;
import dev.onrush.core.setting.Setting;

/**
 * Keeps the run going and ends it: hands users to the loops, watches deadlines, limits, threads and health. Never runs an
 * author's code, so nothing that an author writes can keep a run from ending.
 */
final class Control {
    private static final long SECOND = 1_000_000_000;
    /** How often it looks at the threads. */
    private static final long WATCH_NANOS = 20_000_000;
    /** How long users that were cut off may take to end. */
    private static final long LAST_WAIT_NANOS = 2 * SECOND;

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
    private final Injection injection;
    private final Chronicle chronicle;
    /** An array: to walk through it leaves no garbage. */
    private PopulationRun[] populations = {};

    private @Nullable FailureWatch failureWatch;
    private long maxDurationNanos = Long.MAX_VALUE;
    private String killFile = "";
    private long graceNanos;
    private long graceUntilNanos = Long.MAX_VALUE;
    private long cutAtNanos = Long.MAX_VALUE;
    private long nextWatchNanos = WATCH_NANOS;
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
        this.injection = new Injection(run);
        this.chronicle = new Chronicle(run, carrier, injection, watchdog);
    }

    DeadlineWheel deadlines() {
        return deadlines;
    }

    void prepare(RunPlan plan, @Nullable HealthProbe healthProbe) {
        populations = run.populations().toArray(PopulationRun[]::new);
        injection.prepare(populations);
        chronicle.prepare(plan, healthProbe);
        maxDurationNanos = plan.maxDurationNanos();
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
        return injection.isHandedOver() || run.isStopping();
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
        injection.step(now);
        deadlines.advance(now);
        chronicle.markWarmUpEnd(now);
        if (watching && now >= nextWatchNanos) {
            watchdog.look(now, now - nextWatchNanos, carrier.recorder());
            lostUsers.look(now);
            nextWatchNanos = now + WATCH_NANOS;
        }
        if (chronicle.isSecondOver(now)) {
            second(now, SECOND);
        }
        endIfDone(now);
    }

    /** When there is something to do next. On the machine's clock that is also every few milliseconds for the watchdog. */
    long nextDue(boolean grained) {
        if (isAsked()) {
            return 0;
        }
        long next = Math.min(chronicle.nextDue(), grained ? deadlines.nextWake() : deadlines.nextDue());
        if (!run.isStopping()) {
            return Math.min(next, Math.min(maxDurationNanos, injection.nextDue()));
        }
        if (run.phase() == LoadRun.Phase.STOPPING) {
            return Math.min(next, Math.min(maxDurationNanos, graceUntilNanos));
        }
        return Math.min(next, cutAtNanos + LAST_WAIT_NANOS);
    }

    /** Whether nothing of its own will ever wake a user or end the run. */
    boolean hasNothingAhead() {
        return injection.isHandedOver()
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
                    "The longest duration allowed is over: " + Words.of(Duration.ofNanos(maxDurationNanos)) + ".",
                    false));
            cutOff(now);
        } else if (cutRequested || stopRequests > 1 || now >= graceUntilNanos) {
            run.reason(new RunStop("Interrupted.", true));
            cutOff(now);
        } else if (stopRequests == 1 && !run.isStopping()) {
            run.reason(new RunStop("Interrupted.", true));
            graceUntilNanos = now + graceNanos;
            stop(LoadRun.Phase.STOPPING, now);
            carrier.recorder().mark(MarkKind.STOP, now, "stop asked for; users present may go on for the grace");
        }
    }

    private void cutOff(long now) {
        cutAtNanos = now;
        stop(LoadRun.Phase.CUT, now);
        RunStop stop = run.stop();
        carrier.recorder().mark(MarkKind.STOP, now, stop == null ? "stopped" : stop.reason());
        for (EventLoop loop : run.loops) {
            loop.live.all().forEach(user -> user.deliver(CUT_OFF));
        }
    }

    /** First nobody starts any more, then those who were due are counted, which may take a while. */
    private void stop(LoadRun.Phase next, long now) {
        boolean first = !run.isStopping();
        run.phase(next, now);
        if (first) {
            injection.dropOverdue(now, carrier);
        }
    }

    private void endIfDone(long now) {
        boolean idle = (injection.isThrough() || run.isStopping()) && !isAsked();
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

    private void second(long now, long goingOnNanos) {
        if (!run.isStopping() && KillFile.exists(killFile)) {
            String why = "The kill file " + killFile + " appeared.";
            run.reason(new RunStop(why, true));
            run.warn(why);
            requestStop();
        }
        RunProgress progress = run.progress();
        chronicle.second(now, goingOnNanos, progress);
        FailureWatch watch = failureWatch;
        if (watch != null && watch.isAbove(progress.ok(), progress.ko())) {
            run.stopNow(new RunStop(watch.text(), true));
        }
    }

    private void over(long now) {
        if (chronicle.hasNews(now)) { // many a stall comes at the end
            second(now, 0);
        }
        chronicle.end(now);
        run.phase(LoadRun.Phase.OVER, now);
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
