package dev.onrush.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Compares runs: says for each request what is better, worse, or not to be told apart, and writes {@code comparison.html} and
 * {@code comparison.json} into the folder of the first candidate. Fails the build if the gate {@code failIfWorseBy} fails.
 */
@Mojo(name = "compare", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public final class CompareMojo extends ForkingMojo {
    private static final int GATE_FAILED = 2;

    /**
     * The folders of the runs before the change, separated by commas; a relative path starts at the results folder. Several
     * count as repetitions of one thing. Unset: the run of the same simulation before the first candidate.
     */
    @Parameter(property = "onrush.baselines")
    @Nullable
    List<String> baselines;

    /** The folders of the runs after the change. Unset: the newest run. */
    @Parameter(property = "onrush.candidates")
    @Nullable
    List<String> candidates;

    /** Fails the build if a time is shown worse by so many percent, or if more requests fail. Unset: nothing fails it. */
    @Parameter(property = "onrush.failIfWorseBy")
    @Nullable
    String failIfWorseBy;

    @Override
    void run() throws MojoExecutionException, MojoFailureException, IOException, InterruptedException {
        List<Path> after = new ArrayList<>(folders(given().list("candidates", candidates)));
        if (after.isEmpty()) {
            Path newest = results().newest();
            if (newest == null) {
                throw new MojoFailureException("No run in " + results().path()
                        + ". Run a simulation first (mvn verify), or name run folders with -Donrush.candidates=DIR.");
            }
            after.add(newest);
        }
        List<Path> before = new ArrayList<>(folders(given().list("baselines", baselines)));
        if (before.isEmpty()) {
            Path earlier = results().before(after.get(0));
            if (earlier == null) {
                throw new MojoFailureException("There is no earlier run of the same simulation than " + after.get(0)
                        + ". Name the folders of the runs before with -Donrush.baselines=DIR,DIR.");
            }
            before.add(earlier);
        }
        List<String> arguments = new ArrayList<>();
        before.forEach(folder -> arguments.addAll(List.of("--compare", folder.toString())));
        after.forEach(folder -> arguments.addAll(List.of("--with", folder.toString())));
        String limit = given().text("failIfWorseBy", failIfWorseBy);
        if (limit != null) {
            arguments.addAll(List.of("--fail-if-worse-by", limit));
        }
        getLog().info("Comparing " + before + " with " + after);
        int exitCode = fork(arguments);
        if (exitCode == GATE_FAILED) {
            throw new MojoFailureException("Worse than before: a difference is beyond failIfWorseBy = " + limit
                    + " %. See " + after.get(0).resolve("comparison.html") + ".");
        }
        if (exitCode != 0) {
            throw new MojoFailureException("The runs were not compared (exit code " + exitCode + "): see above.");
        }
    }

    private List<Path> folders(List<String> named) throws MojoFailureException {
        List<Path> folders = new ArrayList<>();
        for (String name : named) {
            Path folder = results().path().resolve(name).normalize();
            if (!Files.exists(folder)) {
                throw new MojoFailureException("The run folder " + folder
                        + " does not exist. Name another with -Donrush.baselines=DIR or -Donrush.candidates=DIR.");
            }
            folders.add(folder);
        }
        return folders;
    }
}
