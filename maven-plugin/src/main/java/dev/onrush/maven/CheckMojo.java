package dev.onrush.maven;

import java.io.IOException;
import java.util.List;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Compiles the simulations, looks for mistakes in the one chosen and shows its plan; nothing is sent. */
@Execute(phase = LifecyclePhase.TEST_COMPILE)
@Mojo(name = "check", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public final class CheckMojo extends ChoosingMojo {
    @Override
    void run() throws MojoExecutionException, MojoFailureException, IOException, InterruptedException {
        if (nothingToLookAt()) {
            return;
        }
        for (String simulation : chosen()) {
            int exitCode = fork(List.of("--simulation", simulation, "--check"));
            if (exitCode != 0) {
                throw new MojoFailureException(simulation + " has mistakes, told above. Nothing was sent.");
            }
        }
    }
}
