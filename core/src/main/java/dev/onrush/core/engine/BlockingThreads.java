package dev.onrush.core.engine;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.onrush.core.DefinitionPhase;

/** Threads for what waits, {@code blocking-0} and on, made on demand: virtual ones where the JVM has them (Java 21 and later). */
final class BlockingThreads {
    private static final String NAME = "blocking-";

    private BlockingThreads() {}

    static ExecutorService create() {
        try {
            Method ofVirtual = Thread.class.getMethod("ofVirtual");
            Object builder = ofVirtual.invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, NAME, 0L);
            ThreadFactory virtual = (ThreadFactory) type.getMethod("factory").invoke(named);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, (ThreadFactory) task -> virtual.newThread(running(task)));
        } catch (ReflectiveOperationException notOffered) {
            return onDemand();
        }
    }

    /** As many as are needed at once; one that has nothing to do for 10 s ends. */
    static ExecutorService onDemand() {
        AtomicInteger numbers = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(running(task), NAME + numbers.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static Runnable running(Runnable task) {
        return () -> {
            DefinitionPhase.end();
            task.run();
        };
    }
}
