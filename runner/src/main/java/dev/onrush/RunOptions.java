package dev.onrush;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.SnapshotListener;

/**
 * How a simulation is run, besides what it says itself. Immutable: each call returns a new value.
 *
 * <pre>{@code
 * Onrush.run(ShopSimulation.class, RunOptions.defaults().results(Path.of("out")).description("before the cache"));
 * }</pre>
 */
public final class RunOptions {
    private static final RunOptions DEFAULTS = new RunOptions(null, "", true, true, List.of(), List.of());

    private final @Nullable Path results;
    private final String description;
    private final boolean report;
    private final boolean console;
    private final List<SnapshotListener> listeners;
    private final List<Object> registries;

    private RunOptions(
            @Nullable Path results,
            String description,
            boolean report,
            boolean console,
            List<SnapshotListener> listeners,
            List<Object> registries) {
        this.results = results;
        this.description = description;
        this.report = report;
        this.console = console;
        this.listeners = List.copyOf(listeners);
        this.registries = List.copyOf(registries);
    }

    /** Results where the settings say, no description, a report, the console, no listeners. */
    public static RunOptions defaults() {
        return DEFAULTS;
    }

    /** The folder in which the run gets a folder of its own. */
    public RunOptions results(Path folder) {
        return new RunOptions(folder, description, report, console, listeners, registries);
    }

    /** A text shown in the report. */
    public RunOptions description(String text) {
        return new RunOptions(results, text, report, console, listeners, registries);
    }

    /** No page and no files but the event log and {@code summary.json}. */
    public RunOptions withoutReport() {
        return new RunOptions(results, description, false, console, listeners, registries);
    }

    /** Nothing is written to standard output. */
    public RunOptions quiet() {
        return new RunOptions(results, description, report, false, listeners, registries);
    }

    /** One more listener that is told of the run once a second. */
    public RunOptions listener(SnapshotListener listener) {
        List<SnapshotListener> more = new ArrayList<>(listeners);
        more.add(listener);
        return new RunOptions(results, description, report, console, more, registries);
    }

    /** One more registry that gets the run's figures once a second; docs/metrics.md lists them. The caller closes it. */
    public RunOptions registry(MeterRegistry registry) {
        List<Object> more = new ArrayList<>(registries);
        more.add(registry);
        return new RunOptions(results, description, report, console, listeners, more);
    }

    public @Nullable Path results() {
        return results;
    }

    public String description() {
        return description;
    }

    public boolean writesReport() {
        return report;
    }

    public boolean writesConsole() {
        return console;
    }

    public List<SnapshotListener> listeners() {
        return listeners;
    }

    /** As objects, so that a class path without Micrometer can load this class; each is a {@link MeterRegistry}. */
    public List<Object> registries() {
        return registries;
    }
}
