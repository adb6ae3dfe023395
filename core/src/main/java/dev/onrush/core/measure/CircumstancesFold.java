package dev.onrush.core.measure;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.core.health.Circumstances;
import dev.onrush.core.health.Seconds;

/** Gathers what went on in the generator and its machine, and in which seconds. */
final class CircumstancesFold {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final int BUSY_PERCENT = 80;
    private static final int BUSY_MACHINE_PERCENT = 95;
    private static final int SCARCE_PERCENT = 80;
    private static final long LATE_USER_NANOS = SECOND_NANOS;
    /** Places kept; a simulation has few. */
    private static final int PLACES = 200;

    private final LateStarts lateStarts = new LateStarts();
    private Seconds lateUsers = Seconds.NONE;
    private long usersStarted;
    private long usersLate;
    private Seconds localFailures = Seconds.NONE;
    private Seconds usersDropped = Seconds.NONE;
    private long recordsLost;
    /** The first second at whose end records were lost, and the first at whose end all of them were. */
    private long firstLoss = Long.MAX_VALUE;

    private long lastLoss = Long.MAX_VALUE;
    private long silenceMaxMillis = -1;
    private Seconds silences = Seconds.NONE;
    private long hiccupMaxMillis = -1;
    private Seconds hiccups = Seconds.NONE;
    private Seconds busyCpu = Seconds.NONE;
    private int machineCpuMaxPercent = -1;
    private Seconds busyMachine = Seconds.NONE;
    private long gcMaxMillis = -1;
    private Seconds collections = Seconds.NONE;
    private long throttledMillis = -1;
    private Seconds throttled = Seconds.NONE;
    private long retransmits = -1;
    private Seconds retransmitted = Seconds.NONE;
    private long localPortsMax = -1;
    private long localPorts = -1;
    private Seconds scarcePorts = Seconds.NONE;
    private long openFilesMax = -1;
    private long openFilesLimit = -1;
    private Seconds scarceFiles = Seconds.NONE;
    private long logQueuedMaxBytes = -1;
    private final Map<String, HeldPlace> held = new HashMap<>();

    /** A request that started when the run had settled. */
    void started(long actualMicros, long startDelayMicros) {
        lateStarts.add(actualMicros, startDelayMicros);
    }

    void userStarted(long intendedNanos, long actualNanos) {
        usersStarted++;
        if (actualNanos - intendedNanos > LATE_USER_NANOS) {
            usersLate++;
            lateUsers = lateUsers.with(intendedNanos / SECOND_NANOS);
        }
    }

    /** Users that did not start within a second, in percent. */
    double lateUsersPercent() {
        return usersStarted == 0 ? 0 : 100.0 * usersLate / usersStarted;
    }

    void localFailure(long endMicros) {
        localFailures = localFailures.with(endMicros / 1_000_000);
    }

    void usersDropped(long atMicros) {
        usersDropped = usersDropped.with(atMicros / 1_000_000);
    }

    void held(HeldPlace place) {
        if (held.size() < PLACES || held.containsKey(place.place())) {
            held.merge(place.place(), place, HeldPlace::and);
        }
    }

    void health(HealthSample sample) {
        long second = Math.max(0, sample.atNanos - 1) / SECOND_NANOS;
        long silence = millis(sample.longestSilenceNanos);
        long hiccup = millis(sample.hiccupNanos);
        silenceMaxMillis = Math.max(silenceMaxMillis, silence);
        silences = noted(silences, silence * 1000 >= HealthFold.STALL_MICROS, second);
        hiccupMaxMillis = Math.max(hiccupMaxMillis, hiccup);
        hiccups = noted(hiccups, hiccup * 1000 >= HealthFold.STALL_MICROS, second);
        busyCpu = noted(busyCpu, sample.processCpuPercent >= BUSY_PERCENT, second);
        machineCpuMaxPercent = Math.max(machineCpuMaxPercent, sample.machineCpuPercent);
        busyMachine = noted(busyMachine, sample.machineCpuPercent >= BUSY_MACHINE_PERCENT, second);
        gcMaxMillis = Math.max(gcMaxMillis, sample.gcPauseMillis);
        collections = noted(collections, sample.gcPauseMillis > 0, second);
        throttledMillis = sum(throttledMillis, sample.throttledMillis);
        throttled = noted(throttled, sample.throttledMillis > 0, second);
        retransmits = sum(retransmits, sample.tcpRetransmits);
        retransmitted = noted(retransmitted, sample.tcpRetransmits > 0, second);
        localPortsMax = Math.max(localPortsMax, sample.localPortsUsed);
        localPorts = Math.max(localPorts, sample.localPorts);
        scarcePorts = noted(scarcePorts, isScarce(sample.localPortsUsed, sample.localPorts), second);
        openFilesMax = Math.max(openFilesMax, sample.openFiles);
        openFilesLimit = Math.max(openFilesLimit, sample.openFilesLimit);
        scarceFiles = noted(scarceFiles, isScarce(sample.openFiles, sample.openFilesLimit), second);
        logQueuedMaxBytes = Math.max(logQueuedMaxBytes, sample.logQueuedBytes);
        if (sample.recordsLost > 0) {
            lost(sample.recordsLost, second, second);
        }
    }

