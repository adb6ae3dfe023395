package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.report.testing.Runs;

class ReportTest {
    @TempDir
    Path folder;

    @Test
    void writesEachFileForItsOwnerOnly() throws Exception {
        ReportFiles files = Report.write(folder, Runs.realistic(), Runs.realisticOutcome());

        assertThat(files.page()).isEqualTo(folder.resolve("index.html")).isNotEmptyFile();
        assertThat(files.summary()).isEqualTo(folder.resolve("summary.json")).isNotEmptyFile();
        assertThat(files.junit()).isEqualTo(folder.resolve("junit.xml")).isNotEmptyFile();
        try (var all = Files.list(folder)) {
            assertThat(all).containsExactlyInAnyOrderElementsOf(files.all()).hasSize(8);
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(files.all())
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void replacesWhatWasThere() {
        Report.write(folder, Runs.realistic(), Runs.realisticOutcome());

        ReportFiles again = Report.write(folder, Runs.ofTimes(new long[0], new long[0]), Runs.passed());

        assertThat(again.page()).content().contains("No request was completed in this run.");
    }

    @Test
    void saysWhatToDoWhenTheFolderCannotBeWritten() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> Report.write(missing, Runs.realistic(), Runs.realisticOutcome()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("report: " + missing.resolve("summary.json") + " cannot be written (")
                .hasMessageEndingWith(
                        "Free space or choose another results folder, then make the report again with --report-only.");
    }
}
