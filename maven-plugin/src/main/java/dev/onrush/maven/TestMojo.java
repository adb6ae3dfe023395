package dev.onrush.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Runs simulations of this project, each in a JVM of its own, and fails the build, after all of them have run, if one
 * ended with any exit code but 0. Only {@code -Donrush.skip} skips it; {@code -DskipTests} does not.
 */
@Mojo(
        name = "test",
        defaultPhase = LifecyclePhase.INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven fills the fields
public final class TestMojo extends ChoosingMojo {
    /** A line about the run, shown in the report. */
    @Parameter(property = "onrush.runDescription")
    @Nullable
    String runDescription;

    /** If false a failed run is recorded only, and the goal {@code verify} fails the build later. */
    @Parameter(property = "onrush.failOnError", defaultValue = "true")
    boolean failOnError;

    /** A failed assertion (exit code 2) does not fail the build; every other failure still does. */
    @Parameter(property = "onrush.continueOnAssertionFailure", defaultValue = "false")
    boolean continueOnAssertionFailure;

    /** Writes no report, only the event log; the goal {@code report} can make the report later. */
    @Parameter(property = "onrush.noReports", defaultValue = "false")
    boolean noReports;

    /**
     * Runs nothing and makes the report of this run folder again; a relative path starts at the results folder. The
     * assertions of that run decide as if it had just ended.
     */
    @Parameter(property = "onrush.reportsOnly")
    @Nullable
    String reportsOnly;

    @Override
    void run() throws MojoExecutionException, MojoFailureException, IOException, InterruptedException {
        String runFolder = given().text("reportsOnly", reportsOnly);
        if (runFolder == null && nothingToLookAt()) {
            return;
        }
        boolean muted = given().flag("continueOnAssertionFailure", continueOnAssertionFailure);
        List<Outcome> outcomes = new ArrayList<>();
        if (runFolder != null) {
            Path folder = results().path().resolve(runFolder).normalize();
            int exitCode = fork(List.of("--report-only", folder.toString()));
            outcomes.add(new Outcome(String.valueOf(folder.getFileName()), exitCode, folder, muted));
        } else {
            for (String simulation : chosen()) {
                outcomes.add(outcomeOf(simulation, muted));
            }
        }
        report(new Outcomes(session.getStartTime().getTime(), outcomes));
    }

    private Outcome outcomeOf(String simulation, boolean muted)
            throws MojoExecutionException, MojoFailureException, IOException, InterruptedException {
        ResultsFolder results = results();
        List<String> arguments = new ArrayList<>(
                List.of("--simulation", simulation, "--results", results.path().toString()));
        String description = given().text("runDescription", runDescription);
        if (description != null) {
            arguments.add("--description");
            arguments.add(description);
        }
        if (given().flag("noReports", noReports)) {
            arguments.add("--no-report");
        }
        getLog().info("Simulation " + simulation);
        Path before = results.newest();
        int exitCode = fork(arguments);
        Path after = results.newest();
        return new Outcome(simulation, exitCode, Objects.equals(before, after) ? null : after, muted);
    }

    private void report(Outcomes outcomes) throws MojoFailureException, IOException {
        Path folder = results().path();
        outcomes.append(folder);
        for (Outcome outcome : outcomes.all()) {
            if (outcome.exitCode() == 0) {
                getLog().info(outcome.text());
            } else if (outcome.passes()) {
                getLog().warn(outcome.text());
                getLog().warn("The build goes on, as continueOnAssertionFailure is set.");
            } else {
                getLog().error(outcome.text());
            }
        }
        if (outcomes.pass()) {
            return;
        }
        if (given().flag("failOnError", failOnError)) {
            throw new MojoFailureException(outcomes.failureText());
        }
        getLog().warn("The build goes on, as failOnError is false; the goal verify fails it later.");
    }
}
