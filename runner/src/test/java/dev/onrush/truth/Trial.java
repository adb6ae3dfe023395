package dev.onrush.truth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.console.Terminal;
import dev.onrush.dsl.Simulation;
import dev.onrush.runner.SimulationRun;
import dev.onrush.testkit.ChildPlan;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.LeakProbe;
import dev.onrush.testkit.TestCertificates;

/**
 * One run of a simulation to be looked at: in this JVM or in one of its own. Values reach the simulation as system
 * properties, see {@link #text}. Immutable: each call returns a new one.
 */
final class Trial {
    private static final String PREFIX = "truth.";

    private final Class<? extends Simulation> type;
    private final Path results;
    private final Map<String, String> properties;
    private final @Nullable MeterRegistry registry;
    private final Runnable afterwards;

    private Trial(
            Class<? extends Simulation> type,
            Path results,
            Map<String, String> properties,
            @Nullable MeterRegistry registry,
            Runnable afterwards) {
        this.type = type;
        this.results = results;
        this.properties = Map.copyOf(properties);
        this.registry = registry;
        this.afterwards = afterwards;
    }

    static Trial of(Class<? extends Simulation> type, Path results) {
        return new Trial(type, results, Map.of(), null, () -> {});
    }

    /** A value for the simulation. */
    Trial with(String key, Object value) {
        return property(PREFIX + key, value.toString());
    }

    /** Four I/O threads and four loops. */
    Trial onFourThreads() {
        return property("onrush.io.threads", "4").property("onrush.loop.threads", "4");
    }

    /** One I/O thread and one loop. */
    Trial onOneThreadEach() {
        return property("onrush.io.threads", "1").property("onrush.loop.threads", "1");
    }

    /** One I/O thread, which all connections share. */
    Trial onOneIoThread() {
        return property("onrush.io.threads", "1");
    }

    Trial registry(MeterRegistry meters) {
        return new Trial(type, results, properties, meters, afterwards);
    }

    /** A setting of the run, by its key. */
    Trial setting(String key, Object value) {
        return property("onrush." + key, value.toString());
    }

    /** Trusts the test authority, as a JVM is told to. */
    Trial trustingTestAuthority() {
        return property(
                        "javax.net.ssl.trustStore",
                        TestCertificates.truststoreFile().toString())
                .property("javax.net.ssl.trustStorePassword", TestCertificates.PASSWORD);
    }

    /** Does this when the run is over, before it is looked at what was left: targets whose threads came with the run. */
    Trial afterwards(Runnable task) {
        return new Trial(type, results, properties, registry, task);
    }

    /** A setting, or any other system property. */
    Trial property(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new Trial(type, results, more, registry, afterwards);
    }

    /** What {@link #with} gave, inside of the simulation. */
    static String text(String key) {
        return Optional.ofNullable(System.getProperty(PREFIX + key))
                .orElseThrow(() -> new IllegalStateException("no value " + key));
    }

    static int number(String key) {
        return Integer.parseInt(text(key));
    }

    /** Runs it here; what it leaves behind in threads and descriptors is refused. */
    TrialRun run() {
        try (LeakProbe probe = LeakProbe.watching()) {
            return runBesideServers();
        }
    }

    /** Runs it here, while servers come and go, so that what is left behind cannot be told. */
    TrialRun runBesideServers() {
        properties.forEach(System::setProperty);
        try {
            ByteArrayOutputStream console = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
            RunOptions options = RunOptions.defaults().results(results);
            if (registry != null) {
                options = options.registry(registry);
            }
            long startNanos = System.nanoTime();
            RunResult result = new SimulationRun(options, new Terminal(out, false, 140, 40), false).run(type);
            Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
            afterwards.run();
            Path folder = result.folder().orElseThrow(() -> new AssertionError("not run: " + result.problems()));
            return TrialRun.of(
                    folder, console.toString(StandardCharsets.UTF_8).lines().toList(), result.exitCode(), took);
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    /** How it is started in a JVM of its own. */
    ChildPlan child(String... jvm) {
        return program("dev.onrush.Onrush", "--simulation", type.getName(), "--results", results.toString())
                .jvm(jvm);
    }

    /** How a program of its own, which runs the simulation, is started in a JVM of its own. */
    ChildPlan child(Class<?> main, String... arguments) {
        return program(main.getName(), arguments);
    }

    private ChildPlan program(String main, String... arguments) {
        ChildPlan plan = ChildRun.of(main).arguments(arguments);
        for (Map.Entry<String, String> property : properties.entrySet()) {
            plan = plan.jvm("-D" + property.getKey() + "=" + property.getValue());
        }
        return plan;
    }

    /** What a JVM that was started so left in the results folder. */
    TrialRun after(ChildResult result) {
        return TrialRun.of(folder(), result.out(), result.exitCode(), result.took());
    }

    /** The folder of the newest run. */
    Path folder() {
        try {
            return results.resolve(
                    Files.readString(results.resolve("latest.txt")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("no run in " + results, e);
        }
    }
}
