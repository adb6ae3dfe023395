package dev.onrush.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class ReadProgressLinesTest {
    @Test
    void tellsOfALongLogEveryTwoSecondsAndNothingOfAShortOne() {
        var said = new ByteArrayOutputStream();
        var now = new AtomicLong(5_000_000_000L);
        var progress = new ReadProgressLines(new PrintStream(said, true, UTF_8), now::get);
        Path log = Path.of("run", "events.onrush");

        for (int tenth = 1; tenth <= 45; tenth++) {
            now.addAndGet(100_000_000);
            progress.read(log, tenth * 10L << 20, 450L << 20);
        }

        assertThat(said.toString(UTF_8).lines())
                .containsExactly("Reading " + log + ": 44 % of 450 MiB", "Reading " + log + ": 88 % of 450 MiB");
    }
}
