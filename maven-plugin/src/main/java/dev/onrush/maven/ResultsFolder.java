package dev.onrush.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** The folder that holds the folders of the runs, and {@code latest.txt}, which names the newest. */
record ResultsFolder(Path path) {
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
}
