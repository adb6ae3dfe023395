package dev.onrush.core.health;

import dev.onrush.core.eventlog.HealthSample;

/** What all cores of the machine have done since it started, in ticks of its own. */
record CpuTicks(long total, long idle, long steal) {
    static final CpuTicks UNKNOWN = new CpuTicks(-1, -1, -1);

    /** The first line of {@code /proc/stat}: user nice system idle iowait irq softirq steal, and guests that are in user already. */
    static CpuTicks parse(String line) {
        String[] words = line.trim().split("\\s+");
        if (words.length < 9 || !words[0].equals("cpu")) {
            return UNKNOWN;
        }
        long total = 0;
        for (int i = 1; i <= 8; i++) {
            total += Long.parseLong(words[i]);
        }
        return new CpuTicks(total, Long.parseLong(words[4]) + Long.parseLong(words[5]), Long.parseLong(words[8]));
    }

    int busyPercentSince(CpuTicks before) {
        long all = total - before.total;
        return isKnown(before) ? (int) Math.round(100.0 * (all - (idle - before.idle)) / all) : unknown();
    }

    int stealPercentSince(CpuTicks before) {
        long all = total - before.total;
        return isKnown(before) ? (int) Math.round(100.0 * (steal - before.steal) / all) : unknown();
    }

    private boolean isKnown(CpuTicks before) {
        return total >= 0 && before.total >= 0 && total > before.total;
    }

    private static int unknown() {
        return (int) HealthSample.UNKNOWN;
    }
}
