package dev.onrush.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file of a run folder: of a fixed name, readable by its owner only, and never half written. */
enum RunFile {
    LOG("events.onrush"),
    PAGE("index.html"),
    SUMMARY("summary.json"),
    JUNIT("junit.xml"),
    COMPARISON_PAGE("comparison.html"),
    COMPARISON("comparison.json");

    private final String fileName;

    RunFile(String fileName) {
        this.fileName = fileName;
    }

    Path in(Path runFolder) {
        return runFolder.resolve(fileName);
    }

    /** Writes beside the place first, so that a reader sees the old file or the new one. */
    Path write(Path runFolder, String text) {
        Path file = in(runFolder);
        try {
            Path draft = Files.createTempFile(runFolder, ".onrush", ".tmp", ownerOnly(runFolder));
            try {
                // Unlike writeString this takes half of a surrogate pair, too: it becomes a question mark.
                Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "report: " + file + " cannot be written (" + e + "). Free space or choose another results folder,"
                            + " then make the report again with --report-only.",
                    e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        Set<String> views = folder.getFileSystem().supportedFileAttributeViews();
        if (!views.contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
