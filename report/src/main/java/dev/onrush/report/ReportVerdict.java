package dev.onrush.report;

import java.util.List;

/**
 * Whether the generator can be trusted in this run, and why.
 *
 * @param reasons empty only if it is trustworthy
 */
public record ReportVerdict(Level level, List<Reason> reasons) {
    public static final ReportVerdict TRUSTWORTHY = new ReportVerdict(Level.TRUSTWORTHY, List.of());

    public ReportVerdict {
        reasons = List.copyOf(reasons);
    }

    /** The worse comes later. */
    public enum Level {
        TRUSTWORTHY("The generator can be trusted", "It started everything on time, so these times are the target's."),
        DEGRADED(
                "The generator was disturbed",
                "Some seconds are not to be trusted: look at the reasons before you compare these times."),
        SATURATED(
                "The generator was overloaded",
                "It could not start what was due on time: these figures say more about it than about the target."),
        INCOMPLETE("The record is incomplete", "Part of the run is missing: every count here is a lower bound.");

        private final String title;
        private final String meaning;

        Level(String title, String meaning) {
            this.title = title;
            this.meaning = meaning;
        }

        public String title() {
            return title;
        }

        public String meaning() {
            return meaning;
        }
    }

    /**
     * One reason.
     *
     * @param fromSeconds when it began, since the run began
     * @param toSeconds when it ended
     */
    public record Reason(String text, double fromSeconds, double toSeconds) {}
}
