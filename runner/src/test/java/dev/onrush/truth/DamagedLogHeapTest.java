package dev.onrush.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.SyntheticLog;

/** A damaged log cannot ask for memory (G09). */
@Tag("beside")
class DamagedLogHeapTest {
    @TempDir
    Path folder;

    private void read(int step) throws Exception {
        Path log = SyntheticLog.write(folder, 300, 3, 10);
        try (ChildRun child = ChildRun.of("dev.onrush.truth.DamagedLogs")
                .jvm("-Xmx64m")
                .arguments(log.toString(), Integer.toString(step))
                .start()) {
            ChildResult result = child.await(Duration.ofMinutes(3));
            Figures.print(
                    "G09",
                    "-Xmx64m, log of %d bytes, each %s byte flipped or the begin of a giant number: %s",
                    Files.size(log),
                    step == 1 ? "single" : step + "th",
                    result.out());
            assertThat(result.exitCode()).as(result.toString()).isZero();
            assertThat(result.out()).singleElement().asString().contains(" undetected 0 ");
        }
    }

    @Test
    void readingFlippedBytesAndGiantNumbersTakesLittleMemory() throws Exception {
        read(7);
    }

    @Test
    @Tag("nightly")
    void readingEachFlippedByteTakesLittleMemory() throws Exception {
        read(1);
    }
}
