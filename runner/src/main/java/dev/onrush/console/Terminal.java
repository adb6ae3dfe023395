package dev.onrush.console;

import java.io.PrintStream;
import java.lang.reflect.Method;

/**
 * Where output goes.
 *
 * @param out the stream
 * @param interactive whether a person looks at it as it comes: then it is redrawn and coloured, else it is plain lines
 * @param columns width to keep to
 */
public record Terminal(PrintStream out, boolean interactive, int columns) {
    private static final int DEFAULT_COLUMNS = 110;

    /** The process's own standard output. */
    public static Terminal standard() {
        return new Terminal(System.out, isInteractive(), columnsOf(System.getenv("COLUMNS")));
    }

    private static boolean isInteractive() {
        String term = System.getenv("TERM");
        if (term == null || term.equals("dumb") || System.getenv("CI") != null || System.getenv("NO_COLOR") != null) {
            return false;
        }
        return System.console() != null && consoleIsTerminal();
    }

    /** From JDK 22 on there may be a console without a terminal; {@code Console.isTerminal} tells, and is younger than our floor. */
    private static boolean consoleIsTerminal() {
        try {
            Method isTerminal = java.io.Console.class.getMethod("isTerminal");
            return (Boolean) isTerminal.invoke(System.console());
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static int columnsOf(@org.jspecify.annotations.Nullable String columns) {
        try {
            return columns == null ? DEFAULT_COLUMNS : Math.max(60, Integer.parseInt(columns));
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }
}
