package dev.onrush.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code tools/oracle.py}: a second opinion on a run that shares no code with us. */
final class Oracle {
    private static final Path PROGRAM = Path.of("..", "tools", "oracle.py");

    /** What it said, and its exit code: 0 if it found no difference. */
    record Answer(int exitCode, List<String> said) {}

    private Oracle() {}

    /** Asserts that log, summary and ledger tell the same. */
    static void agrees(TrialRun run, Path ledger) {
        Answer answer = ask(run.folder().resolve("events.onrush"), run.folder().resolve("summary.json"), ledger);
        assertThat(answer.said()).as("oracle.py").contains("equal");
        assertThat(answer.said())
                .as("the tables beside the summary")
                .anyMatch(line -> line.startsWith("tables: requests.csv (")
                        && line.contains(", errors.csv (")
                        && line.contains(", timeline.csv ("));
        assertThat(answer.exitCode()).isZero();
        answer.said().stream()
                .filter(line -> line.startsWith("ledger:"))
                .forEach(line -> Figures.print("M30", "oracle.py: differing numbers 0; %s", line));
    }

    static Answer ask(Path... files) {
        assumeTrue(Files.exists(PROGRAM), "tools/oracle.py is not beside this module");
        List<String> command = new ArrayList<>(List.of("python3", PROGRAM.toString()));
        for (Path file : files) {
            command.add(file.toString());
        }
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), said.lines().toList());
        } catch (IOException e) {
            assumeTrue(false, "python3 is needed for a second opinion: " + e.getMessage());
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
