package dev.onrush.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.time.Clock;
import dev.onrush.core.time.ManualClock;

class HealthProbeTest {
    @TempDir
    Path root;

    private final ManualClock clock = new ManualClock();
    private final HealthSample sample = new HealthSample();

    @Test
    void readsDifferencesFromTheFilesOfLinux() throws IOException {
        write("proc/stat", "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 1 1 1\n");
        write("proc/net/snmp", "Tcp: RtoAlgorithm RetransSegs InErrs\nTcp: 1 40 0\n");
        write("sys/fs/cgroup/cpu.stat", "usage_usec 5\nthrottled_usec 1000\n");
        write("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
        write("proc/net/sockstat", "sockets: used 22\nTCP: inuse 5 orphan 0 tw 19452 alloc 1 mem 435\n");
        write("proc/net/sockstat6", "TCP6: inuse 3\n");
        HealthProbe probe = new HealthProbe(clock, root);
        write("proc/stat", "cpu  130 0 130 880 10 0 0 50 0 0\ncpu0 1 1 1 1\n");
        write("proc/net/snmp", "Tcp: RtoAlgorithm RetransSegs InErrs\nTcp: 1 47 0\n");
        write("sys/fs/cgroup/cpu.stat", "usage_usec 9\nthrottled_usec 31000\n");
        clock.advance(Duration.ofSeconds(1));

        probe.fill(sample, 1_000_000_000);

        assertThat(sample.machineCpuPercent).isEqualTo(55);
        assertThat(sample.stealPercent).isEqualTo(25);
        assertThat(sample.tcpRetransmits).isEqualTo(7);
        assertThat(sample.throttledMillis).isEqualTo(30);
        assertThat(sample.localPorts).isEqualTo(28_232);
        assertThat(sample.localPortsUsed).isEqualTo(19_460);
        assertThat(sample.openFilesLimit).isGreaterThanOrEqualTo(sample.openFiles);
        assertThat(sample.wallClockJumpMillis).isZero();
        assertThat(sample.heapUsedBytes).isPositive();
        assertThat(sample.gcPauseMillis).isNotNegative();
    }

    @Test
    void leavesUnknownWhatTheMachineDoesNotOffer() throws IOException {
        write("proc/stat", "nonsense\n");
        HealthProbe probe = new HealthProbe(clock, root);

        probe.fill(sample, 1);

        assertThat(sample.machineCpuPercent).isEqualTo((int) HealthSample.UNKNOWN);
        assertThat(sample.stealPercent).isEqualTo((int) HealthSample.UNKNOWN);
        assertThat(sample.tcpRetransmits).isEqualTo(HealthSample.UNKNOWN);
        assertThat(sample.throttledMillis).isEqualTo(HealthSample.UNKNOWN);
        assertThat(sample.localPorts).isEqualTo(HealthSample.UNKNOWN);
        assertThat(sample.localPortsUsed).isEqualTo(HealthSample.UNKNOWN);
    }

    @Test
    void seesTheWallClockJump() {
        Instant[] wall = {Instant.parse("2026-01-01T00:00:00Z")};
        Clock jumping = new Clock() {
            @Override
            public long nanoTime() {
                return 1;
            }

            @Override
            public Instant wallTime() {
                return wall[0];
            }
        };
        HealthProbe probe = new HealthProbe(jumping, root);

        wall[0] = wall[0].minusSeconds(3600);
        probe.fill(sample, 1);
        assertThat(sample.wallClockJumpMillis).isEqualTo(-3_600_000);

        probe.fill(sample, 1);
        assertThat(sample.wallClockJumpMillis).isZero();
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
