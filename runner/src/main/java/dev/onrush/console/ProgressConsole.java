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
    /** Lines longer than the terminal are cut by it instead of wrapped: else the table would not know its height. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final Terminal terminal;
    private final ProgressPage page;
    private final Supplier<RunProgress> progress;
    private final ScheduledExecutorService drawer;
    private volatile @Nullable LiveSnapshot latest;
    private int drawnLines;

    /**
     * @param closedNanos length of each closed profile, by scenario
     * @param progress of the engine; safe to ask from any thread
     */
    public ProgressConsole(
            Terminal terminal, String simulation, Map<String, Long> closedNanos, Supplier<RunProgress> progress) {
        this.terminal = terminal;
        this.page =
                new ProgressPage(simulation, closedNanos, terminal.columns(), terminal.rows(), terminal.interactive());
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

    private synchronized void draw() {
        LiveSnapshot snapshot = latest;
        if (snapshot == null) {
            return;
        }
        List<String> lines = page.lines(progress.get(), snapshot);
        StringBuilder text = new StringBuilder();
        if (terminal.interactive()) {
            text.append(erased()).append(NO_WRAP);
        }
        for (String line : lines) {
            text.append(line).append(System.lineSeparator());
        }
        if (terminal.interactive()) {
            text.append(WRAP);
            drawnLines = lines.size();
        } else {
            text.append(System.lineSeparator());
        }
        terminal.out().print(text);
        terminal.out().flush();
    }

    /** Says something beside the table, on standard error, so that it stays. From any thread. */
    public synchronized void say(String line) {
        erase();
        System.err.println("onrush: " + line);
    }

    private String erased() {
        return drawnLines == 0 ? "" : "\u001b[" + drawnLines + "F\u001b[0J";
    }

    /** Draws no more, and takes the live table away: the summary, with the final numbers, takes its place. */
    @Override
    public void close() {
        drawer.shutdownNow();
        try {
            drawer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        erase();
    }

    private synchronized void erase() {
        if (drawnLines > 0) {
            terminal.out().print(erased());
            terminal.out().flush();
            drawnLines = 0;
        }
    }
}
