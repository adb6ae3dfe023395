package dev.onrush.maven;

import java.io.IOException;
import java.util.List;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Compiles the simulations, sends one user of each scenario and prints every exchange, secrets masked. No report is written; a
 * failed assertion fails the build as in any run.
 */
@Execute(phase = LifecyclePhase.TEST_COMPILE)
@Mojo(name = "debug", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public final class DebugMojo extends ChoosingMojo {
    @Override
    void run() throws MojoExecutionException, MojoFailureException, IOException, InterruptedException {
        if (nothingToLookAt()) {
            return;
        }
        for (String simulation : chosen()) {
            int exitCode = fork(List.of("--simulation", simulation, "--debug"));
            if (exitCode != 0) {
                throw new MojoFailureException(new Outcome(simulation, exitCode, null, false).text());
            }
        }
    }
}
