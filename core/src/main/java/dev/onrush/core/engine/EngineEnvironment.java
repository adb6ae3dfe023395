package dev.onrush.core.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.Names;
import dev.onrush.core.protocol.Deadlines;
import dev.onrush.core.protocol.ExchangeListener;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.RunClock;

/** What an engine offers to the protocols of its run. */
final class EngineEnvironment implements ProtocolEnvironment {
    private final LoadRun run;
    private final ExecutorService blockingThreads;
    private final Executor blocking;
    private final AtomicInteger ioThreads = new AtomicInteger();
    private final AtomicInteger slots = new AtomicInteger();
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    EngineEnvironment(LoadRun run) {
        this.run = run;
        blockingThreads = BlockingThreads.create();
        this.blocking = run.manual != null ? Runnable::run : this::block;
    }

    private void block(Runnable task) {
        blockingThreads.execute(() -> {
            try {
                task.run();
            } catch (OutOfMemoryError out) {
                run.outOfMemory();
            }
        });
    }

    @Override
    public RunClock clock() {
        return run.clock;
    }

    @Override
    public Settings settings() {
        return run.options.settings();
    }

    @Override
    public Names names() {
        return run.options.names();
    }

    @Override
    public ThreadFactory ioThreads() {
        return task -> run.thread(task, "io-" + ioThreads.getAndIncrement(), null);
    }

    @Override
    public int ioThreadCount() {
        return EngineThreads.io(settings());
    }

    @Override
    public Executor blocking() {
        return blocking;
    }

    @Override
    public Deadlines deadlines() {
        return run.control.deadlines();
    }

    @Override
    public int newUserSlot() {
        return slots.getAndIncrement();
    }

    @Override
    public @Nullable ExchangeListener exchanges() {
        return run.options.exchanges();
    }

    @Override
    public boolean isFirst(String what) {
        return done.add(what);
    }

    @Override
    public void warn(String text) {
        run.warn(text);
    }

    @Override
    public void outOfMemory() {
        run.outOfMemory();
    }

    void close() {
        blockingThreads.shutdownNow();
    }
}
