package dev.onrush.core.measure;

import java.util.List;

import dev.onrush.core.health.Circumstances;

/**
 * Whether the generator can be believed: its own figures over the run. −1 is what nobody told.
 *
 * @param startDelay of all requests, without the warm-up
 * @param steadyStartDelay of those that started 2 s or more after the run began: what the verdict judges
 * @param cpuMaxPercent greatest CPU of this process in a second, in percent of one core
 * @param stealMaxPercent greatest steal in a second
 * @param stealSeconds when steal was above 5 %, seconds since the run began
 * @param gcPauseMillis collector pauses, added up
 * @param stalls seconds in which a thread of the engine, or the machine, was silent for 50 ms or more
 * @param stallMillis how long these lasted, added up
 * @param stallSeconds when, seconds since the run began
 * @param samplesTouchedByStalls requests that ended in a stalled second, times the stalled part of it: an estimate
 * @param localFailures requests KO by the generator's own limits ({@code local.*})
 * @param logRecordsLost records that the log could not keep up with, or that damage took
 * @param damagedBlocks blocks of the log that could not be read
 * @param skippedBytes bytes of the log that could not be read
 * @param truncated the log ends within a block
 * @param endMissing the log does not tell the end of the run: it was killed, or the log could not be written
 * @param namesFolded names beyond the limit, recorded as {@code other}
 * @param staleRetries lost first tries on connections that had gone stale
 * @param silentRequests sent, and by the author's will in no statistic
 * @param clockJumps jumps of the wall clock of 100 ms or more
 * @param jumpSeconds when, seconds since the run began
 * @param timesClamped times outside of what a histogram holds, counted at its edge
 * @param tlsVerification whether certificates were verified
 * @param stepFailures failures that belong to no request
 * @param throttleWaits how requests waited for a slot of a throttle
 * @param lateUsersPercent users that started more than 1 s after they were due
 * @param circumstances what went on in the generator and its machine, and when
 */
public record GeneratorStatistics(
        Times startDelay,
        Times steadyStartDelay,
        int cpuMaxPercent,
        int stealMaxPercent,
        List<Long> stealSeconds,
        long gcPauseMillis,
        long stalls,
        long stallMillis,
        List<Long> stallSeconds,
        double samplesTouchedByStalls,
        long localFailures,
        long logRecordsLost,
        long damagedBlocks,
        long skippedBytes,
        boolean truncated,
        boolean endMissing,
        long namesFolded,
        long staleRetries,
        long silentRequests,
        long clockJumps,
        List<Long> jumpSeconds,
        long timesClamped,
        boolean tlsVerification,
        long stepFailures,
        ThrottleWaits throttleWaits,
        double lateUsersPercent,
        Circumstances circumstances) {}
