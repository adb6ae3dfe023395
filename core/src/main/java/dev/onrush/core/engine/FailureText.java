package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

/** What an exception says, bounded and safe: authors' exceptions may have cyclic causes, endless messages, or a {@code getMessage} that throws. */
public final class FailureText {
    private static final int LONGEST = 200;
    private static final int DEEPEST = 20;
    private static final int FRAMES = 20;
    private static final int HELD_INNERMOST = 2;
    private static final int HELD_AUTHORS = 4;

    private FailureText() {}

    /** Class and message, at most 200 characters, on one line. */
    public static String of(Throwable failure) {
        String message = message(failure);
        String type = failure.getClass().getName();
        String name = type.startsWith("java.lang.") ? type.substring("java.lang.".length()) : type;
        return cut(message == null || message.isBlank() ? name : name + ": " + message);
    }

    /** At most 200 characters, on one line. */
    public static String cut(String text) {
        String bounded = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
        StringBuilder line = null;
        for (int i = 0; i < bounded.length(); i++) {
            if (bounded.charAt(i) < ' ') {
                line = line == null ? new StringBuilder(bounded) : line;
                line.setCharAt(i, ' ');
            }
        }
        return line == null ? bounded : line.toString();
    }

    /** The first frames of it and of its causes, at most 20 causes deep and 20 frames each. */
    public static String stack(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            text.append(depth == 0 ? "" : "caused by ").append(of(at)).append('\n');
            frames(at, text);
            Throwable cause = cause(at);
            at = cause == at ? null : cause;
        }
        return text.toString();
    }

    /** The innermost frames of a thread that is held, and whose code it is: what lies between, and around, says nothing. */
    static String heldStack(StackTraceElement[] frames) {
        StringBuilder text = new StringBuilder();
        int authors = 0;
        for (int i = 0; i < frames.length && authors < HELD_AUTHORS; i++) {
            boolean isAuthors = !isMachinery(frames[i].getClassName());
            authors += isAuthors ? 1 : 0;
            if (i < HELD_INNERMOST || isAuthors) {
                text.append("at ").append(frames[i]).append('\n');
            }
        }
        for (int i = HELD_INNERMOST; authors == 0 && i < Math.min(FRAMES, frames.length); i++) {
            text.append("at ").append(frames[i]).append('\n');
        }
        return text.toString();
    }

    private static boolean isMachinery(String type) {
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("sun.")
                || type.startsWith("dev.onrush.core.")
                || type.startsWith("dev.onrush.dsl.")
                || type.startsWith("dev.onrush.http.")
                || type.startsWith("org.apache.hc.");
    }

    private static void frames(Throwable failure, StringBuilder text) {
        try {
            append(failure.getStackTrace(), text);
        } catch (RuntimeException | StackOverflowError hostile) {
            text.append("    (its stack trace cannot be read)\n");
        }
    }

    private static void append(StackTraceElement[] frames, StringBuilder text) {
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            text.append("    at ").append(frames[i]).append('\n');
        }
    }

    private static @Nullable Throwable cause(Throwable failure) {
        try {
            return failure.getCause();
        } catch (RuntimeException | StackOverflowError hostile) {
            return null;
        }
    }

    private static @Nullable String message(Throwable failure) {
        try {
            return failure.getMessage();
        } catch (RuntimeException | StackOverflowError hostile) {
            return "(its getMessage threw " + hostile.getClass().getName() + ")";
        }
    }
}
