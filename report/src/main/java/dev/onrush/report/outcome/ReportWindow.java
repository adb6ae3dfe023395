package dev.onrush.report.outcome;

import dev.onrush.report.internal.text.Printed;

/**
 * A part of a run: what ended in it is in the figures, the first instant included, the last not.
 *
 * @param fromSeconds since the run began
 * @param toSeconds since the run began
 * @param runSeconds how long the whole run took
 * @param usersPresent that were there when it began
 */
public record ReportWindow(double fromSeconds, double toSeconds, double runSeconds, long usersPresent) {
    String words() {
        return "A window of the run, from " + Printed.seconds(fromSeconds) + " to " + Printed.seconds(toSeconds)
                + " of "
                + Printed.seconds(runSeconds)
                + ": only what ended in it is counted, and times on the axis begin with it. "
                + Printed.count(usersPresent, "user was", "users were") + " there when it began.";
    }
}
