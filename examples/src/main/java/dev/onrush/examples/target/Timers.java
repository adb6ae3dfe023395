package dev.onrush.examples.target;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Monotonic time, and tasks that run later; handed in so that tests move it by hand. */
interface Timers extends AutoCloseable {

    long nanoTime();

    /** Runs the task once, not before so many nanoseconds have passed. Tasks must not block. */
    void after(long delayNanos, Runnable task);

    @Override
    void close();

    /** Timers on one daemon thread of their own. */
    static Timers onThread(String name) {
        var executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new Timers() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // tasks report their own failures
            public void after(long delayNanos, Runnable task) {
                if (!executor.isShutdown()) {
                    executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
                }
            }

            @Override
            public void close() {
                executor.shutdownNow();
            }
        };
    }
}
