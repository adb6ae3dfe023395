package dev.onrush.maven;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.inject.Inject;

import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/** A goal that runs {@code dev.onrush.Onrush} in a JVM of its own, on the test class path of the project. */
@SuppressWarnings("NullAway.Init") // Maven fills the fields
abstract class ForkingMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Inject
    ToolchainManager toolchains;

    /** Folder that gets a folder for each run. */
    @Parameter(property = "onrush.resultsFolder", defaultValue = "${project.build.directory}/onrush")
    File resultsFolder;

    /**
     * Arguments of the forked JVM, such as {@code -Xmx2g}. With {@code -Donrush.jvmArgs="-Xmx2g -Xlog:gc"} they are
     * separated by blanks.
     */
    @Parameter
    @Nullable
    List<String> jvmArgs;

    /**
     * System properties of the forked JVM. With {@code -Donrush.systemProperties=a=1,b=2} they are separated by commas.
     * What is given to Maven with {@code -D} is passed on in any case and wins.
     */
    @Parameter
    @Nullable
    Map<String, String> systemProperties;

    /**
     * Environment variables of the forked JVM, added to those of Maven. With {@code -Donrush.environment=A=1,B=2} they
     * are separated by commas.
     */
    @Parameter
    @Nullable
    Map<String, String> environment;

    /** Working directory of the forked JVM. */
    @Parameter(property = "onrush.workingDirectory", defaultValue = "${project.basedir}")
    File workingDirectory;

    /** Runs nothing at all. Only this skips a load test; {@code -DskipTests} and {@code -Dmaven.test.skip} do not. */
    @Parameter(property = "onrush.skip", defaultValue = "false")
    boolean skip;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (given().flag("skip", skip)) {
            getLog().info("Skipped: onrush.skip is set.");
            return;
        }
        try {
            run();
        } catch (IOException e) {
            throw new MojoExecutionException("The goal cannot work: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Interrupted; the run has been ended.", e);
        }
    }

    /** Does the work of the goal; not called when it is skipped. */
    abstract void run() throws MojoExecutionException, MojoFailureException, IOException, InterruptedException;

    final GivenProperties given() {
        return new GivenProperties(session.getUserProperties(), project.getProperties());
    }

    final ResultsFolder results() {
        return new ResultsFolder(given().resultsFolder(resultsFolder, project));
    }

    /** Runs {@code Onrush} with these arguments and returns its exit code. */
    final int fork(List<String> arguments)
            throws MojoExecutionException, MojoFailureException, IOException, InterruptedException {
        GivenProperties given = given();
        Map<String, String> properties = new TreeMap<>(given.pairs("systemProperties", systemProperties));
        properties.putAll(given.forTheRun());
        JavaCommand command = new JavaCommand(
                java(), given.words("jvmArgs", jvmArgs), properties, testClassPath(), List.copyOf(arguments));
        List<String> words = command.words();
        for (String word : words) {
            if (!ArgumentFile.canCarry(word)) {
                getLog().warn("The encoding of this platform cannot carry all characters of: " + word
                        + ". Run Maven in a UTF-8 locale (LANG=C.UTF-8).");
            }
        }
        try (ArgumentFile file = ArgumentFile.write(words)) {
            ProcessBuilder builder = new ProcessBuilder(command.java().toString(), "@" + file.path());
            builder.directory(
                    given.path("workingDirectory", workingDirectory, project).toFile());
            builder.environment().putAll(given.pairs("environment", environment));
            getLog().debug(command.java() + " " + JavaCommand.MAIN_CLASS + " " + arguments + ", class path "
                    + command.classPath() + ", system properties " + properties.keySet());
            return new ChildProcess(builder, onTerminal(), Patience.of(properties, builder.environment())).run();
        }
    }

    /** The test class path; fails if the runner is not on it. */
    final List<Path> testClassPath() throws MojoExecutionException, MojoFailureException, IOException {
        List<Path> classPath = new ArrayList<>();
        try {
            for (String element : project.getTestClasspathElements()) {
                classPath.add(Path.of(element));
            }
        } catch (DependencyResolutionRequiredException e) {
            throw new MojoExecutionException("The test class path is not resolved.", e);
        }
        if (!new SimulationSearch(classPath, List.of(), List.of(), getLog()::warn).has(JavaCommand.MAIN_CLASS)) {
            throw new MojoFailureException(JavaCommand.MAIN_CLASS + " is not on the test class path of "
                    + project.getId() + ". Add the dependency dev.onrush:onrush with scope test.");
        }
        return classPath;
    }

    /** Whether Maven itself is on a terminal; the child then is as well. */
    static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is a console without a terminal too.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private Path java() {
        Toolchain toolchain = toolchains.getToolchainFromBuildContext("jdk", session);
        String tool = toolchain == null ? null : toolchain.findTool("java");
        if (tool != null) {
            getLog().info("Java of the toolchain: " + tool);
            return Path.of(tool);
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Files.exists(java) ? java : java.resolveSibling("java.exe");
    }
}
