package dev.onrush.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file of a report: readable by its owner only, and never half written. */
final class RunFile {
    /** What is to stand in it. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private RunFile() {}

    static Path write(Path file, String text) {
        // Unlike writeString this takes half of a surrogate pair, too: it becomes a question mark.
        return write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes beside the place first, so that a reader sees the old file or the new one. */
    static Path write(Path file, Content content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Path draft = Files.createTempFile(folder, ".onrush", ".tmp", ownerOnly(file));
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16)) {
                    content.writeTo(out);
                }
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

    private static FileAttribute<?>[] ownerOnly(Path file) {
        Set<String> views = file.getFileSystem().supportedFileAttributeViews();
        if (!views.contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
