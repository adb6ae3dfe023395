package dev.onrush.core.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import dev.onrush.core.eventlog.HealthSample;

/** What Linux tells in files. A file that is missing or reads otherwise than expected gives what is unknown. */
final class MachineFiles {
    private final Path stat;
    private final Path snmp;
    private final Path cpuStat;
    private final Path portRange;
    private final List<Path> sockets;

    MachineFiles(Path root) {
        stat = root.resolve("proc/stat");
        snmp = root.resolve("proc/net/snmp");
        cpuStat = root.resolve("sys/fs/cgroup/cpu.stat");
        portRange = root.resolve("proc/sys/net/ipv4/ip_local_port_range");
        sockets = List.of(root.resolve("proc/net/sockstat"), root.resolve("proc/net/sockstat6"));
    }

    CpuTicks cpuTicks() {
        for (String line : lines(stat)) {
            if (line.startsWith("cpu ")) {
                try {
                    return CpuTicks.parse(line);
                } catch (NumberFormatException e) {
                    return CpuTicks.UNKNOWN;
                }
            }
        }
        return CpuTicks.UNKNOWN;
    }

    /** Segments sent again since the machine started. */
    long tcpRetransmits() {
        List<String> names = List.of();
        for (String line : lines(snmp)) {
            if (line.startsWith("Tcp:")) {
                List<String> words = Arrays.asList(line.split("\\s+"));
                int column = names.indexOf("RetransSegs");
                if (column >= 0 && column < words.size()) {
                    return number(words.get(column));
                }
                names = words;
            }
        }
        return HealthSample.UNKNOWN;
    }

    /** Time this control group had work and was not let run. */
    long throttledMicros() {
        for (String line : lines(cpuStat)) {
            if (line.startsWith("throttled_usec ")) {
                return number(line.substring("throttled_usec ".length()).trim());
            }
        }
        return HealthSample.UNKNOWN;
    }

    /** Local ports that connections are given. */
    long localPorts() {
        for (String line : lines(portRange)) {
            String[] ends = line.trim().split("\\s+");
            if (ends.length == 2) {
                long first = number(ends[0]);
                long last = number(ends[1]);
                return first < 0 || last < first ? HealthSample.UNKNOWN : last - first + 1;
            }
        }
        return HealthSample.UNKNOWN;
    }

    /** TCP sockets of this machine (of this network namespace), those in TIME_WAIT included. */
    long tcpSockets() {
        long all = 0;
        boolean isTold = false;
        for (Path file : sockets) {
            for (String line : lines(file)) {
                if (line.startsWith("TCP: ") || line.startsWith("TCP6: ")) {
                    List<String> words = Arrays.asList(line.split("\\s+"));
                    for (int i = 1; i + 1 < words.size(); i += 2) {
                        if (words.get(i).equals("inuse") || words.get(i).equals("tw")) {
                            all += Math.max(0, number(words.get(i + 1)));
                            isTold = true;
                        }
                    }
                }
            }
        }
        return isTold ? all : HealthSample.UNKNOWN;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return HealthSample.UNKNOWN;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
    }
}
