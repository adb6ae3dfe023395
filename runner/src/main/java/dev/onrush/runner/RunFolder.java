package dev.onrush.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;

/** The folder of one run inside the results folder, new and its own: {@code <results>/<simulation>-<yyyyMMdd-HHmmss-SSS>}. */
final class RunFolder {
    static final String LATEST = "latest.txt";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);
    private static final int LONGEST_NAME = 80;

    private RunFolder() {}

    /** Where results go when nobody says: {@code target/onrush} in a Maven project, else {@code onrush}. */
    static Path defaultResults() {
        return Files.exists(Path.of("pom.xml")) ? Path.of("target", "onrush") : Path.of("onrush");
    }

    /**
     * Creates the folder, readable by its owner only where the system knows that, and makes it the newest.
     *
     * @throws DefinitionException if it cannot be created
     */
    static Path create(Path results, String simulation, Instant start) {
        try {
            Files.createDirectories(results);
            Path folder = fresh(results, fileName(simulation), start);
            Path latest = Files.createTempFile(results, "latest", ".tmp");
            Files.writeString(latest, folder.getFileName() + "\n", StandardCharsets.UTF_8);
            Files.move(latest, results.resolve(LATEST), StandardCopyOption.REPLACE_EXISTING);
            return folder;
        } catch (IOException e) {
            throw new DefinitionException(List.of(new Problem(
                    "results folder " + results.toAbsolutePath(),
                    "cannot be written (" + reason(e)
                            + "). Choose another with --results DIR or -Donrush.results=DIR.")));
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    private static Path fresh(Path results, String name, Instant start) throws IOException {
        Instant stamp = start;
        while (true) {
            Path folder = results.resolve(name + "-" + STAMP.format(stamp.atZone(ZoneId.systemDefault())));
            try {
                return Files.createDirectory(folder, ownerOnly());
            } catch (FileAlreadyExistsException e) {
                stamp = stamp.plusMillis(1); // two runs in one millisecond
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** A class name is a safe file name on every system once its odd characters are gone. */
    private static String fileName(String simulation) {
        String simple = simulation.substring(simulation.lastIndexOf('.') + 1);
        String safe = simple.replaceAll("[^A-Za-z0-9_-]", "_");
        return safe.length() <= LONGEST_NAME ? safe : safe.substring(0, LONGEST_NAME);
    }
}
