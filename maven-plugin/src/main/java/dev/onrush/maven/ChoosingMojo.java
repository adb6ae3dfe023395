package dev.onrush.maven;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that takes simulations of this project. */
abstract class ChoosingMojo extends ForkingMojo {
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

    /** Whether this project is one that has no classes, and no simulation is named; it is told. */
    final boolean nothingToLookAt() {
        boolean nothing =
                project.getPackaging().equals("pom") && given().text("simulationClass", simulationClass) == null;
        if (nothing) {
            getLog().info("No simulation is looked for in a project of packaging pom.");
        }
        return nothing;
    }

    /** The class names of those to take. */
    final List<String> chosen() throws MojoExecutionException, MojoFailureException, IOException {
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
