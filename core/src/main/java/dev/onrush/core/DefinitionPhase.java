package dev.onrush.core;

/** Whether the calling thread is past the point where a simulation may still be defined: in a session function, say. */
public final class DefinitionPhase {
    private static final ThreadLocal<Boolean> OVER = ThreadLocal.withInitial(() -> false);

    private DefinitionPhase() {}

    public static boolean isOver() {
        return OVER.get();
    }

    /** From now on this thread runs and no longer defines; for the threads of an engine. */
    public static void end() {
        OVER.set(true);
    }

    /** Runs {@code task} as code of the run, such as {@code before()}, and allows definitions again afterwards. */
    public static void outside(Runnable task) {
        boolean before = OVER.get();
        OVER.set(true);
        try {
            task.run();
        } finally {
            OVER.set(before);
        }
    }
}
