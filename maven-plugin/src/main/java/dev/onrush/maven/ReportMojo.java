package dev.onrush.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
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
    /**
     * The folder of the run; a relative path starts at the results folder. Several, separated by commas, are those of the generators
     * of one load: their logs are merged. Unset: the newest run.
     */
    @Parameter(property = "onrush.runDirectory")
    @Nullable
    String runDirectory;

    /** Counts only what ended from then on, since the run began: {@code 90s}, {@code 10m}. */
    @Parameter(property = "onrush.from")
    @Nullable
    String from;

    /** Counts only what ended before then. */
    @Parameter(property = "onrush.to")
    @Nullable
    String to;

    /** Percentiles in place of the report's, one to four, separated by commas: {@code 50,90,99.9}. */
    @Parameter(property = "onrush.percentiles")
    @Nullable
    String percentiles;

    /**
     * Folder that gets the files. Unset: that of the run, or for a window or several runs one inside of it, which the last line of
     * the report's own output names. Which files are written is the setting {@code onrush.report.files}.
     */
    @Parameter(property = "onrush.output")
    @Nullable
    File output;

    @Override
    void run() throws MojoExecutionException, MojoFailureException, IOException, InterruptedException {
        List<Path> folders = runFolders();
        Path folder = folders.get(0);
        List<String> arguments = new ArrayList<>(List.of("--report-only"));
        folders.forEach(each -> arguments.add(each.toString()));
        int plain = arguments.size();
        option(arguments, "--from", given().text("from", from));
        option(arguments, "--to", given().text("to", to));
        boolean isInRunFolder = folders.size() == 1 && arguments.size() == plain;
        option(arguments, "--percentiles", given().text("percentiles", percentiles));
        if (given().text("output", output == null ? null : output.toString()) != null) {
            Path chosen = given().path("output", output == null ? new File(".") : output, project);
            option(arguments, "--output", chosen.toString());
            isInRunFolder = false;
        }
        Path page = folder.resolve("index.html");
        FileTime before = modified(page);
        int exitCode = fork(arguments);
        Outcome outcome = new Outcome(String.valueOf(folder.getFileName()), exitCode, folder, false);
        if (exitCode == 0) {
            getLog().info(isInRunFolder ? "Report: " + page : "The report is made.");
        } else if (!isInRunFolder || Objects.equals(before, modified(page))) {
            throw new MojoFailureException("No report was made. " + outcome.text());
        } else {
            getLog().warn(outcome.text());
        }
    }

    private static void option(List<String> arguments, String name, @Nullable String value) {
        if (value != null) {
            arguments.add(name);
            arguments.add(value);
        }
    }

    private List<Path> runFolders() throws MojoFailureException, IOException {
        ResultsFolder results = results();
        String named = given().text("runDirectory", runDirectory);
        if (named == null) {
            Path newest = results.newest();
            if (newest == null) {
                throw new MojoFailureException(
                        "No run in " + results.path()
                                + ". Run a simulation first (mvn verify), or name a run folder with -Donrush.runDirectory=DIR.");
            }
            return List.of(newest);
        }
        List<Path> folders = new ArrayList<>();
        // A folder's own name may have a comma in it.
        boolean isOne = Files.isDirectory(results.path().resolve(named).normalize());
        for (String name : isOne ? new String[] {named} : named.split(",")) {
            Path folder = results.path().resolve(name.strip()).normalize();
            if (!Files.isDirectory(folder)) {
                throw new MojoFailureException(
                        "The run folder " + folder + " does not exist. Name another with -Donrush.runDirectory=DIR.");
            }
            folders.add(folder);
        }
        return folders;
    }

    private static @Nullable FileTime modified(Path page) throws IOException {
        return Files.exists(page) ? Files.getLastModifiedTime(page) : null;
    }
}
