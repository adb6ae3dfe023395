package dev.onrush.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link ChildRun} is to start, and which signals it gets when. Immutable: each call returns a new one.
 *
 * <pre>{@code
 * try (var run = ChildRun.of("dev.onrush.Onrush")
 *         .arguments("--simulation", "demo.Shop")
 *         .signalOnLine("requests: \\d+", ChildSignal.INT)
 *         .start()) {
 *     assertThat(run.await(Duration.ofSeconds(20)).exitCode()).isEqualTo(0);
 * }
 * }</pre>
 */
public final class ChildPlan {
    final String mainClass;
    List<String> jvmOptions = List.of();
    List<String> arguments = List.of();
    List<String> prefix = List.of();
    Map<String, String> environment = Map.of();
    String classPath = System.getProperty("java.class.path");

    @Nullable
    Path folder;

    List<OnLine> onLine = List.of();
    List<AtTime> atTime = List.of();

    record OnLine(Pattern pattern, ChildSignal signal) {}

    record AtTime(Duration time, ChildSignal signal) {}

    ChildPlan(String mainClass) {
        this.mainClass = mainClass;
    }

    /** Adds arguments of the program. */
    public ChildPlan arguments(String... more) {
        return with(copy -> copy.arguments = joined(arguments, List.of(more)));
    }

    /** Adds options of the JVM, such as {@code -Xmx64m}. */
    public ChildPlan jvm(String... more) {
        return with(copy -> copy.jvmOptions = joined(jvmOptions, List.of(more)));
    }

    /** Puts a command before the JVM's, such as {@code taskset -c 0}. Signals still go to the JVM if it only execs. */
    public ChildPlan through(String... command) {
        return with(copy -> copy.prefix = List.of(command));
    }

    /** Sets a variable of the environment, besides those of this process. */
    public ChildPlan environment(String name, String value) {
        var more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return with(copy -> copy.environment = more);
    }

    /** Uses this class path instead of that of this JVM. */
    public ChildPlan classPath(String path) {
        return with(copy -> copy.classPath = path);
    }

    /** Starts it in this folder. */
    public ChildPlan folder(Path path) {
        return with(copy -> copy.folder = path);
    }

    /** Sends the signal when a line of either output first contains this regular expression. */
    public ChildPlan signalOnLine(String regex, ChildSignal signal) {
        return with(copy -> copy.onLine = joined(onLine, List.of(new OnLine(Pattern.compile(regex), signal))));
    }

    /** Sends the signal this long after the start. */
    public ChildPlan signalAt(Duration time, ChildSignal signal) {
        return with(copy -> copy.atTime = joined(atTime, List.of(new AtTime(time, signal))));
    }

    /** Starts the process; whoever calls closes it. */
    public ChildRun start() {
        return ChildRun.start(this);
    }

    private ChildPlan with(Consumer<ChildPlan> change) {
        var copy = new ChildPlan(mainClass);
        copy.jvmOptions = jvmOptions;
        copy.arguments = arguments;
        copy.prefix = prefix;
        copy.environment = environment;
        copy.classPath = classPath;
        copy.folder = folder;
        copy.onLine = onLine;
        copy.atTime = atTime;
        change.accept(copy);
        return copy;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
