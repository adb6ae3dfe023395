package dev.onrush.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Fails the build if a simulation has failed that the goal {@code test} ran with {@code failOnError=false}. In between
 * the build can clean up, for example stop the target.
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven fills the fields
public final class VerifyMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    /** The folder of the goal {@code test}. */
    @Parameter(property = "onrush.resultsFolder", defaultValue = "${project.build.directory}/onrush")
    private File resultsFolder;

    /** Verifies nothing. Only this skips; {@code -DskipTests} and {@code -Dmaven.test.skip} do not. */
    @Parameter(property = "onrush.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        GivenProperties given = new GivenProperties(session.getUserProperties(), project.getProperties());
        if (given.flag("skip", skip)) {
            getLog().info("Skipped: onrush.skip is set.");
            return;
        }
        if (project.getPackaging().equals("pom")
                && !Outcomes.file(resultsPath(given)).toFile().exists()) {
            return; // the goal test, too, looks for nothing there
        }
        verify(resultsPath(given));
    }

    private void verify(Path results) throws MojoExecutionException, MojoFailureException {
        Outcomes outcomes;
        try {
            outcomes = Outcomes.read(results);
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        if (outcomes == null) {
            getLog().warn("Nothing to verify: " + Outcomes.file(results)
                    + " does not exist. Bind the goal test before this one.");
        } else if (outcomes.pass()) {
            outcomes.all().forEach(outcome -> getLog().info(outcome.text()));
        } else {
            throw new MojoFailureException(outcomes.failureText());
        }
    }

    private Path resultsPath(GivenProperties given) {
        return given.resultsFolder(resultsFolder, project);
    }
}
