package dev.onrush.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("beside")
class ProgressConsoleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void redrawsInATerminalEverySecondAndTakesTheTableAwayAtTheEnd() {
        try (var console = console(Terminal.sized(out, "30 100"))) {
            console.start();
            await().atMost(Duration.ofSeconds(5)).until(() -> text().split("\u001b\\[4F", -1).length > 2);
        }

        assertThat(text()).contains("\u001b[4F\u001b[0J\u001b[?7l\u001b[1m00:00:01  Shop");
        assertThat(text()).endsWith("\u001b[?7h\u001b[4F\u001b[0J");
    }

    @Test
    void writesPlainLinesEveryFiveSecondsElsewhere() {
        long start = System.nanoTime();
        try (var console = console(Terminal.plain(out))) {
            console.start();
            await().atMost(Duration.ofSeconds(8)).until(() -> text().contains("all "));
        }
        long millis = (System.nanoTime() - start) / 1_000_000;

        long escapes = text().chars().filter(c -> c == '\u001b').count();
        System.out.println("FIGURE console piped: first lines after " + millis + " ms, ESC bytes " + escapes);
        assertThat(millis).isBetween(4_900L, 7_000L);
        assertThat(escapes).isZero();
        assertThat(text()).startsWith("00:00:01  Shop");
    }

    @Test
    void aTerminalHasASizeAndElseAUsualOne() {
        assertThat(Terminal.sized(out, "24 80\n")).isEqualTo(new Terminal(out, true, 80, 24));
        assertThat(Terminal.sized(out, "0 0")).isEqualTo(new Terminal(out, true, 110, 40));
        assertThat(Terminal.sized(out, "")).isEqualTo(new Terminal(out, true, 110, 40));
        assertThat(Terminal.sized(out, "2 10")).isEqualTo(new Terminal(out, true, 60, 10));
    }

    private ProgressConsole console(Terminal terminal) {
        var console = new ProgressConsole(terminal, "Shop", Map.of(), () -> LiveRuns.at(1, LiveRuns.open("guests")));
        console.snapshot(LiveRuns.snapshot(Map.of()));
        return console;
    }

    private String text() {
        return bytes.toString(UTF_8);
    }
}
