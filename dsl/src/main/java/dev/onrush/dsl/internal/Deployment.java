package dev.onrush.dsl.internal;

import java.io.File;
import java.util.List;
import java.util.UUID;

/** What {@code deploymentInfo} tells; the runner says what it knows. One run per process at a time. */
public final class Deployment {
    /** Of the process, as the words' field is of the process. */
    public static final UUID RUN_ID = UUID.randomUUID();

    /** Which of the generators this is, from 0. */
    public static final int SEGMENT = 0;

    /** Over how many generators the run is split. */
    public static final int SEGMENTS = 1;

    private static volatile List<File> logFiles = List.of();

    private Deployment() {}

    public static List<File> logFiles() {
        return logFiles;
    }

    /** Said by the runner once the log is begun. */
    public static void logFiles(List<File> files) {
        logFiles = List.copyOf(files);
    }
}
