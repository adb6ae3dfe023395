package dev.onrush.maven;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
public final class TestMojo extends ForkingMojo {
    /**
     * The simulation to run, by the full name of its class; it may also come from a jar. Unset: the one simulation found
     * in the project; if there are several, a terminal asks, and elsewhere the build fails and lists them.
     */
    @Parameter(property = "onrush.simulationClass")
    @Nullable
    String simulationClass;

    /** Runs all simulations found, one after the other, in the order of their names. */
    @Parameter(property = "onrush.runMultipleSimulations", defaultValue = "false")
    boolean runMultipleSimulations;

    /**
     * Patterns of class names to look for: {@code *} stands for any characters but a dot, {@code **} for any. Without a
     * dot the name without its package is compared. Unset: all.
     */
    @Parameter(property = "onrush.includes")
    @Nullable
    List<String> includes;

    /** Patterns of class names to leave out. */
    @Parameter(property = "onrush.excludes")
    @Nullable
    List<String> excludes;

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
            getLog().info("No simulation is looked for in a project of packaging pom.");
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

    private boolean nothingToLookAt() {
        return project.getPackaging().equals("pom") && given().text("simulationClass", simulationClass) == null;
    }

    private List<String> chosen() throws MojoExecutionException, MojoFailureException, IOException {
        List<Path> classPath = testClassPath();
        SimulationSearch search = new SimulationSearch(
                classPath,
                patterns(given().list("includes", includes)),
                patterns(given().list("excludes", excludes)),
                getLog()::warn);
        List<Path> folders = List.of(
                Path.of(project.getBuild().getTestOutputDirectory()),
                Path.of(project.getBuild().getOutputDirectory()));
        String named = given().text("simulationClass", simulationClass);
        if (named != null && search.has(named)) {
            return List.of(named);
        }
        List<String> found = search.in(folders);
        if (named != null) {
            throw new MojoFailureException("simulationClass " + named + " is not on the test class path. Found: "
                    + (found.isEmpty() ? "none" : String.join(", ", found))
                    + ". Give the full name of a compiled class (mvn test-compile onrush:test).");
        }
        return new SimulationChoice(given().flag("runMultipleSimulations", runMultipleSimulations), terminal())
                .of(found, folders);
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

    /** Nobody is asked in batch mode, on a build server, or by several modules at a time. */
    private SimulationChoice.@Nullable Terminal terminal() {
        Console console = System.console();
        if (console == null
                || !onTerminal()
                || !session.getRequest().isInteractiveMode()
                || session.isParallel()
                || System.getenv("CI") != null) {
            return null;
        }
        return text -> Optional.ofNullable(console.readLine("%s", text));
    }

    private static List<ClassNamePattern> patterns(List<String> texts) {
        return texts.stream().map(ClassNamePattern::new).toList();
    }
}
