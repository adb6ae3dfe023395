package dev.onrush.core.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.health.HealthProbe;
import dev.onrush.core.protocol.ProtocolClient;

/**
 * Tells the log of the run as a whole: the generator's health each second, and on the time axis whatever else happened since, so
 * that the report tells it too. Belongs to the control thread.
 */
final class Chronicle {
    private static final long SECOND = 1_000_000_000;

    private final LoadRun run;
    private final Carrier carrier;
    private final Injection injection;
    private final Watchdog watchdog;
    private final HealthSample health = new HealthSample();
    private final Set<String> stallsMarked = new HashSet<>();
    private List<ProtocolClient> clients = List.of();
    private List<Feeder> feeders = List.of();
    private @Nullable HealthProbe probe;
    private int warningsMarked;
    private boolean isWarmUpMarked = true;
    private long nextSecondNanos = SECOND;

    Chronicle(LoadRun run, Carrier carrier, Injection injection, Watchdog watchdog) {
        this.run = run;
        this.carrier = carrier;
        this.injection = injection;
        this.watchdog = watchdog;
    }

    /** @param healthProbe null: time is not the machine's, and its figures say nothing */
    void prepare(RunPlan plan, @Nullable HealthProbe healthProbe) {
        clients = plan.clients();
        feeders = plan.feeders();
        probe = healthProbe;
        isWarmUpMarked = plan.warmUpNanos() == 0;
    }

    /** When there is something to tell next. */
    long nextDue() {
        return isWarmUpMarked ? nextSecondNanos : Math.min(nextSecondNanos, run.warmUpEnd());
    }

    boolean isSecondOver(long nowNanos) {
        return nowNanos >= nextSecondNanos;
    }

    /** Whether any time has passed since the last second was told. */
    boolean hasNews(long nowNanos) {
        return nowNanos > nextSecondNanos - SECOND;
    }

    void markWarmUpEnd(long nowNanos) {
        if (!isWarmUpMarked && nowNanos >= run.warmUpEnd()) {
            isWarmUpMarked = true;
            carrier.recorder().mark(MarkKind.WARM_UP_END, run.warmUpEnd(), "warm-up ends");
        }
    }

    /**
     * Tells of the second that is over, or of the last part of one.
     *
     * @param goingOnNanos how long a silence must have lasted to be told before it ends
     */
    void second(long nowNanos, long goingOnNanos, RunProgress progress) {
        long elapsed = nowNanos - (nextSecondNanos - SECOND);
        while (nextSecondNanos <= nowNanos) {
            nextSecondNanos += SECOND;
        }
        markNews(nowNanos);
        if (probe != null) {
            probe.fill(health, nowNanos);
            if (elapsed < SECOND / 2) { // shares of so short a time say nothing: the system counts in steps of 10 ms
                health.processCpuPercent = (int) HealthSample.UNKNOWN;
                health.machineCpuPercent = (int) HealthSample.UNKNOWN;
                health.stealPercent = (int) HealthSample.UNKNOWN;
            }
        }
        health.atNanos = nowNanos;
        health.longestSilenceNanos = longestSilence(nowNanos, goingOnNanos);
        health.recordsLost = run.options.recordsLost().getAsLong();
        health.hiccupNanos = watchdog.takeHiccup();
        health.logQueuedBytes = run.options.logQueuedBytes().getAsLong();
        health.activeUsers = progress.populations().stream()
                .mapToLong(PopulationProgress::active)
                .sum();
        health.inFlightRequests = progress.inFlight();
        health.openConnections = openConnections();
        carrier.recorder().health(health);
    }

    private long longestSilence(long nowNanos, long goingOnNanos) {
        long longest = 0;
        for (Carrier each : run.carriers) {
            longest = Math.max(longest, each.takeLongestSilence(nowNanos, goingOnNanos));
        }
        return longest;
    }

    private long openConnections() {
        long connections = 0;
        for (ProtocolClient client : clients) {
            connections += client.openConnections();
        }
        return connections;
    }

    /** The run is over: what is known only then. */
    void end(long nowNanos) {
        feeders.forEach(feeder -> feeder.remarks().forEach(run::warn));
        markNews(nowNanos);
    }

    /** Changes of the load, what was warned of and who held a thread since the last time. */
    private void markNews(long nowNanos) {
        Recorder recorder = carrier.recorder();
        injection.markLoadChanges(nowNanos, recorder);
        List<String> warnings = run.warnings();
        for (; warningsMarked < warnings.size(); warningsMarked++) {
            recorder.mark(MarkKind.NOTE, nowNanos, warnings.get(warningsMarked));
        }
        run.stalls.record(recorder, nowNanos);
        for (HeldPlace stall : run.stalls.all()) {
            if (stallsMarked.add(stall.place())) {
                String text = stall.place() + " held thread " + stall.thread() + " for "
                        + stall.longestNanos() / 1_000_000 + " ms (user " + stall.userId()
                        + "); the others on this thread waited.";
                recorder.mark(MarkKind.STALL, nowNanos, text);
            }
        }
    }
}
