package dev.onrush.report.internal.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.onrush.core.Segment;
import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.report.internal.text.PlainText;
import dev.onrush.report.internal.text.Printed;

/**
 * The logs of the generators that made one load, checked against each other and laid on one time axis, which begins with the
 * earliest of them.
 *
 * @param parts in the order of their segments, else of their beginning
 * @param header of them all
 * @param segments into which the run was split; 1 if the logs do not say
 * @param missing segments of which there is no log, the first of them
 * @param remarks on how they go together
 */
public record GeneratorLogs(
        List<Part> parts, RunHeader header, int segments, List<Segment> missing, List<String> remarks) {
    private static final Duration APART = Duration.ofSeconds(1);
    /** That are named: a log may say that it is one of any number. */
    private static final int MOST_MISSING = 10;

    /**
     * One log.
     *
     * @param offsetNanos when its run began, on the axis of all
     */
    public record Part(RunLog log, Segment segment, long offsetNanos) {}

    /** Of how many segments there is no log. */
    public int missingCount() {
        return missing.isEmpty() ? 0 : segments - parts.size();
    }

    public boolean areSeveral() {
        return parts.size() > 1;
    }

    /** @throws EventLogException if they do not belong together */
    public static GeneratorLogs of(List<RunLog> logs) {
        RunLog first = logs.get(0);
        int segments = segments(logs);
        if (logs.size() == 1) {
            return new GeneratorLogs(
                    List.of(new Part(first, first.segment(), 0)), first.header(), segments, List.of(), List.of());
        }
        for (int i = 1; i < logs.size(); i++) {
            compare(first, logs.get(i), "simulation", RunHeader.SIMULATION);
            compare(first, logs.get(i), "version", RunHeader.VERSION);
            for (RunLog earlier : logs.subList(0, i)) {
                if (earlier.identity().syncMark().equals(logs.get(i).identity().syncMark())) {
                    throw new EventLogException("report: " + earlier.file() + " and "
                            + logs.get(i).file() + " are the same log. Name each log once.");
                }
            }
        }
        Instant earliest = Collections.min(logs.stream().map(RunLog::start).toList());
        List<Part> parts = new ArrayList<>();
        for (RunLog log : logs) {
            long offset = Duration.between(earliest, log.start()).toNanos() / 1000 * 1000;
            parts.add(new Part(log, log.segment(), offset));
        }
        parts.sort(
                Comparator.comparingInt((Part part) -> part.segment().index()).thenComparingLong(Part::offsetNanos));
        List<Segment> missing = missing(parts, segments);
        return new GeneratorLogs(
                List.copyOf(parts), MergedHeader.of(parts, earliest), segments, missing, remarks(parts, segments));
    }

    private static void compare(RunLog one, RunLog other, String what, String key) {
        String first = one.header().get(key);
        String second = other.header().get(key);
        if (!first.equals(second)) {
            throw new EventLogException("report: " + other.file() + " is of " + what + " " + PlainText.of(second) + ", "
                    + one.file() + " of " + PlainText.of(first)
                    + ". Only logs of one run can be merged; name those of its generators.");
        }
    }

    /** Into how many the run was split, as all logs say alike. */
    private static int segments(List<RunLog> logs) {
        Map<Segment, RunLog> bySegment = new HashMap<>();
        TreeSet<Integer> counts = new TreeSet<>();
        for (RunLog log : logs) {
            Segment segment = log.segment();
            counts.add(segment.of());
            RunLog twice = bySegment.put(segment, log);
            if (!segment.isWhole() && twice != null) {
                throw new EventLogException("report: " + twice.file() + " and " + log.file() + " are both segment "
                        + segment + ". Name one log of each segment, all of one run.");
            }
        }
        if (counts.size() > 1) {
            throw new EventLogException("report: the logs are of runs split differently, into "
                    + String.join(" and ", counts.stream().map(String::valueOf).toList())
                    + ". Name the logs of one run.");
        }
        int segments = counts.first();
        if (segments > 1) {
            for (RunLog log : logs) {
                compare(logs.get(0), log, "seed", RunHeader.SEED);
            }
        }
        return segments;
    }

    private static List<Segment> missing(List<Part> parts, int segments) {
        if (segments == 1) {
            return List.of();
        }
        Set<Integer> there = parts.stream().map(part -> part.segment().index()).collect(Collectors.toSet());
        return IntStream.range(0, segments)
                .filter(index -> !there.contains(index))
                .limit(MOST_MISSING)
                .mapToObj(index -> new Segment(index, segments))
                .toList();
    }

    private static List<String> remarks(List<Part> parts, int segments) {
        List<String> remarks = new ArrayList<>();
        long apart = parts.stream().mapToLong(Part::offsetNanos).max().orElse(0);
        remarks.add("By the clocks of their machines they began "
                + (apart == 0 ? "together" : "within " + Printed.seconds(apart / 1e9))
                + (apart > APART.toNanos()
                        ? ": they were started so, or these clocks differ, and then what happened at one time lies at"
                                + " several on the axis. Set the clocks alike."
                        : "; the time axis begins with the first of them."));
        if (segments == 1) {
            remarks.add("Their logs do not say which part of a run each is: they are taken for runs side by side.");
        }
        TreeSet<String> settings = new TreeSet<>();
        for (Part part : parts) {
            part.log().header().values().keySet().stream()
                    .filter(key -> key.startsWith(RunHeader.SETTING_PREFIX)
                            && !key.equals(RunHeader.SETTING_PREFIX + RunHeader.SEGMENT))
                    .forEach(settings::add);
        }
        settings.removeIf(key -> parts.stream()
                        .map(part -> part.log().header().get(key))
                        .distinct()
                        .count()
                == 1);
        if (!settings.isEmpty()) {
            remarks.add("Settings differ between the generators: "
                    + String.join(
                            ", ",
                            settings.stream()
                                    .map(key -> key.substring(RunHeader.SETTING_PREFIX.length()))
                                    .toList())
                    + ". Those of the first are shown.");
        }
        return remarks;
    }
}