    /** Records lost so far at the end of a second; in any order. */
    private void lost(long records, long first, long last) {
        firstLoss = Math.min(firstLoss, first);
        if (records > recordsLost) {
            recordsLost = records;
            lastLoss = last;
        } else if (records == recordsLost) {
            lastLoss = Math.min(lastLoss, last);
        }
    }

    private static Seconds noted(Seconds seconds, boolean isSo, long second) {
        return isSo ? seconds.with(second) : seconds;
    }

    private static boolean isScarce(long used, long available) {
        return used >= 0 && available > 0 && used * 100 >= available * SCARCE_PERCENT;
    }

    private static long millis(long nanos) {
        return nanos < 0 ? -1 : nanos / 1_000_000;
    }

    private static long sum(long one, long other) {
        return one < 0 ? other : other < 0 ? one : one + other;
    }

    void add(CircumstancesFold other) {
        lateStarts.add(other.lateStarts);
        lateUsers = lateUsers.and(other.lateUsers);
        usersStarted += other.usersStarted;
        usersLate += other.usersLate;
        localFailures = localFailures.and(other.localFailures);
        usersDropped = usersDropped.and(other.usersDropped);
        lost(other.recordsLost, other.firstLoss, other.lastLoss);
        silenceMaxMillis = Math.max(silenceMaxMillis, other.silenceMaxMillis);
        silences = silences.and(other.silences);
        hiccupMaxMillis = Math.max(hiccupMaxMillis, other.hiccupMaxMillis);
        hiccups = hiccups.and(other.hiccups);
        busyCpu = busyCpu.and(other.busyCpu);
        machineCpuMaxPercent = Math.max(machineCpuMaxPercent, other.machineCpuMaxPercent);
        busyMachine = busyMachine.and(other.busyMachine);
        gcMaxMillis = Math.max(gcMaxMillis, other.gcMaxMillis);
        collections = collections.and(other.collections);
        throttledMillis = sum(throttledMillis, other.throttledMillis);
        throttled = throttled.and(other.throttled);
        retransmits = sum(retransmits, other.retransmits);
        retransmitted = retransmitted.and(other.retransmitted);
        localPortsMax = Math.max(localPortsMax, other.localPortsMax);
        localPorts = Math.max(localPorts, other.localPorts);
        scarcePorts = scarcePorts.and(other.scarcePorts);
        openFilesMax = Math.max(openFilesMax, other.openFilesMax);
        openFilesLimit = Math.max(openFilesLimit, other.openFilesLimit);
        scarceFiles = scarceFiles.and(other.scarceFiles);
        logQueuedMaxBytes = Math.max(logQueuedMaxBytes, other.logQueuedMaxBytes);
        other.held.forEach((place, theirs) -> held.merge(place, theirs, HeldPlace::and));
    }

    Circumstances circumstances() {
        return new Circumstances(
                lateStarts.seconds(),
                lateUsers,
                localFailures,
                usersDropped,
                recordsLost == 0 ? Seconds.NONE : new Seconds(firstLoss, lastLoss),
                silenceMaxMillis,
                silences,
                hiccupMaxMillis,
                hiccups,
                busyCpu,
                machineCpuMaxPercent,
                busyMachine,
                gcMaxMillis,
                collections,
                throttledMillis,
                throttled,
                retransmits,
                retransmitted,
                localPortsMax,
                localPorts,
                scarcePorts,
                openFilesMax,
                openFilesLimit,
                scarceFiles,
                logQueuedMaxBytes,
                held.values().stream()
                        .sorted(Comparator.comparingLong(HeldPlace::longestNanos)
                                .reversed()
                                .thenComparing(HeldPlace::place))
                        .toList());
    }
}
