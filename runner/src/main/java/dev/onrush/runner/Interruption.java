package dev.onrush.runner;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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

    /** Whoever sends SIGTERM kills soon after, Kubernetes after 30 s: what is left is for the report. */
    private static final Duration LONGEST_GRACE_OF_TERM = Duration.ofSeconds(20);

    private static final RunStop STOPPED_JVM =
            new RunStop("The JVM was shut down while the run went on (System.exit?).", true);

    private final Engine engine;
    private final boolean ownsProcess;
    private final Duration grace;
    private final Consumer<String> notice;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final StopSignals signals;
    private final Thread hook;
    private volatile boolean shutDown;

    /** @param notice told in one line what a signal does */
    Interruption(Engine engine, boolean ownsProcess, Duration grace, Consumer<String> notice) {
        this.engine = engine;
        this.ownsProcess = ownsProcess;
        this.grace = grace;
        this.notice = notice;
        this.hook = new Thread(this::jvmGoesDown, "onrush-shutdown");
        this.signals = new StopSignals(this::signalled, System::nanoTime).install();
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            shutDown = true; // the JVM goes down already
            engine.stopNow(STOPPED_JVM);
        }
    }

    /** Whether the run was ended from outside. */
    boolean happened() {
        return shutDown || signals.count() > 0;
    }

    /** Whether nothing is to be waited for any more but the report. */
    boolean isUrgent() {
        return shutDown || signals.count() > 1;
    }

    private void signalled(String name, int count) {
        if (count >= 3) {
            Runtime.getRuntime().halt(ExitCode.CRASHED.code());
        }
        engine.stop();
        boolean term = name.equals("TERM") && grace.compareTo(LONGEST_GRACE_OF_TERM) > 0;
        if (term && count == 1) {
            CompletableFuture.delayedExecutor(LONGEST_GRACE_OF_TERM.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(engine::stop);
        }
        notice.accept(
                count == 1
                        ? "stopping: no more users start, those present may go on for "
                                + (term ? LONGEST_GRACE_OF_TERM : grace).toMillis() / 1000.0
                                + " s. Once more (Ctrl-C) cuts them off."
                        : "cut off; writing the report. Once more (Ctrl-C) ends without it.");
    }

    private void jvmGoesDown() {
        shutDown = true;
        engine.stopNow(STOPPED_JVM);
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
