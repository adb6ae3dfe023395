package dev.onrush.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;
import dev.onrush.core.Segment;

/**
 * The folder of one run inside the results folder, new and its own: {@code <results>/<simulation>-<yyyyMMdd-HHmmss-SSS>}; in a
 * run that is split, with its part behind, as in {@code -part1of4}.
 */
final class RunFolder {
    static final String LATEST = "latest.txt";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);
    private static final int LONGEST_NAME = 80;

    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

    private RunFolder() {}

    /** Where results go when nobody says: {@code target/onrush} in a Maven project, else {@code onrush}. */
    static Path defaultResults() {
        return Files.exists(Path.of("pom.xml")) ? Path.of("target", "onrush") : Path.of("onrush");
    }

    /**
     * Creates the folder, readable by its owner only where the system knows that.
     *
     * @throws DefinitionException if it cannot be created
     */
    static Path create(Path results, String simulation, Segment segment, Instant start) {
        try {
            Files.createDirectories(results);
            return fresh(results, fileName(simulation), part(segment), start);
        } catch (IOException | UnsupportedOperationException e) {
            throw unusable(results.toAbsolutePath().toString(), e);
        }
    }

    /**
     * A path as text.
     *
     * @throws DefinitionException if no path looks like that here
     */
    static Path results(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw unusable(text, e);
        }
    }

    /** Writes down that this run is the newest; a run does not fail for it. */
    static void nameNewest(Path folder) {
        Path results = folder.toAbsolutePath().getParent();
        if (results == null) {
            return;
        }
        try {
            // No temporary file of the JDK's: its name is a secure random, which takes its time to load. The folder's
            // is as unique.
            Path draft = Files.createFile(results.resolve("." + folder.getFileName() + ".tmp"), ownerOnly("rw-------"));
            try {
                Files.writeString(draft, folder.getFileName() + "\n", StandardCharsets.UTF_8);
                Files.move(draft, results.resolve(LATEST), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", results.resolve(LATEST), reason(e));
        }
    }

    /** Takes back the folder of a run that did not begin. */
    static void discard(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve("events.onrush"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", folder, reason(e));
        }
    }

    private static DefinitionException unusable(String results, Exception e) {
        return new DefinitionException(List.of(new Problem(
                "results folder " + results,
                "cannot be written (" + reason(e) + "). Choose another with --results DIR or -Donrush.results=DIR.")));
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    private static Path fresh(Path results, String name, String part, Instant start) throws IOException {
        Instant stamp = start;
        while (true) {
            Path folder = results.resolve(name + "-" + STAMP.format(stamp.atZone(ZoneId.systemDefault())) + part);
            try {
                return Files.createDirectory(folder, ownerOnly("rwx------"));
            } catch (FileAlreadyExistsException e) {
                stamp = stamp.plusMillis(1); // two runs in one millisecond
            }
        }
    }

    private static String part(Segment segment) {
        return segment.isWhole() ? "" : "-part" + segment.index() + "of" + segment.of();
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
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
