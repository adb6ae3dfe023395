package dev.onrush.core.engine;

import java.nio.file.Files;
import java.nio.file.Path;

/** The file by which somebody who cannot reach this process stops it. */
public final class KillFile {
    private KillFile() {}

    /** Whether the file is there; false for an empty path. */
    public static boolean exists(String path) {
        return !path.isEmpty() && Files.exists(Path.of(path));
    }
}
