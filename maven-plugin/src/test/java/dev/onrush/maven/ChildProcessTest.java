package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildProcessTest {
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
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(ready));
        long pid = Long.parseLong(Files.readString(ready));

        long begin = System.nanoTime();
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private ProcessBuilder java(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classes.toString(), "Child");
        builder.command().addAll(java.util.List.of(arguments));
        return builder;
    }
}
