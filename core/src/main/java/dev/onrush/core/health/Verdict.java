package dev.onrush.core.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.onrush.core.eventlog.HeldPlace;

/**
 * Whether the generator itself can be trusted in a run. CPU and garbage collection are named with a verdict, and never its cause: a
 * closed loop may use a whole core and be right.
 *
 * @param reasons the gravest first; empty if TRUSTWORTHY
 */
public record Verdict(VerdictLevel level, List<VerdictReason> reasons) {
    private static final long START_DELAY_LIMIT_NANOS = 10_000_000;
    private static final double NOT_STARTED_LIMIT_PERCENT = 1;
    private static final double TOUCHED_LIMIT_PERCENT = 1;
    /** The start of a run is not held against it: classes load, code is compiled. */
    private static final long FIRST_SECONDS = 2;

    private static final int BUSY_CPU_PERCENT = 80;
    private static final long LONG_QUEUE_BYTES = 8 << 20;
    private static final int MOST_PLACES = 5;
    private static final int MOST_FRAMES = 6;
    /** Loader and module with version, which a frame begins with: whoever looks for the place does not need them. */
    private static final Pattern MODULE = Pattern.compile("^(at )(?:[\\w.@-]*/){1,2}");

    /** Frames of the JDK, of Onrush and of what it is built on. */
    private static final Pattern NOT_THE_AUTHORS = Pattern.compile(
            "at (javax?|jdk|sun|com\\.sun|dev\\.onrush\\.(core|dsl|http)"
                    + "|org\\.apache\\.hc|tools\\.jackson|com\\.jayway|net\\.minidev|io\\.burt|org\\.jsoup|freemarker)\\.");

    private static final long SECOND_NANOS = 1_000_000_000;

    public Verdict {
        reasons = List.copyOf(reasons);
    }

    /** Judges. The same input always gives the same verdict. */
    public static Verdict of(VerdictInput input) {
        List<VerdictReason> reasons = new ArrayList<>();
        long last = Math.max(0, input.seconds() - 1);
        incomplete(input, last, reasons);
        saturated(input, last, reasons);
        degraded(input, last, reasons);
        reasons.sort(Comparator.comparing(VerdictReason::level).reversed());
        VerdictLevel worst =
                reasons.isEmpty() ? VerdictLevel.TRUSTWORTHY : reasons.get(0).level();
        if (worst != VerdictLevel.TRUSTWORTHY) {
            explain(input, last, reasons);
        }
        return new Verdict(worst, reasons);
    }

    private static void incomplete(VerdictInput input, long last, List<VerdictReason> reasons) {
        if (input.recordsLost() > 0) {
            reasons.add(reason(
                    VerdictLevel.INCOMPLETE,
                    input.recordsLost() + " log records were lost: the log could not be written as fast as it came."
                            + " Use a faster disk, or raise log.bufferMib.",
                    input.circumstances().recordsLost(),
                    last));
        }
        if (input.damagedBlocks() > 0) {
            reasons.add(new VerdictReason(
                    VerdictLevel.INCOMPLETE,
                    input.damagedBlocks()
                            + (input.damagedBlocks() == 1
                                    ? " block of the log is damaged and was skipped."
                                    : " blocks of the log are damaged and were skipped."),
                    0,
                    last));
        }
        if (input.isTruncated()) {
            reasons.add(new VerdictReason(
                    VerdictLevel.INCOMPLETE,
                    "The log is incomplete from second " + last
                            + " on: the disk was full, the run was killed, or it still"
                            + " goes on. What came later is in no figure.",
                    last,
                    last));
        }
    }

    private static void saturated(VerdictInput input, long last, List<VerdictReason> reasons) {
        if (input.steadyStartDelayP99Nanos() > START_DELAY_LIMIT_NANOS) {
            Seconds late = input.circumstances().lateStarts();
            reasons.add(new VerdictReason(
                    VerdictLevel.SATURATED,
                    String.format(
                            Locale.ROOT,
                            "Start delay p99 = %.1f ms after the first 2 s, limit 10 ms: the generator started requests late."
                                    + " Use fewer users per machine, or more cores.",
                            input.steadyStartDelayP99Nanos() / 1e6),
                    late.isEmpty() ? Math.min(FIRST_SECONDS, last) : late.first(),
                    late.isEmpty() ? last : Math.min(last, late.last())));
        }
        if (input.localFailures() > 0) {
            reasons.add(reason(
                    VerdictLevel.SATURATED,
                    input.localFailures() + " requests failed for lack of ports, files or memory of the generator"
                            + " (local.*). Raise the machine's limits, or keep connections.",
                    input.circumstances().localFailures(),
                    last));
        }
        if (input.usersNotStarted() > NOT_STARTED_LIMIT_PERCENT) {
            reasons.add(reason(
                    VerdictLevel.SATURATED,
                    String.format(
                            Locale.ROOT,
                            "%.1f %% of the users that were due did not start within 1 s, limit 1 %%: the rate asked for was not reached.",
                            input.usersNotStarted()),
                    input.circumstances().lateUsers(),
                    last));
        }
    }

