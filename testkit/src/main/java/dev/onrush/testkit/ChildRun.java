package dev.onrush.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program in a JVM of its own, on the class path of this one, to which signals are sent.
 *
 * <p>Its standard input is empty. Closing kills the process and all its descendants, if they still run. Signals need the
 * {@code kill} program of Linux and macOS. Safe for use by several threads.
 */
public final class ChildRun implements AutoCloseable {
    private static final Duration LONGEST_KILL = Duration.ofSeconds(10);

    private final ChildPlan plan;
    private final Process process;
    private final Path argumentFile;
    private final long startNanos;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final Set<ChildPlan.OnLine> sent = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long endNanos;

    private ChildRun(ChildPlan plan, Process process, Path argumentFile) {
        this.plan = plan;
        this.process = process;
        this.argumentFile = argumentFile;
        this.startNanos = System.nanoTime();
    }

    /** A plan to run this class's {@code main}. */
    public static ChildPlan of(Class<?> main) {
        return of(main.getName());
    }

    /** A plan to run the {@code main} of the class with this name. */
    public static ChildPlan of(String mainClass) {
        return new ChildPlan(mainClass);
    }

    static ChildRun start(ChildPlan plan) {
        try {
            // An argument file: class paths of large builds are longer than a command line may be.
            Path file = Files.createTempFile("onrush-child", ".args");
            var lines = new ArrayList<>(plan.jvmOptions);
            lines.addAll(List.of("-cp", plan.classPath, plan.mainClass));
            lines.addAll(plan.arguments);
            Files.write(file, lines.stream().map(ChildRun::quoted).toList());
            var command = new ArrayList<>(plan.prefix);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("@" + file);
            var builder = new ProcessBuilder(command);
            builder.environment().putAll(plan.environment);
            if (plan.folder != null) {
                builder.directory(plan.folder.toFile());
            }
            Process process = builder.start();
            process.getOutputStream().close();
            var run = new ChildRun(plan, process, file);
            run.watch();
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for " + plan.mainClass, e);
        }
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void watch() {
        threads.add(start("out", () -> gather(process.inputReader(StandardCharsets.UTF_8), out)));
        threads.add(start("err", () -> gather(process.errorReader(StandardCharsets.UTF_8), err)));
        plan.atTime.forEach(due -> threads.add(start("timer", () -> sendWhenDue(due))));
        threads.add(start("end", this::noteEnd));
    }

    private void noteEnd() {
        try {
            process.waitFor();
            endNanos = System.nanoTime();
            ended.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread start(String what, Runnable task) {
        var thread = new Thread(task, "child-run-" + process.pid() + "-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Lines of standard output so far: a copy. */
    public List<String> out() {
        synchronized (out) {
            return List.copyOf(out);
        }
    }

    /** Lines of standard error so far: a copy. */
    public List<String> err() {
        synchronized (err) {
            return List.copyOf(err);
        }
    }

    /** Sends a signal now; does nothing when the process has ended. */
    public void signal(ChildSignal signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            var output = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0 && process.isAlive()) {
                throw new IllegalStateException("kill -" + signal + " " + pid() + " failed: " + output.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until a line of either output contains the regular expression, and returns that line.
     *
     * @throws AssertionError when the time is over or the process has ended without such a line
     */
    public String awaitLine(String regex, Duration atMost) throws InterruptedException {
        var pattern = Pattern.compile(regex);
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        while (true) {
            boolean over = !threads.get(0).isAlive() && !threads.get(1).isAlive();
            var line = Stream.concat(out().stream(), err().stream())
                    .filter(text -> pattern.matcher(text).find())
                    .findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            if (over || System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("no line like \"" + regex + "\" within " + atMost + (over ? ", it ended" : "")
                        + "\nout:\n" + String.join("\n", out()) + "\nerr:\n" + String.join("\n", err()));
            }
            synchronized (out) {
                out.wait(20);
            }
        }
    }

    /**
     * Waits for its end.
     *
     * @throws AssertionError with its output and the stacks of its threads when it does not end in time; it is killed
     */
    public ChildResult await(Duration atMost) throws InterruptedException {
        if (!ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            signal(ChildSignal.CONT);
            String stacks = stacks();
            close();
            throw new AssertionError(plan.mainClass + " did not end within " + atMost + "\nout:\n"
                    + String.join("\n", out()) + "\nerr:\n" + String.join("\n", err()) + "\nstacks:\n" + stacks);
        }
        threads.get(0).join(LONGEST_KILL.toMillis());
        threads.get(1).join(LONGEST_KILL.toMillis());
        return new ChildResult(process.exitValue(), out(), err(), Duration.ofNanos(endNanos - startNanos));
    }

    private String stacks() throws InterruptedException {
        try {
            Process jstack = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jstack")
                                    .toString(),
                            Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            if (!jstack.waitFor(5, TimeUnit.SECONDS)) {
                jstack.destroyForcibly();
            }
            return new String(jstack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "not to be had: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        var all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!process.waitFor(LONGEST_KILL.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + pid() + " does not end");
            }
            Files.deleteIfExists(argumentFile);
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join(LONGEST_KILL.toMillis());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + argumentFile, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void gather(BufferedReader reader, List<String> lines) {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                synchronized (out) {
                    out.notifyAll();
                }
                sendOn(line);
            }
        } catch (IOException e) {
            // The process was killed.
        }
    }

    private void sendOn(String line) {
        for (ChildPlan.OnLine rule : plan.onLine) {
            if (rule.pattern().matcher(line).find() && sent.add(rule)) {
                signal(rule.signal());
            }
        }
    }

    private void sendWhenDue(ChildPlan.AtTime due) {
        try {
            long leftNanos = startNanos + due.time().toNanos() - System.nanoTime();
            if (!ended.await(leftNanos, TimeUnit.NANOSECONDS)) {
                signal(due.signal());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
