package dev.onrush.core.health;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;

import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.time.Clock;

/**
 * Reads the machine's and the JVM's own figures, once a second, by the control thread. What the machine does not offer stays
 * {@link HealthSample#UNKNOWN}; figures that are differences are unknown the first time.
 */
public final class HealthProbe {
    /** Wall and monotonic clock drift apart a little all the time; a jump is more. */
    private static final long JUMP_NANOS = 10_000_000;
    /** Both clocks count as read together if no more than this lay between. */
    private static final long TOGETHER_NANOS = 1_000_000;

    private static final int TRIES = 5;

    private final Clock clock;
    private final MachineFiles files;
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final java.lang.management.OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

    private final long localPorts;

    private long lastNanos;
    private long lastWallMinusMonotonic;
    private long lastGcMillis = HealthSample.UNKNOWN;
    private long lastCpuNanos = HealthSample.UNKNOWN;
    private long lastRetransmits = HealthSample.UNKNOWN;
    private long lastThrottledMicros = HealthSample.UNKNOWN;
    private CpuTicks lastTicks = CpuTicks.UNKNOWN;

    public HealthProbe(Clock clock) {
        this(clock, Path.of("/"));
    }

    /** @param root below which {@code proc} and {@code sys} lie */
    HealthProbe(Clock clock, Path root) {
        this.clock = clock;
        this.files = new MachineFiles(root);
        this.localPorts = files.localPorts();
        fill(new HealthSample(), 0);
    }

    /** Fills in the second that ends now: what is read here, and nothing else. */
    public void fill(HealthSample sample, long nowNanos) {
        long nanos = clock.nanoTime();
        long elapsed = Math.max(1, nanos - lastNanos);
        lastNanos = nanos;
        sample.atNanos = nowNanos;
        sample.gcPauseMillis = gcMillis();
        sample.processCpuPercent = processCpu(elapsed);
        CpuTicks ticks = files.cpuTicks();
        sample.machineCpuPercent = ticks.busyPercentSince(lastTicks);
        sample.stealPercent = ticks.stealPercentSince(lastTicks);
        lastTicks = ticks;
        Runtime runtime = Runtime.getRuntime();
        sample.heapUsedBytes = runtime.totalMemory() - runtime.freeMemory();
        sample.openFiles = system instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : HealthSample.UNKNOWN;
        sample.openFilesLimit = system instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : HealthSample.UNKNOWN;
        sample.localPortsUsed = files.tcpSockets();
        sample.localPorts = localPorts;
        long retransmits = files.tcpRetransmits();
        sample.tcpRetransmits = since(lastRetransmits, retransmits);
        lastRetransmits = retransmits;
        long throttled = files.throttledMicros();
        long throttledMicros = since(lastThrottledMicros, throttled);
        sample.throttledMillis =
                throttledMicros == HealthSample.UNKNOWN ? HealthSample.UNKNOWN : throttledMicros / 1000;
        lastThrottledMicros = throttled;
        sample.wallClockJumpMillis = wallClockJump();
    }

    private long gcMillis() {
        long total = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            total += Math.max(0, collector.getCollectionTime());
        }
        long pause = since(lastGcMillis, total);
        lastGcMillis = total;
        return pause;
    }

    private int processCpu(long elapsedNanos) {
        long total = system instanceof OperatingSystemMXBean own ? own.getProcessCpuTime() : HealthSample.UNKNOWN;
        long used = since(lastCpuNanos, total);
        lastCpuNanos = total;
        return used == HealthSample.UNKNOWN ? (int) HealthSample.UNKNOWN : (int) (used * 100 / elapsedNanos);
    }

    private long wallClockJump() {
        long apart = 0;
        for (int i = 0; i < TRIES; i++) {
            long before = clock.nanoTime();
            java.time.Instant wall = clock.wallTime();
            long after = clock.nanoTime();
            apart = wall.getEpochSecond() * 1_000_000_000L + wall.getNano() - after;
            if (after - before <= TOGETHER_NANOS) {
                break;
            }
        }
        long jump = lastWallMinusMonotonic == 0 ? 0 : apart - lastWallMinusMonotonic;
        lastWallMinusMonotonic = apart;
        return Math.abs(jump) < JUMP_NANOS ? 0 : jump / 1_000_000;
    }

    private static long since(long before, long now) {
        return before == HealthSample.UNKNOWN || now == HealthSample.UNKNOWN ? HealthSample.UNKNOWN : now - before;
    }
}
