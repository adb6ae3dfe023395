package dev.onrush.testkit;

import java.time.Duration;
import java.util.List;

/**
 * How a child JVM ended.
 *
 * @param exitCode its exit code; 128 + number after a signal it did not handle
 * @param out lines of standard output
 * @param err lines of standard error
 * @param took from start to end
 */
public record ChildResult(int exitCode, List<String> out, List<String> err, Duration took) {
    public ChildResult {
        out = List.copyOf(out);
        err = List.copyOf(err);
    }

    /** Both outputs as one text, for messages of failed tests. */
    @Override
    public String toString() {
        return "exit code " + exitCode + " after " + took.toMillis() + " ms\nout:\n" + String.join("\n", out)
                + "\nerr:\n" + String.join("\n", err);
    }
}
