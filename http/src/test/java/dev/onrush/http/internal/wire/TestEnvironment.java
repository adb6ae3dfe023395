package dev.onrush.http.internal.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.onrush.core.eventlog.Names;
import dev.onrush.core.protocol.Deadlines;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.Clock;
import dev.onrush.core.time.RunClock;

/** What an engine offers, without an engine: real clock, real threads. */
final class TestEnvironment implements ProtocolEnvironment, AutoCloseable {
    private final RunClock clock = new RunClock(Clock.system());
    private final ExecutorService blocking = Executors.newCachedThreadPool(daemon("blocking-"));
    private final ScheduledExecutorService control = Executors.newSingleThreadScheduledExecutor(daemon("control-"));
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final int ioThreads;

    TestEnvironment(int ioThreads) {
        this.ioThreads = ioThreads;
    }

    private static ThreadFactory daemon(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public RunClock clock() {
        return clock;
    }

    @Override
    public Settings settings() {
        return Settings.defaults();
    }

    @Override
    public Names names() {
        throw new UnsupportedOperationException("the wire knows no names");
    }

    @Override
    public ThreadFactory ioThreads() {
        return daemon("io-");
    }

    @Override
    public int ioThreadCount() {
        return ioThreads;
    }

    @Override
    public Executor blocking() {
        return blocking;
    }

    @Override
    public Deadlines deadlines() {
        return expired -> new Deadlines.Deadline() {
            private volatile long at = NONE;

            @Override
            public void set(long atNanos) {
                at = atNanos;
                if (atNanos != NONE) {
                    control.schedule(this::look, Math.max(0, atNanos - clock.now()), TimeUnit.NANOSECONDS);
                }
            }

            @Override
            public void close() {
                at = NONE;
            }

            private void look() {
                if (clock.now() >= at) {
                    at = NONE;
                    expired.run();
                }
            }
        };
    }

    @Override
    public int newUserSlot() {
        return 0;
    }

    @Override
    public void outOfMemory() {
        throw new IllegalStateException("out of memory in a test");
    }

    @Override
    public void warn(String text) {
        warnings.add(text);
    }

    @Override
    public void close() {
        control.shutdownNow();
        blocking.shutdownNow();
    }
}
