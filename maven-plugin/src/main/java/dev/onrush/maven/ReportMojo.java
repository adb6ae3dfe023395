package dev.onrush.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report of a run again from its event log, also of a run that was killed. Fails only if no report could be
 * made: failed assertions are the business of the goals {@code test} and {@code verify}.
 */
@Mojo(name = "report", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public final class ReportMojo extends ForkingMojo {
    /** The folder of the run; a relative path starts at the results folder. Unset: the newest run. */
    @Parameter(property = "onrush.runDirectory")
    @Nullable
    String runDirectory;

    @Override
    void run() throws MojoExecutionException, MojoFailureException, IOException, InterruptedException {
        Path folder = runFolder();
        Path page = folder.resolve("index.html");
        FileTime before = modified(page);
        int exitCode = fork(List.of("--report-only", folder.toString()));
        Outcome outcome = new Outcome(String.valueOf(folder.getFileName()), exitCode, folder, false);
        if (exitCode == 0) {
            getLog().info("Report: " + page);
        } else if (Objects.equals(before, modified(page))) {
            throw new MojoFailureException("No report was made. " + outcome.text());
        } else {
            getLog().warn(outcome.text());
        }
    }

    private Path runFolder() throws MojoFailureException, IOException {
        ResultsFolder results = results();
        String named = given().text("runDirectory", runDirectory);
        Path folder =
                named == null ? results.newest() : results.path().resolve(named).normalize();
        if (folder == null) {
            throw new MojoFailureException("No run in " + results.path()
                    + ". Run a simulation first (mvn verify), or name a run folder with -Donrush.runDirectory=DIR.");
        }
        if (!Files.isDirectory(folder)) {
            throw new MojoFailureException(
                    "The run folder " + folder + " does not exist. Name another with -Donrush.runDirectory=DIR.");
        }
        return folder;
    }

    private static @Nullable FileTime modified(Path page) throws IOException {
        return Files.exists(page) ? Files.getLastModifiedTime(page) : null;
    }
}
