package dev.onrush.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;

/**
 * A program that reads a log with every byte of it flipped in turn, and with every four bytes in turn as the largest numbers,
 * and says how that went. For a JVM of its own with a small heap.
 */
final class DamagedLogs {
    private DamagedLogs() {}

    public static void main(String[] arguments) throws IOException {
        Path log = Path.of(arguments[0]);
        int step = Integer.parseInt(arguments[1]);
        byte[] sound = Files.readAllBytes(log);
        RunStatistics all = RunStatistics.read(log, MeasureOptions.DEFAULT);
        Path file = log.resolveSibling("damaged.onrush");
        int rounds = 0;
        int undetected = 0;
        int refused = 0;
        for (int at = 0; at < sound.length; at += step) {
            for (int kind = 0; kind < 3; kind++) {
                byte[] bytes = sound.clone();
                int end = Math.min(sound.length, at + 4);
                switch (kind) {
                    case 0 -> bytes[at] ^= (byte) 0xff;
                    case 1 -> Arrays.fill(bytes, at, end, (byte) 0xff);
                    default -> {
                        bytes[at] = 0x7f;
                        Arrays.fill(bytes, Math.min(end, at + 1), end, (byte) 0xff);
                    }
                }
                if (Arrays.equals(bytes, sound)) {
                    continue;
                }
                Files.write(file, bytes);
                rounds++;
                try {
                    RunStatistics read = RunStatistics.read(file, MeasureOptions.DEFAULT);
                    boolean noticed = read.generator().damagedBlocks() > 0
                            || read.generator().truncated()
                            || read.generator().endMissing();
                    boolean right = read.total().ok()
                                    + read.total().ko()
                                    + read.generator().logRecordsLost()
                            >= all.total().ok() + all.total().ko();
                    undetected += noticed && (right || read.generator().endMissing()) ? 0 : 1;
                } catch (EventLogException e) {
                    refused++;
                }
            }
        }
        System.out.println("rounds " + rounds + " undetected " + undetected + " refused " + refused);
    }
}
