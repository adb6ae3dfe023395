package dev.onrush.maven;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A forked process that never outlives this JVM: when Maven is stopped, so is the child, with time to write its report.
 *
 * <p>Streams are inherited: the child sees a terminal exactly where Maven does, and its output appears as it comes. It
 * belongs to Maven's process group, so Ctrl-C in a terminal reaches it directly; there it is only waited for, because
 * for the run a second signal means "at once". Without a terminal it is sent SIGTERM, as nobody else may have told it.
 */
final class ChildProcess {
    private final ProcessBuilder builder;
    private final boolean signalledByTerminal;
    private final Duration grace;
    private @Nullable Process process;
    private boolean stopped;

    /** Takes the grace as the time between two degrees of insistence: signalled, SIGTERM, SIGKILL. */
    ChildProcess(ProcessBuilder builder, boolean signalledByTerminal, Duration grace) {
        this.builder = builder;
        this.signalledByTerminal = signalledByTerminal;
        this.grace = grace;
    }

    /**
     * Runs the process to its end and returns its exit code; 128 + n if signal n ended it.
     *
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the calling thread is interrupted; the process has ended by then
     */
    int run() throws IOException, InterruptedException {
        Thread hook = new Thread(() -> stop(signalledByTerminal), "onrush-stop-child");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw new IOException("Maven is being stopped", e);
        }
        try {
            return start().waitFor();
        } catch (InterruptedException e) {
            stop(false);
            throw e;
        } finally {
            removeHook(hook);
        }
    }

    private synchronized Process start() throws IOException {
        if (stopped) {
            throw new IOException("Maven is being stopped");
        }
        Process started = builder.inheritIO().start();
        process = started;
        return started;
    }

    /** Ends the process if it runs and keeps it from starting if it does not yet. */
    private void stop(boolean knowsAlready) {
        Process running;
        synchronized (this) {
            stopped = true;
            running = process;
        }
        if (running == null || knowsAlready && ended(running)) {
            return;
        }
        running.destroy();
        if (!ended(running)) {
            running.destroyForcibly();
        }
    }

    private boolean ended(Process running) {
        try {
            return running.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook is doing its work.
            return;
        }
    }
}
