package dev.onrush.core;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where in the author's code a word was called.
 *
 * @param file source file name, empty if the class was compiled without
 * @param line 1 or more, 0 if unknown
 */
public record CallSite(String file, int line) {
    /** No place in the author's code. */
    public static final CallSite UNKNOWN = new CallSite("", 0);

    private static final StackWalker WALKER = StackWalker.getInstance();

    /**
     * The caller's place for a word that builds a step.
     *
     * @throws DefinitionException inside a session function, {@code before()} or {@code after()}: there a step would be
     *     built and never run
     */
    public static CallSite of(String word) {
        CallSite site = here();
        if (DefinitionPhase.isOver()) {
            throw new DefinitionException(word + " (" + site
                    + ") was called while the simulation runs, and builds a step. Build it before the run,"
                    + " and decide with doIf.");
        }
        return site;
    }

    /** The nearest frame that is not Onrush's own. */
    public static CallSite here() {
        Optional<StackWalker.StackFrame> frame = WALKER.walk(
                frames -> frames.filter(f -> !isOurs(f.getClassName())).findFirst());
        return frame.map(f ->
                        new CallSite(f.getFileName() == null ? "" : f.getFileName(), Math.max(0, f.getLineNumber())))
                .orElse(UNKNOWN);
    }

    /** The nearest frame of a stack trace that is neither Onrush's own nor the JDK's. */
    public static CallSite of(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(f -> !isOurs(f.getClassName()) && !isOfTheJdk(f.getClassName()))
                .findFirst()
                .map(f -> new CallSite(f.getFileName() == null ? "" : f.getFileName(), Math.max(0, f.getLineNumber())))
                .orElse(UNKNOWN);
    }

    private static boolean isOfTheJdk(String className) {
        return className.startsWith("jdk.") || className.startsWith("javax.") || className.startsWith("sun.");
    }

    private static boolean isOurs(String className) {
        return className.startsWith("dev.onrush.core.")
                || className.startsWith("dev.onrush.dsl.")
                || className.startsWith("dev.onrush.http.")
                || className.startsWith("java.");
    }

    @Override
    public String toString() {
        return file.isEmpty() ? "place unknown" : file + ":" + line;
    }
}
