package dev.onrush.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.Segment;

class RunFolderTest {
    @TempDir
    Path results;

    @Test
    void namesThePartOfARunThatIsSplit() {
        Path folder = RunFolder.create(results, "Shop", new Segment(1, 4), Instant.now());

        assertThat(folder.getFileName().toString()).matches("Shop-\\d{8}-\\d{6}-\\d{3}-part1of4");
    }

    @Test
    void runsOfOneMillisecondGetFoldersOfTheirOwn() throws Exception {
        Instant now = Instant.now();
        Set<Path> folders = new HashSet<>();
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Path>> runs = IntStream.range(0, 40)
                    .<Callable<Path>>mapToObj(i -> () -> RunFolder.create(results, "dev.shop.Shop", Segment.WHOLE, now))
                    .toList();
            for (var folder : threads.invokeAll(runs)) {
                folders.add(folder.get());
            }
        } finally {
            threads.shutdownNow();
        }

        System.out.println("FIGURE G38 40 runs in one millisecond: folders " + folders.size());
        assertThat(folders).hasSize(40);
    }

    @Test
    void anEarlierRunIsNeverOverwritten() throws Exception {
        Instant now = Instant.now();
        Path first = RunFolder.create(results, "Shop", Segment.WHOLE, now);
        Files.writeString(first.resolve("events.onrush"), "kept");

        Path second = RunFolder.create(results, "Shop", Segment.WHOLE, now);

        assertThat(second).isNotEqualTo(first).isEmptyDirectory();
        assertThat(first.resolve("events.onrush")).hasContent("kept");
    }

    @Test
    void namesAreSafeAndShort() {
        Instant start = Instant.parse("2026-03-04T05:06:07.008Z");
        for (String odd : List.of("../../x", "a/b", "con\u0000", "ö\u001b[1m", "x".repeat(5_000), "")) {
            Path folder = RunFolder.create(results, odd, Segment.WHOLE, start);

            assertThat(folder.getParent()).isEqualTo(results);
            assertThat(folder.getFileName().toString()).matches("[A-Za-z0-9_-]{0,80}-\\d{8}-\\d{6}-\\d{3}");
        }
    }

    @Test
    void theNewestRunIsNamed() {
        RunFolder.nameNewest(RunFolder.create(results, "First", Segment.WHOLE, Instant.now()));
        Path second = RunFolder.create(results, "Second", Segment.WHOLE, Instant.now());
        RunFolder.nameNewest(second);

        assertThat(results.resolve(RunFolder.LATEST))
                .hasContent(second.getFileName().toString());
        assertThat(results).isDirectoryNotContaining("glob:**.tmp");
    }
}
