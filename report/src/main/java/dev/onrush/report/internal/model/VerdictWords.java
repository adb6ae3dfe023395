package dev.onrush.report.internal.model;

import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.RunStatistics;

/** What a verdict means, for people. */
public final class VerdictWords {
    private VerdictWords() {}

    public static String title(VerdictLevel level) {
        return switch (level) {
            case TRUSTWORTHY -> "The generator can be trusted";
            case DEGRADED -> "The generator was disturbed";
            case SATURATED -> "The generator was overloaded";
            case INCOMPLETE -> "The record is incomplete";
        };
    }

    public static String meaning(VerdictLevel level) {
        return switch (level) {
            case TRUSTWORTHY -> "It started everything on time, so these times are the target's.";
            case DEGRADED -> "Some seconds are not to be trusted: look at the reasons before you compare these times.";
            case SATURATED ->
                "It could not do on time what was asked: these figures say more about it than about the target.";
            case INCOMPLETE -> "Part of the run is missing: every count here is a lower bound.";
        };
    }

    /** The last second of the run, as reasons count them. */
    public static long lastSecond(RunStatistics statistics) {
        return Math.max(0, (long) Math.ceil(statistics.run().durationSeconds()) - 1);
    }

    /** The seconds a reason concerns; both ends are included. */
    public static String when(VerdictReason reason, RunStatistics statistics) {
        if (reason.fromSecond() == 0 && reason.toSecond() >= lastSecond(statistics)) {
            return "the whole run";
        }
        return reason.fromSecond() == reason.toSecond()
                ? "second " + reason.fromSecond()
                : "seconds " + reason.fromSecond() + " to " + reason.toSecond();
    }
}
