package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChildProcessTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path temp;

    private Path classes;

    @BeforeEach
    void compile() throws IOException {
        classes = new CompiledClasses(temp.resolve("src")).with("Child", """
                        import java.nio.file.*;
                        public class Child {
                            public static void main(String[] args) throws Exception {
                                if (args[0].equals("deaf")) {
                                    Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) Thread.onSpinWait(); }));
                                }
                                if (args[0].equals("exit")) System.exit(Integer.parseInt(args[1]));
                                Path ready = Path.of(args[1]);
                                Files.writeString(ready.resolveSibling("part"), "" + ProcessHandle.current().pid());
                                Files.move(ready.resolveSibling("part"), ready);
                                Thread.sleep(60_000);
                            }
                        }
                        """).into(temp.resolve("classes"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void returnsTheExitCode(int exitCode) throws Exception {
        ChildProcess child = new ChildProcess(java("exit", String.valueOf(exitCode)), false, Duration.ofSeconds(5));

        assertThat(child.run()).isEqualTo(exitCode);
    }

    @Test
    void saysThatItCannotBeStarted() {
        ProcessBuilder nothing = new ProcessBuilder(temp.resolve("no-java").toString());

        assertThatThrownBy(() -> new ChildProcess(nothing, false, Duration.ofSeconds(5)).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-java");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsTheProcessWhenTheCallerIsInterrupted() throws Exception {
        assertThat(interrupted("obedient", Duration.ofSeconds(20))).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void killsAProcessThatDoesNotEndInTime() throws Exception {
        assertThat(interrupted("deaf", Duration.ofMillis(300))).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void tellsBySignalWhoKilledTheProcess() throws Exception {
        Path ready = temp.resolve("ready");
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> {
            try {
                return new ChildProcess(java("obedient", ready.toString()), false, Duration.ofSeconds(5)).run();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        child(ready).destroyForcibly();

        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isEqualTo(128 + 9);
    }

    @ParameterizedTest
    @CsvSource({"obedient, false", "deaf, false", "obedient, true", "deaf, true"})
    @DisabledOnOs(OS.WINDOWS)
    void leavesNoOrphanWhenMavenIsStopped(String kind, boolean signalledByTerminal) throws Exception {
        Path ready = temp.resolve("ready");
        Process maven = new ProcessBuilder(
                        JAVA,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maven.class.getName(),
                        String.valueOf(signalledByTerminal),
                        classes.toString(),
                        kind,
                        ready.toString())
                .start();
        ProcessHandle child = child(ready);

        maven.destroy();

        assertThat(maven.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(maven.exitValue()).isEqualTo(128 + 15);
        await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
    }

    /** Stands for Maven: a JVM that runs a child until it is stopped. */
    static final class Maven {
        public static void main(String[] args) throws Exception {
            ProcessBuilder builder = new ProcessBuilder(JAVA, "-cp", args[1], "Child", args[2], args[3]);
            new ChildProcess(builder, Boolean.parseBoolean(args[0]), Duration.ofMillis(500)).run();
        }
    }

    private static ProcessHandle child(Path ready) throws IOException {
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(ready));
        return ProcessHandle.of(Long.parseLong(Files.readString(ready))).orElseThrow();
    }

    private Duration interrupted(String kind, Duration grace) throws Exception {
        Path ready = temp.resolve("ready");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                new ChildProcess(java(kind, ready.toString()), false, grace).run();
            } catch (IOException | InterruptedException e) {
                thrown.set(e);
            }
        });
        caller.start();
        ProcessHandle child = child(ready);

        long begin = System.nanoTime();
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private ProcessBuilder java(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(JAVA, "-cp", classes.toString(), "Child");
        builder.command().addAll(List.of(arguments));
        return builder;
    }
}
