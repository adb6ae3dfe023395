package dev.onrush.examples.target;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Timers that stand still until a test moves them; tasks run on the test's thread at exactly their instant. */
final class HandTimers implements Timers {
    private record Task(long atNanos, long order, Runnable run) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
    private long now;
    private long order;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void after(long delayNanos, Runnable task) {
        tasks.add(new Task(now + delayNanos, order++, task));
    }

    void advance(long nanos) {
        long until = now + nanos;
        while (!tasks.isEmpty() && tasks.peek().atNanos() <= until) {
            Task task = tasks.remove();
            now = task.atNanos();
            task.run().run();
        }
        now = until;
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
