package dev.onrush.core.health;

import java.util.List;

/**
 * What the verdict is judged on. Seconds are whole seconds since the run began, in order.
 *
 * @param seconds length of the run
 * @param steadyStartDelayP99Nanos of requests that started after the run's first two seconds; 0 if there were none
 * @param localFailures requests and users lost to {@code local.*} errors
 * @param usersNotStarted users that did not start within a second after they were due, in percent of the profile
 * @param samplesTouchedPercent share of the samples during which a thread of the generator stood still
 * @param stealSeconds seconds in which the machine took more than 5 % from this one
 * @param droppedUsers users due while {@code maxUsers} were present
 * @param isTruncated whether the log ends without its end, as after a kill
 * @param cpuMaxPercent of this process, of one core; negative if unknown
 * @param circumstances what is named beside a reason, and the seconds that reasons concern
 */
public record VerdictInput(
        long seconds,
        long steadyStartDelayP99Nanos,
        long localFailures,
        double usersNotStarted,
        double samplesTouchedPercent,
        List<Long> stallSeconds,
        long stallMillis,
        List<Long> stealSeconds,
        int stealMaxPercent,
        List<Long> jumpSeconds,
        long droppedUsers,
        long recordsLost,
        long damagedBlocks,
        boolean isTruncated,
        int cpuMaxPercent,
        long gcPauseMillis,
        Circumstances circumstances) {
    public VerdictInput {
        stallSeconds = List.copyOf(stallSeconds);
        stealSeconds = List.copyOf(stealSeconds);
        jumpSeconds = List.copyOf(jumpSeconds);
    }

    /** A run without anything to find fault with. */
    public static VerdictInput faultless(long seconds) {
        return new VerdictInput(
                seconds,
                0,
                0,
                0,
                0,
                List.of(),
                0,
                List.of(),
                0,
                List.of(),
                0,
                0,
                0,
                false,
                -1,
                0,
                Circumstances.UNKNOWN);
    }
}
