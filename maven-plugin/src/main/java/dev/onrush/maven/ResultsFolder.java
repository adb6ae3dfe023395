package dev.onrush.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** The folder that holds the folders of the runs, and {@code latest.txt}, which names the newest. */
record ResultsFolder(Path path) {
    /** What stands at the end of the name of a run. */
    private static final String INSTANT = "-yyyyMMdd-HHmmss-SSS";

    /** Returns the folder of the newest run, or null if there was none. */
    @Nullable
    Path newest() throws IOException {
        Path latest = path.resolve("latest.txt");
        if (!Files.isRegularFile(latest)) {
            return null;
        }
        String name = Files.readString(latest).strip();
        return name.isEmpty() ? null : path.resolve(name).normalize();
    }

    /** The run of the same simulation that came last before that one, or null if there is none. */
    @Nullable
    Path before(Path run) throws IOException {
        String name = String.valueOf(run.getFileName());
        Path parent = run.getParent();
        if (parent == null || !Files.isDirectory(parent) || name.length() <= INSTANT.length()) {
            return null;
        }
        String simulation = name.substring(0, name.length() - INSTANT.length());
        try (Stream<Path> runs = Files.list(parent)) {
            return runs.filter(other -> {
                        String its = String.valueOf(other.getFileName());
                        return its.length() == name.length() && its.startsWith(simulation) && its.compareTo(name) < 0;
                    })
                    .filter(other -> Files.isRegularFile(other.resolve("events.onrush")))
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }
    }
}
