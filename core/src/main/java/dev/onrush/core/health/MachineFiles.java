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

    MachineFiles(Path root) {
        stat = root.resolve("proc/stat");
        snmp = root.resolve("proc/net/snmp");
        cpuStat = root.resolve("sys/fs/cgroup/cpu.stat");
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
