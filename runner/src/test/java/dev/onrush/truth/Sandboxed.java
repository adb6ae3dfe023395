package dev.onrush.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.opentest4j.TestAbortedException;

import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.NetSandbox;

/** Plays a {@link Scene} inside of a network sandbox. Its figures are printed here, and its failures are failures here. */
final class Sandboxed {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int SKIPPED = 77;

    private Sandboxed() {}

    static void play(Class<? extends Scene> scene, Path folder) throws InterruptedException {
        skipWithoutSandbox();
        try (NetSandbox sandbox = NetSandbox.open()) {
            play(sandbox, scene, folder);
        }
    }

    /** In a sandbox that the test has set up. */
    static void play(NetSandbox sandbox, Class<? extends Scene> scene, Path folder) throws InterruptedException {
        try (ChildRun child = sandbox.inside(
                        ChildRun.of(Sandboxed.class).jvm("-Xmx512m").arguments(scene.getName(), folder.toString()))
                .start()) {
            ChildResult result = child.await(PATIENCE);
            result.out().stream().filter(line -> line.startsWith("FIGURE ")).forEach(System.out::println);
            assumeTrue(result.exitCode() != SKIPPED, () -> String.join("\n", result.err()));
            assertThat(result.exitCode()).as(result.toString()).isZero();
        }
    }

    static void skipWithoutSandbox() {
        Optional<String> missing = NetSandbox.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
    }

    /** Inside: plays the scene of that name. */
    public static void main(String[] args) throws Exception {
        try {
            var made = Class.forName(args[0]).getDeclaredConstructor();
            made.setAccessible(true);
            ((Scene) made.newInstance()).play(Path.of(args[1]));
        } catch (TestAbortedException e) {
            System.err.println(e.getMessage());
            System.exit(SKIPPED);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }
}
