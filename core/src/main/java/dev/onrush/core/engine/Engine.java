package dev.onrush.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionPhase;
import dev.onrush.core.Secrets;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.health.HealthProbe;
import dev.onrush.core.protocol.ProtocolClient;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.time.ManualClock;

/**
 * Runs one compiled plan, once. Nothing is started before {@link #run}; an engine that is never run needs no end.
 *
 * <p>The run always ends: also if an author's code never comes back, two seconds after the cut at the latest.
 */
public final class Engine {
    private static final long THREAD_END_MILLIS = 1_000;

    private final LoadRun run;
    private final EngineEnvironment environment;
    private boolean used;
    private boolean ran;
    private @Nullable RunPlan begun;

    public Engine(EngineOptions options) {
        run = new LoadRun(options);
        environment = new EngineEnvironment(run);
    }

    /** For the compilation of the plan that this engine is to run. */
    public ProtocolEnvironment environment() {
        return environment;
    }

    /** What is masked in all that this engine tells. */
    public Secrets secrets() {
        return run.secrets;
    }

    /**
     * Starts the plan's clients and lets time 0 come; the caller begins the log then. Once; {@link #run} does it if nobody did.
     */
    public void begin(RunPlan plan) {
        if (used) {
            throw new IllegalStateException("an engine runs once");
        }
        used = true;
        begun = plan;
        run.prepare(plan);
        run.control.prepare(plan, run.manual == null ? new HealthProbe(run.options.clock()) : null);
        plan.clients().forEach(ProtocolClient::start);
        run.clock.begin();
    }

    /** Closes what {@link #begin} started, if the plan is not to be run after all. */
    public void abandon() {
        RunPlan plan = begun;
        if (plan != null) {
            close(plan);
        }
    }

    /**
     * Runs the plan; returns when all users have ended, its threads and its clients are closed. On a manual clock it does so on the
     * calling thread.
     */
    public RunOutcome run(RunPlan plan) {
        if (ran) {
            throw new IllegalStateException("an engine runs once");
        }
        ran = true;
        try {
            if (begun != plan) {
                begin(plan);
            }
            if (run.manual != null) {
                DefinitionPhase.outside(() -> driveManually((ManualClock) run.options.clock()));
            } else {
                driveOnThreads();
            }
        } finally {
            close(plan);
        }
        return new RunOutcome(
                run.stop(),
                run.control.lastUserEnd(),
                run.progress().populations(),
                run.stepFailures.all(),
                run.stalls.all(),
                run.warnings(),
                run.lostUsers());
    }

    /** As a signal does: the first time no more users start and those present have the grace, the second time all is cut off. */
    public void stop() {
        run.control.requestStop();
    }

    /** Stops the run at once. */
    public void stopNow(RunStop why) {
        run.stopNow(why);
    }

    /** Tells who is called, on any thread and as often as it happens, when memory is out; the run is stopped then. */
    public void whenMemoryIsOut(Runnable told) {
        run.whenMemoryIsOut(told);
    }

    /** For those who find memory out elsewhere: stops the run at once, without taking any. */
    public void outOfMemory() {
        run.outOfMemory();
    }

    /** A live look, from any thread. */
    public RunProgress progress() {
        return run.progress();
    }

    /** Failures of steps so far, from any thread. */
    public List<StepFailure> stepFailures() {
        return run.stepFailures.all();
    }

    private void driveOnThreads() {
        List<Thread> threads = new ArrayList<>();
        for (EventLoop loop : run.loops) {
            run.startLoop(loop);
        }
        Thread control = new Thread(run.control::drive, "control");
        control.setDaemon(true);
        control.start();
        join(control, 0);
        for (EventLoop loop : run.loops) {
            loop.wake();
            Carrier owner = loop.owner();
            Thread thread = owner == null ? null : owner.thread;
            if (thread != null) {
                threads.add(thread);
            }
        }
        threads.forEach(thread -> join(thread, THREAD_END_MILLIS));
    }

    private void driveManually(ManualClock clock) {
        Carrier caller = Objects.requireNonNull(run.manual);
        caller.thread = Thread.currentThread();
        EventLoop loop = run.loops[0];
        while (!run.isOver()) {
            if (loop.nextDue() == Long.MAX_VALUE && run.control.hasNothingAhead()) {
                run.stopNow(new RunStop(
                        "Users wait for something that cannot come on a manual clock: no timer is set.", true));
            }
            long next = Math.min(run.control.nextDue(false), loop.nextDue());
            long now = Math.max(run.now(), next);
            clock.advanceTo(run.clock.toNanoTime(now));
            run.control.step(now, false);
            loop.driveDue(caller, now);
            run.control.step(now, false);
        }
        caller.thread = null;
    }

    /** The control thread ends by itself; an interrupt of the caller is a stop like any other. */
    private void join(Thread thread, long atMostMillis) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join(atMostMillis);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void close(RunPlan plan) {
        for (ProtocolClient client : plan.clients()) {
            try {
                client.close();
            } catch (RuntimeException e) {
                run.warn("A client did not close: " + FailureText.of(e));
            }
        }
        for (Feeder feeder : plan.feeders()) {
            try {
                feeder.close();
            } catch (RuntimeException e) {
                run.warn(feeder.name() + " did not close: " + FailureText.of(e));
            }
        }
        environment.close();
    }
}
