package dev.onrush.core.engine;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.core.Secrets;
import dev.onrush.core.Segment;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.injection.Slots;
import dev.onrush.core.injection.ThrottleProfile;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

/** What all threads of one run share: its time, its loops, its phase. Safe for use by many threads. */
final class LoadRun {
    private static final Logger LOG = LoggerFactory.getLogger(LoadRun.class);

    /** Only ever goes forward. */
    enum Phase {
        RUNNING,
        /** No user starts any more; those present may go on for the grace. */
        STOPPING,
        /** Every user ends where it is. */
        CUT,
        OVER
    }

    /** Made before it is needed: there is no memory then. */
    private static final RunStop OUT_OF_MEMORY = new RunStop(
            "The generator ran out of memory. Give it a larger heap (-Xmx), or keep less in sessions.", true);

    final EngineOptions options;
    final Segment segment;
    final RunClock clock;
    final Secrets secrets;
    final StepFailures stepFailures;
    final Stalls stalls;
    final List<Carrier> carriers = new CopyOnWriteArrayList<>();
    final EventLoop[] loops;
    final Control control;
    /** The caller's thread on a manual clock. */
    final @Nullable Carrier manual;

    private final Set<String> warnings = ConcurrentHashMap.newKeySet();
    private final List<String> warningsInOrder = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable RunStop> stop = new AtomicReference<>();
    private final LongAdder lostUsers = new LongAdder();
    private final AtomicInteger loopTurn = new AtomicInteger();
    private volatile Phase phase = Phase.RUNNING;
    private volatile boolean memoryIsOut;
    private volatile Runnable whenMemoryIsOut = () -> {};
    private volatile long stoppedAtNanos = Long.MAX_VALUE;
    private volatile List<PopulationRun> populations = List.of();
    private long seed;
    private long warmUpEndNanos;

