package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A disk of its own that is soon full: a tmpfs, mounted where the test says. Needs the right to mount. */
public final class SmallDisk implements AutoCloseable {
    private static final String FILLER = "filler";

    private final Path folder;
    private final int kib;

    private SmallDisk(Path folder, int kib) {
        this.folder = folder;
        this.kib = kib;
    }

    /** Mounts a disk of that size; empty if this process may not. The folder is made if need be. */
    public static Optional<SmallDisk> mount(Path folder, int kib) {
        try {
            Files.createDirectories(folder);
            return ran("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", "tmpfs", folder.toString())
                    ? Optional.of(new SmallDisk(folder, kib))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** Fills it but for so much; the system gives room in whole pages. */
    public SmallDisk leave(int freeKib) {
        try {
            Files.write(folder.resolve(FILLER), new byte[(kib - freeKib) << 10]);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot fill " + folder, e);
        }
    }

    /** Makes room again. */
    public void clear() {
        try {
            Files.delete(folder.resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + folder, e);
        }
    }

    @Override
    public void close() {
        if (!ran("umount", folder.toString()) && !ran("umount", "-l", folder.toString())) {
            throw new IllegalStateException(folder + " cannot be unmounted");
        }
    }

    private static boolean ran(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                System.out.println(String.join(" ", command) + ": exit code " + exitCode + ", " + output.strip());
            }
            return exitCode == 0;
        } catch (IOException e) {
            System.out.println(String.join(" ", command) + ": " + e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
