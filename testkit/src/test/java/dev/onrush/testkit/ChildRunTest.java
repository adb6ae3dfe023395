package dev.onrush.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildRunTest {
    @Test
    void collectsExitCodeAndOutput(@TempDir Path folder) throws Exception {
        try (var run = ChildRun.of(Talks.class)
                .jvm("-Dmood=very \"good\"")
                .arguments("a b", "")
                .environment("COLOUR", "red")
                .folder(folder)
                .start()) {
            var result = run.await(ofSeconds(20));

            assertThat(result.exitCode()).isEqualTo(7);
            assertThat(result.out()).containsExactly("a b||red|very \"good\"|" + folder.toRealPath(), "input ended");
            assertThat(result.err()).containsExactly("a complaint");
            assertThat(result.took()).isBetween(Duration.ZERO, ofSeconds(20));
        }
    }

    @Test
    void sendsASignalWhenALineComes() throws Exception {
        try (var run =
                ChildRun.of(Waits.class).signalOnLine("^wait", ChildSignal.TERM).start()) {
            var result = run.await(ofSeconds(20));

            assertThat(result.exitCode()).isEqualTo(143);
            assertThat(result.out()).containsExactly("waiting", "hook ran");
        }
    }

    @Test
    void sendsASignalAtATime() throws Exception {
        try (var run = ChildRun.of(Waits.class)
                .signalAt(Duration.ofMillis(1500), ChildSignal.KILL)
                .start()) {
            var result = run.await(ofSeconds(20));

            assertThat(result.exitCode()).isEqualTo(137);
            assertThat(result.out()).doesNotContain("hook ran");
            assertThat(result.took()).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
        }
    }

    @Test
    void freezesAndGoesOn() throws Exception {
        try (var run = ChildRun.of(Waits.class).start()) {
            run.awaitLine("waiting", ofSeconds(20));

            run.signal(ChildSignal.STOP);
            await().until(() -> state(run.pid()) == 'T');
            run.signal(ChildSignal.CONT);
            await().until(() -> state(run.pid()) != 'T');
            run.signal(ChildSignal.INT);

            assertThat(run.await(ofSeconds(20)).exitCode()).isEqualTo(130);
        }
    }

    @Test
    void tellsWhatAChildWasDoingThatDoesNotEndAndKillsIt() throws Exception {
        try (var run = ChildRun.of(Waits.class).start()) {
            run.awaitLine("waiting", ofSeconds(20));

            assertThatThrownBy(() -> run.await(Duration.ofMillis(50)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("did not end within PT0.05S\nout:\nwaiting\n")
                    .hasMessageContaining("CountDownLatch.await");
            assertThat(run.isAlive()).isFalse();
        }
    }

    @Test
    void killsTheWholeTreeWhenClosed() throws Exception {
        ProcessHandle grandchild;
        try (var run = ChildRun.of(HasChild.class).start()) {
            long pid = Long.parseLong(run.awaitLine("^\\d+$", ofSeconds(20)));
            grandchild = ProcessHandle.of(pid).orElseThrow();
            assertThat(grandchild.isAlive()).isTrue();
        }

        await().until(() -> !grandchild.isAlive());
    }

    @Test
    void saysSoWhenTheAwaitedLineNeverCame() throws Exception {
        try (var run = ChildRun.of(Talks.class).start()) {
            assertThatThrownBy(() -> run.awaitLine("nonsense", ofSeconds(20)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("no line like \"nonsense\" within PT20S, it ended\nout:\n");
        }
    }

    @Test
    void runsTheTruthServerInItsOwnJvm(@TempDir Path folder) throws Exception {
        Path ledger = folder.resolve("ledger.csv");
        try (var run = ChildRun.of(TruthServer.class)
                .arguments("--body", "5", "--ledger", ledger.toString())
                .start()) {
            int port = Integer.parseInt(run.awaitLine("^\\d+$", ofSeconds(20)));
            var url = java.net.URI.create("http://127.0.0.1:" + port + "/x").toURL();
            try (var body = url.openStream()) {
                assertThat(body.readAllBytes()).hasSize(5);
            }

            run.signal(ChildSignal.TERM);
            run.await(ofSeconds(20));

            assertThat(Files.readAllLines(ledger)).hasSize(2).last().asString().contains(",GET,/x,,0,200,");
        }
    }

    private static char state(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    static final class Talks {
        public static void main(String[] args) throws Exception {
            System.out.println(String.join("|", args) + "|" + System.getenv("COLOUR") + "|" + System.getProperty("mood")
                    + "|" + Path.of("").toRealPath());
            System.err.println("a complaint");
            System.out.println(System.in.read() < 0 ? "input ended" : "input");
            System.exit(7);
        }
    }

    static final class Waits {
        public static void main(String[] args) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
            System.out.println("waiting");
            new CountDownLatch(1).await();
        }
    }

    static final class HasChild {
        public static void main(String[] args) throws Exception {
            var child = new ProcessBuilder("sleep", "600").start();
            System.out.println(child.pid());
            child.waitFor();
        }
    }
}
