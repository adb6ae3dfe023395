package dev.onrush.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakProbeTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static byte[] kept;

    @Test
    void isSilentWhenNothingIsLeft() {
        try (var probe = LeakProbe.watching("truth-server-").heapGrowthAtMost(4 << 20)) {
            TruthServer.start().close();
        }
    }

    @Test
    void namesAThreadThatWasLeft() {
        var end = new CountDownLatch(1);
        var probe = LeakProbe.watching("leaky-").patience(SHORT);
        var thread = new Thread(() -> awaitQuietly(end), "leaky-1");
        thread.start();

        assertThatThrownBy(probe::assertNothingLeft)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("left behind after 100 ms:\n  thread leaky-1 (");

        end.countDown();
        assertThatCode(LeakProbe.watching("leaky-")::assertNothingLeft).doesNotThrowAnyException();
    }

    @Test
    void waitsForWhatIsStillEnding() {
        var probe = LeakProbe.watching("ending-");
        var thread = new Thread(() -> awaitQuietly(new CountDownLatch(1)), "ending-1");
        thread.start();

        assertThatCode(probe::assertNothingLeft).doesNotThrowAnyException();
    }

    @Test
    void namesDescriptorsThatWereLeft(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("log"));
        new ServerSocket(0).close();
        var probe = LeakProbe.watching("none-").patience(SHORT);
        try (var open = Files.newInputStream(file);
                var socket = new ServerSocket(0)) {
            assertThatThrownBy(probe::assertNothingLeft)
                    .hasMessageContaining("descriptors " + file.toRealPath() + ": 1 more")
                    .hasMessageContaining("descriptors socket: 1 more");
        }
        probe.assertNothingLeft();
    }

    @Test
    void expectsCountsToComeBackToZero() {
        var leased = new AtomicLong();
        var probe = LeakProbe.watching("none-").patience(SHORT).zero("leased connections", leased::get);
        leased.set(3);

        assertThatThrownBy(probe::assertNothingLeft).hasMessage("left behind after 100 ms:\n  leased connections: 3");

        leased.set(0);
        probe.assertNothingLeft();
    }

    @Test
    void measuresWhatIsLeftOfTheHeap() {
        var probe = LeakProbe.watching("none-").patience(SHORT).heapGrowthAtMost(8 << 20);
        kept = new byte[32 << 20];

        assertThatThrownBy(probe::assertNothingLeft)
                .hasMessageMatching("(?s).*heap: 3\\d{7} bytes more after collection, at most 8388608 expected");

        assertThat(kept).hasSize(32 << 20);
        kept = null;
        probe.assertNothingLeft();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(300, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