    private static void degraded(VerdictInput input, long last, List<VerdictReason> reasons) {
        if (input.samplesTouchedPercent() > TOUCHED_LIMIT_PERCENT) {
            reasons.add(new VerdictReason(
                    VerdictLevel.DEGRADED,
                    String.format(
                            Locale.ROOT,
                            "Stalls of the generator touch %.1f %% of the samples, limit 1 %% (%d ms in all).",
                            input.samplesTouchedPercent(),
                            input.stallMillis()),
                    first(input.stallSeconds(), 0),
                    lastOf(input.stallSeconds(), last)));
        }
        if (!input.stealSeconds().isEmpty()) {
            reasons.add(new VerdictReason(
                    VerdictLevel.DEGRADED,
                    "The machine's host took up to " + input.stealMaxPercent() + " % of its CPU (steal), limit 5 %, in "
                            + input.stealSeconds().size() + " seconds. Use a machine of its own.",
                    first(input.stealSeconds(), 0),
                    lastOf(input.stealSeconds(), last)));
        }
        if (!input.jumpSeconds().isEmpty()) {
            reasons.add(new VerdictReason(
                    VerdictLevel.DEGRADED,
                    "The wall clock jumped " + input.jumpSeconds().size()
                            + " times. Times of this run are right; its dates may not be.",
                    first(input.jumpSeconds(), 0),
                    lastOf(input.jumpSeconds(), last)));
        }
        if (input.droppedUsers() > 0) {
            reasons.add(reason(
                    VerdictLevel.DEGRADED,
                    input.droppedUsers() + " users were due while maxUsers were present, and did not start.",
                    input.circumstances().usersDropped(),
                    last));
        }
    }

    /** What goes with a verdict and may explain it. */
    private static void explain(VerdictInput input, long last, List<VerdictReason> reasons) {
        Circumstances known = input.circumstances();
        known.held().stream().limit(MOST_PLACES).forEach(held -> reasons.add(held(held, last)));
        if (known.held().size() > MOST_PLACES) {
            reasons.add(reason(
                    VerdictLevel.TRUSTWORTHY,
                    known.held().size() - MOST_PLACES + " more places held a thread.",
                    known.silences(),
                    last));
        }
        explain(
                known.hiccups(),
                last,
                reasons,
                "The whole generator stood still for up to " + known.hiccupMaxMillis() + " ms.");
        explain(
                known.silences(),
                last,
                reasons,
                "A thread of the generator was silent for up to " + known.silenceMaxMillis() + " ms.");
        if (input.cpuMaxPercent() >= BUSY_CPU_PERCENT) {
            reasons.add(reason(
                    VerdictLevel.TRUSTWORTHY,
                    "The generator used up to " + input.cpuMaxPercent() + " % of a core.",
                    known.busyCpu(),
                    last));
        }
        explain(
                known.busyMachine(),
                last,
                reasons,
                "The machine's CPU was busy up to " + known.machineCpuMaxPercent() + " %.");
        if (input.gcPauseMillis() > 0) {
            reasons.add(reason(
                    VerdictLevel.TRUSTWORTHY,
                    "Garbage collection took " + input.gcPauseMillis() + " ms in all"
                            + (known.gcMaxMillis() > 0 ? ", up to " + known.gcMaxMillis() + " ms in a second." : "."),
                    known.collections(),
                    last));
        }
        explain(
                known.throttled(),
                last,
                reasons,
                "The container did not let the generator run for " + known.throttledMillis()
                        + " ms in all (CPU limit).");
        explain(
                known.retransmitted(),
                last,
                reasons,
                "The machine sent " + known.retransmits()
                        + (known.retransmits() == 1 ? " TCP segment again." : " TCP segments again."));
        explain(
                known.scarcePorts(),
                last,
                reasons,
                "Up to " + known.localPortsMax() + " TCP sockets, those in TIME_WAIT included, stood against "
                        + known.localPorts() + " local ports.");
        explain(
                known.scarceFiles(),
                last,
                reasons,
                "Up to " + known.openFilesMax() + " files and sockets were open, limit " + known.openFilesLimit()
                        + ".");
        if (known.logQueuedMaxBytes() >= LONG_QUEUE_BYTES) {
            reasons.add(reason(
                    VerdictLevel.TRUSTWORTHY,
                    "Up to " + (known.logQueuedMaxBytes() >> 20) + " MiB of records waited to be written to the log.",
                    Seconds.NONE,
                    last));
        }
    }

    private static void explain(Seconds seconds, long last, List<VerdictReason> reasons, String text) {
        if (!seconds.isEmpty()) {
            reasons.add(reason(VerdictLevel.TRUSTWORTHY, text, seconds, last));
        }
    }

    private static VerdictReason held(HeldPlace held, long last) {
        List<String> lines = held.stack()
                .lines()
                .map(line -> MODULE.matcher(line.strip()).replaceFirst("$1"))
                .filter(line -> !line.isEmpty())
                .toList();
        // Where none is the author's, they tell nothing to whom the report is for; they are in the log of the run.
        String frames =
                lines.stream().allMatch(line -> NOT_THE_AUTHORS.matcher(line).lookingAt())
                        ? ""
                        : lines.stream().limit(MOST_FRAMES).collect(Collectors.joining(", "));
        return new VerdictReason(
                VerdictLevel.TRUSTWORTHY,
                held.place() + " held thread " + held.thread() + " for " + held.longestNanos() / 1_000_000 + " ms"
                        + (held.count() > 1 ? ", the longest of " + held.count() + " times" : "") + " (user "
                        + held.userId() + ")" + (frames.isEmpty() ? "." : ": " + frames + "."),
                Math.min(last, held.firstNanos() / SECOND_NANOS),
                Math.min(last, held.lastNanos() / SECOND_NANOS));
    }

    /** A reason of these seconds; of the whole run if they are not known. */
    private static VerdictReason reason(VerdictLevel level, String text, Seconds seconds, long last) {
        return seconds.isEmpty()
                ? new VerdictReason(level, text, 0, last)
                : new VerdictReason(level, text, Math.min(last, seconds.first()), Math.min(last, seconds.last()));
    }

    private static long first(List<Long> seconds, long otherwise) {
        return seconds.isEmpty() ? otherwise : seconds.get(0);
    }

    private static long lastOf(List<Long> seconds, long otherwise) {
        return seconds.isEmpty() ? otherwise : seconds.get(seconds.size() - 1);
    }
}
