package dev.onrush.console;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where output goes.
 *
 * @param out the stream
 * @param interactive whether a person looks at it as it comes: then it is redrawn and coloured, else it is plain lines
 * @param columns width to keep to
 * @param rows height to keep to
 */
public record Terminal(PrintStream out, boolean interactive, int columns, int rows) {
    private static final int DEFAULT_COLUMNS = 110;
    private static final int DEFAULT_ROWS = 40;
    private static final int FEWEST_COLUMNS = 60;
    private static final int FEWEST_ROWS = 10;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");

    /** The process's own standard output. */
    public static Terminal standard() {
        return isInteractive() ? sized(System.out, askedSize()) : plain(System.out);
    }

    /** A stream nobody looks at as it comes. */
    public static Terminal plain(PrintStream out) {
        return new Terminal(out, false, DEFAULT_COLUMNS, Integer.MAX_VALUE);
    }

    /** A terminal of a size as {@code stty size} tells it, rows before columns; of a usual size where that is not known. */
    static Terminal sized(PrintStream out, String size) {
        Matcher numbers = SIZE.matcher(size.strip());
        if (!numbers.matches() || Integer.parseInt(numbers.group(2)) == 0) {
            return new Terminal(out, true, DEFAULT_COLUMNS, DEFAULT_ROWS);
        }
        return new Terminal(
                out,
                true,
                Math.max(FEWEST_COLUMNS, Integer.parseInt(numbers.group(2))),
                Math.max(FEWEST_ROWS, Integer.parseInt(numbers.group(1))));
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

    /** Shells do not pass their size on, so the terminal itself is asked; empty where that cannot be done. */
    private static String askedSize() {
        @Nullable Process stty = null;
        try {
            stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                return "";
            }
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return ""; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            if (stty != null) {
                stty.destroy();
            }
        }
    }
}
