package dev.onrush.testkit;

import java.io.Closeable;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** Ends threads and sockets of the testkit, whatever they think of it. */
final class Closing {
    private static final long LONGEST_JOIN_MILLIS = 5000;

    private Closing() {}

    static void quietly(@Nullable Closeable... things) {
        for (Closeable thing : things) {
            try {
                if (thing != null) {
                    thing.close();
                }
            } catch (IOException e) {
                // Closing is all that was wanted.
            }
        }
    }

    /** Waits until the thread has ended; refuses to wait for ever. */
    static void join(Thread thread) {
        try {
            thread.join(LONGEST_JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("thread " + thread.getName() + " did not end within " + LONGEST_JOIN_MILLIS
                    + " ms. Does a route block?");
        }
    }
}
