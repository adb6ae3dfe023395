package dev.onrush.dsl.internal;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Segment;
import dev.onrush.core.setting.Settings;

/** What {@code deploymentInfo} tells; the runner says what it knows. One run per process at a time. */
public final class Deployment {
    /** Of the process, as the words' field is of the process. */
    public static final UUID RUN_ID = randomId();

    /** Of the process, too: what the settings say when this is asked first. */
    public static final Segment SEGMENT = segment();

    private static volatile List<File> logFiles = List.of();

    private Deployment() {}

    /** Version 4, without the JDK's security providers, whose loading every run would wait for. */
    private static UUID randomId() {
        SplittableRandom random = new SplittableRandom();
        long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** A setting that is no such value is refused when a run is prepared, and not where a word is looked up. */
    private static Segment segment() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return Settings.inForce(Map.of(), loader == null ? Deployment.class.getClassLoader() : loader)
                    .segment();
        } catch (DefinitionException e) {
            return Segment.WHOLE;
        }
    }

    public static List<File> logFiles() {
        return logFiles;
    }

    /** Said by the runner once the log is begun. */
    public static void logFiles(List<File> files) {
        logFiles = List.copyOf(files);
    }
}
