package dev.onrush.core.health;

import java.util.List;

import dev.onrush.core.eventlog.HeldPlace;

/**
 * What went on in the generator and its machine during a run, and when: named with a verdict, never its cause. −1 is what nobody
 * told.
 *
 * @param lateStarts seconds in which more than 1 % of the requests that started were more than 10 ms late
 * @param lateUsers seconds in which users were due that started more than 1 s late
 * @param localFailures seconds in which requests failed by the generator's own limits
 * @param usersDropped seconds in which users were dropped because {@code maxUsers} were present
 * @param recordsLost seconds in which the log lost records
 * @param silenceMaxMillis the longest time a thread of the engine was silent
 * @param silences seconds in which one was silent for 50 ms or more
 * @param hiccupMaxMillis the longest time the whole JVM stood still, by its own watchdog
 * @param hiccups seconds in which it did for 50 ms or more
 * @param busyCpu seconds in which this process used 80 % of a core or more
 * @param machineCpuMaxPercent greatest CPU of the machine in a second
 * @param busyMachine seconds in which that was 95 % or more
 * @param gcMaxMillis the most that collectors paused in a second
 * @param collections seconds in which they paused
 * @param throttledMillis how long the control group did not let this process run, added up
 * @param throttled seconds in which it did not
 * @param retransmits TCP segments the machine sent again, added up
 * @param retransmitted seconds in which it did
 * @param localPortsMax most TCP sockets of the machine at once, those in TIME_WAIT included
 * @param localPorts local ports the system gives to connections
 * @param scarcePorts seconds in which 80 % of them or more were taken
 * @param openFilesMax most files, sockets included, this process had open
 * @param openFilesLimit most it may have
 * @param scarceFiles seconds in which 80 % of them or more were open
 * @param logQueuedMaxBytes the most that was recorded and not written yet
 * @param held an author's code that held a thread, the longest first
 */
public record Circumstances(
        Seconds lateStarts,
        Seconds lateUsers,
        Seconds localFailures,
        Seconds usersDropped,
        Seconds recordsLost,
        long silenceMaxMillis,
        Seconds silences,
        long hiccupMaxMillis,
        Seconds hiccups,
        Seconds busyCpu,
        int machineCpuMaxPercent,
        Seconds busyMachine,
        long gcMaxMillis,
        Seconds collections,
        long throttledMillis,
        Seconds throttled,
        long retransmits,
        Seconds retransmitted,
        long localPortsMax,
        long localPorts,
        Seconds scarcePorts,
        long openFilesMax,
        long openFilesLimit,
        Seconds scarceFiles,
        long logQueuedMaxBytes,
        List<HeldPlace> held) {
    /** Nothing is known. */
    public static final Circumstances UNKNOWN = new Circumstances(
            Seconds.NONE,
            Seconds.NONE,
            Seconds.NONE,
            Seconds.NONE,
            Seconds.NONE,
            -1,
            Seconds.NONE,
            -1,
            Seconds.NONE,
            Seconds.NONE,
            -1,
            Seconds.NONE,
            -1,
            Seconds.NONE,
            -1,
            Seconds.NONE,
            -1,
            Seconds.NONE,
            -1,
            -1,
            Seconds.NONE,
            -1,
            -1,
            Seconds.NONE,
            -1,
            List.of());

    public Circumstances {
        held = List.copyOf(held);
    }
}
