package dev.onrush.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.onrush.core.engine.Engine;
import dev.onrush.core.engine.RunStop;

/**
 * What ends a run from outside: the first signal stops new users and leaves the others their grace, the second cuts off, the
 * third ends the process. If the JVM is shut down otherwise, as by {@code System.exit} in an author's code, the run is cut off
 * and its report still written.
 */
final class Interruption implements AutoCloseable {
    /** How long a JVM that goes down waits for the report. */
    private static final long REPORT_SECONDS = 30;

    private final Engine engine;
    private final boolean ownsProcess;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final StopSignals signals;
    private final Thread hook;
    private volatile boolean shutDown;

    Interruption(Engine engine, boolean ownsProcess) {
        this.engine = engine;
        this.ownsProcess = ownsProcess;
        this.signals = new StopSignals(this::signalled, System::nanoTime).install();
        this.hook = new Thread(this::jvmGoesDown, "onrush-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the run was ended from outside. */
    boolean happened() {
        return shutDown || signals.any();
    }

    private void signalled(int count) {
        if (count == 1) {
            System.err.println("onrush: stopping; users may finish within the grace. Once more cuts them off.");
        }
        if (count >= 3) {
            Runtime.getRuntime().halt(ExitCode.CRASHED.code());
        }
        engine.stop();
    }

    private void jvmGoesDown() {
        shutDown = true;
        engine.stopNow(new RunStop("The JVM was shut down while the run went on (System.exit?).", true));
        try {
            finished.await(REPORT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ownsProcess) {
            Runtime.getRuntime().halt(ExitCode.CRASHED.code());
        }
    }

    /** The report is written: signals mean again what they meant before. */
    @Override
    public void close() {
        finished.countDown();
        signals.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook is what it waits for.
        }
    }
}
