package dev.onrush.console;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.RunProgress;
import dev.onrush.core.measure.LiveSnapshot;
import dev.onrush.core.measure.SnapshotListener;

/**
 * Shows the run as it goes: a table redrawn every second in a terminal, plain lines every 5 seconds elsewhere. Draws on a
 * thread of its own, so that a terminal that is held up holds up nobody else.
 */
public final class ProgressConsole implements SnapshotListener, AutoCloseable {
    private static final int REDRAW_SECONDS = 1;
    private static final int PLAIN_SECONDS = 5;

    private final Terminal terminal;
    private final ProgressPage page;
    private final Supplier<RunProgress> progress;
    private final ScheduledExecutorService drawer;
    private volatile @Nullable LiveSnapshot latest;
    private int drawnLines;

    /** @param progress of the engine; safe to ask from any thread */
    public ProgressConsole(
            Terminal terminal, String simulation, Map<String, Long> profileNanos, Supplier<RunProgress> progress) {
        this.terminal = terminal;
        this.page = new ProgressPage(simulation, profileNanos, terminal.columns(), terminal.interactive());
        this.progress = progress;
        this.drawer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "console");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        int seconds = terminal.interactive() ? REDRAW_SECONDS : PLAIN_SECONDS;
        drawer.scheduleAtFixedRate(this::draw, seconds, seconds, TimeUnit.SECONDS);
    }

    @Override
    public void snapshot(LiveSnapshot snapshot) {
        latest = snapshot;
    }

    private void draw() {
        LiveSnapshot snapshot = latest;
        if (snapshot == null) {
            return;
        }
        List<String> lines = page.lines(progress.get(), snapshot);
        StringBuilder text = new StringBuilder();
        if (terminal.interactive() && drawnLines > 0) {
            text.append("\u001b[").append(drawnLines).append("F\u001b[0J");
        }
        for (String line : lines) {
            text.append(line).append(System.lineSeparator());
        }
        terminal.out().print(text);
        terminal.out().flush();
        drawnLines = lines.size();
    }

    /** Draws no more. */
    @Override
    public void close() {
        drawer.shutdownNow();
        try {
            drawer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
