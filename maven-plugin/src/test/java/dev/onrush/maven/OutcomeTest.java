package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    @TempDir
    Path results;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | true  | true  | run done, all assertions hold
            1   | false | false | wrong usage or a mistake in the definition, nothing was sent; the cause is printed above
            2   | false | true  | an assertion failed
            3   | false | false | the run crashed or was aborted; the cause is printed above
            4   | false | false | the generator was not trustworthy, see the verdict in the report
            5   | false | false | not a code of Onrush, the JVM ended by itself
            130 | false | false | the JVM was ended by signal 2
            137 | false | false | the JVM was ended by signal 9
            255 | false | false | not a code of Onrush, the JVM ended by itself
            """)
    void decidesByTheExitCode(int exitCode, boolean passes, boolean passesMuted, String meaning) {
        assertThat(new Outcome("shop.Buy", exitCode, null, false).passes()).isEqualTo(passes);
        assertThat(new Outcome("shop.Buy", exitCode, null, true).passes()).isEqualTo(passesMuted);
        assertThat(new Outcome("shop.Buy", exitCode, null, false).text())
                .isEqualTo("shop.Buy: exit code " + exitCode + " (" + meaning + ").");
    }

    @Test
    void namesTheReportWhereThereIsOne() throws IOException {
        Path page = Files.writeString(results.resolve("index.html"), "");

        assertThat(new Outcome("shop.Buy", 0, results, false).text())
                .isEqualTo("shop.Buy: exit code 0 (run done, all assertions hold). Report: " + page);

        Files.delete(page);

        assertThat(new Outcome("shop.Buy", 0, results, false).text())
                .isEqualTo("shop.Buy: exit code 0 (run done, all assertions hold)." + " Run folder, without a report: "
                        + results);
    }

    @Test
    void failureNamesEveryFailedSimulation() {
        Outcomes outcomes = new Outcomes(
                1,
                List.of(
                        new Outcome("a.A", 0, null, false),
                        new Outcome("b.B", 2, null, false),
                        new Outcome("c.C", 2, null, true)));

        assertThat(outcomes.pass()).isFalse();
        assertThat(outcomes.failureText())
                .isEqualTo("1 of 3 simulations failed:\n  b.B: exit code 2 (an assertion failed).\n"
                        + "To go on after failed assertions set onrush.continueOnAssertionFailure.");
    }

    @Test
    void outcomesOfOneBuildAddUpAndALaterBuildStartsAfresh() throws IOException {
        Outcome first = new Outcome("a.A", 0, results.resolve("a-1"), false);
        Outcome second = new Outcome("b.B", 2, null, true);

        new Outcomes(1000, List.of(first)).append(results);
        new Outcomes(1000, List.of(second)).append(results);

        assertThat(Outcomes.read(results)).isEqualTo(new Outcomes(1000, List.of(first, second)));

        new Outcomes(2000, List.of(second)).append(results);

        assertThat(Outcomes.read(results)).isEqualTo(new Outcomes(2000, List.of(second)));
    }

    @Test
    void readsNothingWhereNothingRan() throws IOException {
        assertThat(Outcomes.read(results)).isNull();
    }

    @Test
    void refusesADamagedFile() throws IOException {
        Path file = Files.writeString(Outcomes.file(results), "1.simulation=a.A\n");

        assertThatThrownBy(() -> Outcomes.read(results))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": not as the goal test writes it. Delete it and run the goal again.");
    }
}
