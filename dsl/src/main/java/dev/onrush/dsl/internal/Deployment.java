package dev.onrush.dsl.internal;

import java.io.File;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** What {@code deploymentInfo} tells; the runner says what it knows. One run per process at a time. */
public final class Deployment {
    /** Of the process, as the words' field is of the process. */
    public static final UUID RUN_ID = randomId();

    /** Which of the generators this is, from 0. */
    public static final int SEGMENT = 0;

    /** Over how many generators the run is split. */
    public static final int SEGMENTS = 1;

    private static volatile List<File> logFiles = List.of();

    private Deployment() {}

    /** Version 4, without the JDK's security providers, whose loading every run would wait for. */
    private static UUID randomId() {
        SplittableRandom random = new SplittableRandom();
        long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    public static List<File> logFiles() {
        return logFiles;
    }

    /** Said by the runner once the log is begun. */
    public static void logFiles(List<File> files) {
        logFiles = List.copyOf(files);
    }
}
