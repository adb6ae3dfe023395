package dev.onrush.dsl;

import java.io.File;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.onrush.dsl.internal.Deployment;

/** Which run this is, and which part of it this generator has. */
public final class DeploymentInfo {
    /** Of this run; always set. */
    public final UUID runId = Deployment.RUN_ID;

    /** Nobody knows it here. */
    public final @Nullable String locationName = null;

    public final int numberOfLoadGeneratorsInLocation = Deployment.SEGMENT.of();

    /** From 0. */
    public final int indexOfLoadGeneratorInLocation = Deployment.SEGMENT.index();

    public final int numberOfLoadGeneratorsInRun = Deployment.SEGMENT.of();

    /** From 0. */
    public final int indexOfLoadGeneratorInRun = Deployment.SEGMENT.index();

    DeploymentInfo() {}

    /** The event logs of this generator; empty as long as none is begun. */
    public List<File> logFiles() {
        return Deployment.logFiles();
    }
}