    LoadRun(EngineOptions options) {
        this.options = options;
        this.segment = options.settings().segment();
        this.secrets = options.secrets();
        this.stepFailures = new StepFailures(secrets);
        this.stalls = new Stalls(secrets);
        this.clock = new RunClock(options.clock());
        long tickNanos = options.settings().duration(Setting.TIMER_TICK).toNanos();
        boolean isManual = options.clock() instanceof ManualClock;
        this.loops = new EventLoop[isManual ? 1 : EngineThreads.loops(options.settings())];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = new EventLoop(this, i, tickNanos);
        }
        this.control = new Control(this, tickNanos);
        if (isManual) {
            Carrier caller = new Carrier(this, "manual", loops[0]);
            carriers.add(caller);
            loops[0].owner(caller);
            this.manual = caller;
        } else {
            this.manual = null;
        }
    }

    /** Called once, before any thread of the run starts. */
    void prepare(RunPlan plan) {
        seed = plan.seed();
        warmUpEndNanos = plan.warmUpNanos();
        List<PlannedPopulation> planned = plan.populations();
        PopulationRun[] runs = new PopulationRun[planned.size()];
        Set<String> leaders = planned.stream()
                .flatMap(population -> population.after().stream())
                .collect(Collectors.toSet());
        Throttle.Shared shared = new Throttle.Shared(
                slots(plan.throttle(), segment), options.settings().longNumber(Setting.THROTTLE_QUEUE));
        for (int i = 0; i < runs.length; i++) {
            PlannedPopulation population = planned.get(i);
            runs[i] = new PopulationRun(
                    this,
                    population,
                    i,
                    runs.length,
                    leaders.contains(population.name()),
                    throttle(population, shared));
        }
        populations = List.of(runs);
        options.names().whenFolded(this::warn);
        clock.begin();
    }

    private static @Nullable Slots slots(@Nullable ThrottleProfile profile, Segment segment) {
        return profile == null ? null : profile.slots(segment);
    }

    private @Nullable Throttle throttle(PlannedPopulation population, Throttle.Shared shared) {
        Slots own = slots(population.throttle(), population.isWhole() ? Segment.WHOLE : segment);
        return own == null && !shared.isLimited() ? null : new Throttle(own, shared);
    }

    long now() {
        return clock.now();
    }

    long seed() {
        return seed;
    }

    long warmUpEnd() {
        return warmUpEndNanos;
    }

    Names names() {
        return options.names();
    }

    List<PopulationRun> populations() {
        return populations;
    }

    /** What carries the calling thread; null if it is none of ours. */
    @Nullable
    Carrier carrier() {
        Thread here = Thread.currentThread();
        if (here instanceof EngineThread thread) {
            return thread.carrier.run == this ? thread.carrier : null;
        }
        Carrier caller = manual;
        return caller != null && caller.thread == here ? caller : null;
    }

    EngineThread thread(Runnable task, String name, @Nullable EventLoop loop) {
        Carrier carrier = new Carrier(this, name, loop);
        carriers.add(carrier);
        return new EngineThread(task, name, carrier);
    }

    /** Gives the loop to a fresh thread. */
    void startLoop(EventLoop loop) {
        Carrier[] own = new Carrier[1];
        EngineThread thread = thread(() -> loop.drive(own[0]), "loop-" + loop.index, loop);
        own[0] = thread.carrier;
        loop.owner(thread.carrier);
        thread.start();
    }

    EventLoop nextLoop() {
        return loops[Math.floorMod(loopTurn.getAndIncrement(), loops.length)];
    }

    boolean isStopping() {
        return phase != Phase.RUNNING;
    }

    boolean isCut() {
        return phase.compareTo(Phase.CUT) >= 0;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    /** Whether no user may do anything more. */
    boolean isHalted() {
        return memoryIsOut || isCut();
    }

    Phase phase() {
        return phase;
    }

    /** By the control thread only. */
    void phase(Phase next, long nowNanos) {
        if (phase == Phase.RUNNING) {
            stoppedAtNanos = nowNanos;
        }
        phase = next;
    }

    /** From when on no user was started. */
    long stoppedAt() {
        return stoppedAtNanos;
    }

    /** Stops the run at once. The first reason counts. */
    void stopNow(RunStop why) {
        reason(why);
        control.requestCut();
    }

    /** Remembers why the run stops, without stopping it. */
    void reason(RunStop why) {
        stop.compareAndSet(null, new RunStop(secrets.mask(why.reason()), why.crash()));
    }

    @Nullable
    RunStop stop() {
        return stop.get();
    }

    /** A user of that population has ended, or will never start. */
    void userEnded(PopulationRun population) {
        if (control.mayEnd() || population.mayBeFollowed()) {
            control.wake();
        }
    }

    void warn(String said) {
        String text = secrets.mask(said);
        if (warnings.add(text)) {
            warningsInOrder.add(text);
            LOG.warn("{}", text);
        }
    }

    List<String> warnings() {
        return warningsInOrder;
    }

    void whenMemoryIsOut(Runnable told) {
        whenMemoryIsOut = told;
    }

    /** Stops the run at once, from any thread and without taking memory. */
    void outOfMemory() {
        memoryIsOut = true; // before any is given free: no user is to take that, too
        stop.compareAndSet(null, OUT_OF_MEMORY);
        whenMemoryIsOut.run();
        control.requestCut();
    }

    void internalError(String where, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            outOfMemory();
            return;
        }
        if (LOG.isErrorEnabled()) {
            LOG.error("Internal error in {}: {}", where, secrets.mask(FailureText.stack(cause)));
        }
        stopNow(new RunStop("Internal error in " + where + ": " + FailureText.of(cause), true));
    }

    /** A user was found that nothing would have woken any more. */
    void lostUser(VirtualUser user) {
        lostUsers.increment();
        warn("Internal error: user " + user.userId() + " of scenario \""
                + user.population().name()
                + "\" waited for nothing, no timer, no request and no message, for "
                + LostUsers.LOST_NANOS / 1_000_000_000 + " s. It was ended; please report this.");
    }

    long lostUsers() {
        return lostUsers.sum();
    }

    RunProgress progress() {
        long ok = 0;
        long ko = 0;
        long open = 0;
        for (Carrier carrier : carriers) {
            ok += carrier.requestsOk;
            ko += carrier.requestsKo;
            open += carrier.requestsBegun - carrier.requestsOther;
        }
        return new RunProgress(
                now(),
                isStopping(),
                ok,
                ko,
                Math.max(0, open - ok - ko),
                populations.stream().map(PopulationRun::progress).toList());
    }
}
