package dev.onrush.maven;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * What one forked run came to.
 *
 * @param runFolder null if the run left none, as after a mistake in the definition
 * @param muted a failed assertion of this run does not fail the build
 */
record Outcome(String simulation, int exitCode, @Nullable Path runFolder, boolean muted) {
    private static final int ASSERTION_FAILED = 2;

    /** Whether the build may go on. */
    boolean passes() {
        return exitCode == 0 || muted && exitCode == ASSERTION_FAILED;
    }

    /** One line: simulation, exit code with its meaning, and where the report is. */
    String text() {
        return simulation + ": exit code " + exitCode + " (" + meaning() + ")." + place();
    }

    private String place() {
        if (runFolder == null) {
            return "";
        }
        Path page = runFolder.resolve("index.html");
        return Files.exists(page) ? " Report: " + page : " Run folder, without a report: " + runFolder;
    }

    private String meaning() {
        return switch (exitCode) {
            case 0 -> "run done, all assertions hold";
            case 1 -> "wrong usage or a mistake in the definition, nothing was sent; the cause is printed above";
            case ASSERTION_FAILED -> "an assertion failed";
            case 3 -> "the run crashed or was aborted; the cause is printed above";
            case 4 -> "the generator was not trustworthy, see the verdict in the report";
            default ->
                exitCode > 128 && exitCode < 128 + 65
                        ? "the JVM was ended by signal " + (exitCode - 128)
                        : "not a code of Onrush, the JVM ended by itself";
        };
    }
}
