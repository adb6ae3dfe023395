package dev.onrush.truth;

import java.nio.file.Path;

/** What a test does inside of a network sandbox, in a JVM of its own: its servers, its run, its assertions. See {@link Sandboxed}. */
interface Scene {
    /** @param folder for the results of its runs */
    void play(Path folder) throws Exception;
}
