package dev.onrush.core.measure;

import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.eventlog.ReadSummary;

/** Adds up what is known of the generator itself. */
final class GeneratorFold {
    private static final int STEAL_PERCENT = 5;
    private static final long JUMP_MILLIS = 100;
    /** Seconds listed one by one; more say nothing more. */
    private static final int SECONDS = 1000;

    final TimesFold steadyStartDelay;
    final CircumstancesFold circumstances = new CircumstancesFold();
    final ThrottleFold throttle = new ThrottleFold();
    long localFailures;
    /** Sent, and by the author's will in no statistic. */
    long silentRequests;

    private int cpuMaxPercent = -1;
    private int stealMaxPercent = -1;
    private long gcPauseMillis = -1;
    private long stalls;
    private long stallMicros;
    private long clockJumps;
    private final TreeSet<Long> stealSeconds = new TreeSet<>();
    private final TreeSet<Long> stallSeconds = new TreeSet<>();
    private final TreeSet<Long> jumpSeconds = new TreeSet<>();
    private long lostByHealth;
    private long lostByTotals;
    private long recordsMissing;
    private long damagedBlocks;
    private long skippedBytes;
    private boolean truncated;
    private boolean endSeen;
    private boolean endMissing;
    private long namesFolded;

    GeneratorFold(HistogramBudget budget) {
        steadyStartDelay = new TimesFold(budget);
    }

    void health(HealthSample sample) {
        circumstances.health(sample);
        long second = Math.max(0, sample.atNanos - 1) / 1_000_000_000;
        cpuMaxPercent = Math.max(cpuMaxPercent, sample.processCpuPercent);
        stealMaxPercent = Math.max(stealMaxPercent, sample.stealPercent);
        if (sample.gcPauseMillis >= 0) {
            gcPauseMillis = Math.max(0, gcPauseMillis) + sample.gcPauseMillis;
        }
        if (sample.stealPercent > STEAL_PERCENT) {
            note(stealSeconds, second);
        }
        long stall = HealthFold.stallMicros(sample);
        if (stall > 0) {
            stalls++;
            stallMicros += stall;
            note(stallSeconds, second);
        }
        if (Math.abs(sample.wallClockJumpMillis) >= JUMP_MILLIS) {
            clockJumps++;
            note(jumpSeconds, second);
        }
        lostByHealth = Math.max(lostByHealth, sample.recordsLost);
    }

    private static void note(TreeSet<Long> seconds, long second) {
        seconds.add(second);
        if (seconds.size() > SECONDS) {
            seconds.pollLast();
        }
    }

    void runEnd(@Nullable LogTotals totals, long folded) {
        endSeen = true;
        namesFolded += folded;
        if (totals != null) {
            lostByTotals += totals.recordsLost();
        }
    }

    void reading(ReadSummary summary) {
        recordsMissing += summary.recordsMissing();
        damagedBlocks += summary.damagedBlocks();
        skippedBytes += summary.skippedBytes();
        truncated |= summary.truncated();
        endMissing |= !summary.complete();
    }

    void add(GeneratorFold other) {
        steadyStartDelay.add(other.steadyStartDelay);
        circumstances.add(other.circumstances);
        throttle.add(other.throttle);
        localFailures += other.localFailures;
        cpuMaxPercent = Math.max(cpuMaxPercent, other.cpuMaxPercent);
        stealMaxPercent = Math.max(stealMaxPercent, other.stealMaxPercent);
        if (other.gcPauseMillis >= 0) {
            gcPauseMillis = Math.max(0, gcPauseMillis) + other.gcPauseMillis;
        }
        stalls += other.stalls;
        stallMicros += other.stallMicros;
        clockJumps += other.clockJumps;
        other.stealSeconds.forEach(second -> note(stealSeconds, second));
        other.stallSeconds.forEach(second -> note(stallSeconds, second));
        other.jumpSeconds.forEach(second -> note(jumpSeconds, second));
        lostByHealth = Math.max(lostByHealth, other.lostByHealth);
        lostByTotals += other.lostByTotals;
        recordsMissing += other.recordsMissing;
        damagedBlocks += other.damagedBlocks;
        skippedBytes += other.skippedBytes;
        truncated |= other.truncated;
        endSeen |= other.endSeen;
        endMissing |= other.endMissing;
        namesFolded += other.namesFolded;
        silentRequests += other.silentRequests;
    }

    GeneratorStatistics statistics(
            Times startDelay,
            long staleRetries,
            long stepFailures,
            double touchedByStalls,
            long clamped,
            boolean tlsVerification) {
        return new GeneratorStatistics(
                startDelay,
                steadyStartDelay.times(),
                cpuMaxPercent,
                stealMaxPercent,
                List.copyOf(stealSeconds),
                gcPauseMillis,
                stalls,
                Math.round(stallMicros / 1000.0),
                List.copyOf(stallSeconds),
                touchedByStalls,
                localFailures,
                Math.max(lostByTotals, lostByHealth) + recordsMissing,
                damagedBlocks,
                skippedBytes,
                truncated,
                endMissing || !endSeen,
                namesFolded,
                staleRetries,
                silentRequests,
                clockJumps,
                List.copyOf(jumpSeconds),
                clamped,
                tlsVerification,
                stepFailures,
                throttle.waits(),
                circumstances.lateUsersPercent(),
                circumstances.circumstances());
    }
}
