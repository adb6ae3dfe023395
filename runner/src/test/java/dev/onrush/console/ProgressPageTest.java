package dev.onrush.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.onrush.core.engine.PopulationProgress;
import dev.onrush.core.engine.RunProgress;
import dev.onrush.core.measure.LiveRequest;
import dev.onrush.core.measure.LiveSnapshot;

class ProgressPageTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void showsUsersRequestsAndErrors() {
        var page = plain(Map.of("members", 20 * SECOND));
        var snapshot = LiveRuns.snapshot(
                Map.of("check.failed", 3L), LiveRuns.quiet("home", 120, 0), LiveRuns.quiet("buy", 17, 3));

        List<String> lines =
                page.lines(LiveRuns.at(5, LiveRuns.open("guests"), LiveRuns.closed("members", 4, 9)), snapshot);

        assertThat(lines)
                .containsExactly(
                        "00:00:05  Shop  rate and percentiles: last second",
                        "  guests       [##########----------]  50 %  users: waiting 12, active 8, done 20",
                        "  members      [#####---------------]  25 %  users: active 4, done 9",
                        "  requests            OK       KO     KO %    per s      p50      p95      p99",
                        "  home               120        0    0.0 %      0.0        -        -        -",
                        "  buy                 17        3   15.0 %      0.0        -        -        -",
                        "  all                137        3    2.1 %      0.0        -        -        -",
                        "  check.failed                  3");
    }

    @Test
    void tellsErrorClassesInFull() {
        var snapshot = LiveRuns.snapshot(Map.of("tls.handshake_timeout", 7L), LiveRuns.quiet("home", 1, 7));

        assertThat(plain(Map.of()).lines(LiveRuns.at(5, LiveRuns.open("guests")), snapshot))
                .last()
                .asString()
                .matches("  tls\\.handshake_timeout +7");
    }

    @Test
    void isUnderstandableBeforeTheFirstRequest() {
        List<String> lines =
                plain(Map.of()).lines(LiveRuns.at(1, LiveRuns.open("guests")), LiveRuns.snapshot(Map.of()));

        assertThat(lines).hasSize(4).last().asString().startsWith("  all                  0        0    0.0 %");
    }

    @Test
    void aClosedScenarioIsNotThroughWhileUsersAreThere() {
        var page = plain(Map.of("members", 20 * SECOND));

        assertThat(page.lines(LiveRuns.at(60, LiveRuns.closed("members", 1, 9)), LiveRuns.snapshot(Map.of())))
                .element(1)
                .asString()
                .contains(" 99 %");
        assertThat(page.lines(LiveRuns.at(60, LiveRuns.closed("members", 0, 10)), LiveRuns.snapshot(Map.of())))
                .element(1)
                .asString()
                .contains("[####################] 100 %");
    }

    @Test
    void saysHowManyUsersWereDropped() {
        var dropped = new PopulationProgress("guests", 40, 10, 5, 0, 5, 0, 25, 5, 0, 0);

        assertThat(plain(Map.of()).lines(LiveRuns.at(1, dropped), LiveRuns.snapshot(Map.of())))
                .element(1)
                .asString()
                .endsWith("waiting 0, active 5, done 5, dropped 30");
    }

    @Test
    void leavesOutNamesBeyondFifteenAndSaysSoButNotThoseThatFail() {
        LiveRequest[] many = LiveRuns.many(40);
        many[39] = LiveRuns.quiet("the failing one", 1, 7);

        List<String> lines =
                plain(Map.of()).lines(LiveRuns.at(1, LiveRuns.open("guests")), LiveRuns.snapshot(Map.of(), many));

        assertThat(lines).hasSize(3 + 15 + 2);
        assertThat(lines).contains("  … and 25 more names");
        assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("  the failing one"));
        assertThat(lines).noneSatisfy(line -> assertThat(line).startsWith("  name 15 "));
    }

    @Test
    void fitsTheTerminal() {
        var populations = new PopulationProgress[30];
        for (int i = 0; i < populations.length; i++) {
            populations[i] = LiveRuns.open("a scenario with quite a long name, number " + i);
        }
        Map<String, Long> errors = Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L, "e", 5L, "f", 6L);

        for (int rows = 17; rows < 60; rows++) {
            for (int columns = 80; columns < 200; columns += 15) {
                var page = new ProgressPage("Shop", Map.of(), columns, rows, false);

                List<String> lines =
                        page.lines(LiveRuns.at(1, populations), LiveRuns.snapshot(errors, LiveRuns.many(40)));

                assertThat(lines).hasSizeLessThan(rows);
                int width = columns;
                assertThat(lines.stream().filter(line -> !line.contains("users:")))
                        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
            }
        }
    }

    /** Ten ways to take over a terminal, as names of everything an author or a target can name. */
    @Test
    void nothingFromOutsideMovesTheCursorOrBeginsALine() {
        List<String> hostile = List.of(
                "\u001b[31mred",
                "\u001b]0;title\u0007",
                "\u009b2J",
                "two\nlines",
                "back\rwards",
                "tab\there",
                "bell\u0007",
                "\u202eright to left",
                "separator\u2028here",
                "null\u0000byte");
        long raw = 0;
        for (String text : hostile) {
            LiveRequest request = LiveRuns.quiet(text, 1, 1);
            LiveSnapshot snapshot = LiveRuns.snapshot(Map.of(text, 1L), request);
            RunProgress progress = LiveRuns.at(1, LiveRuns.open(text));

            List<String> lines = new ProgressPage(text, Map.of(), 110, 40, false).lines(progress, snapshot);

            raw += String.join("", lines)
                    .chars()
                    .filter(Character::isISOControl)
                    .count();
            raw += SafeText.of(text).chars().filter(Character::isISOControl).count();
            assertThat(String.join("", lines)).doesNotContain("\u202e", "\u2028");
        }

        System.out.println("FIGURE S30 console " + hostile.size() + " texts, raw control characters " + raw);
        assertThat(raw).isZero();
    }

    @Test
    void safeTextShowsWhatItHides() {
        assertThat(SafeText.of("a\u001b[1mb\nc é")).isEqualTo("a\\u001b[1mb\\u000ac é");
    }

    private static ProgressPage plain(Map<String, Long> closedNanos) {
        return new ProgressPage("Shop", closedNanos, 110, 40, false);
    }
}
