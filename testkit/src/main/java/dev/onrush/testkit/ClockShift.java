package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A wall clock for child JVMs that can be set while they run, as somebody or NTP sets that of a machine. Their monotonic
 * clock, and the clock of this JVM, stay what they are.
 *
 * <pre>{@code
 * try (var clock = ClockShift.none(); var run = clock.in(plan).start()) {
 *     clock.ahead(Duration.ofHours(1));
 *     …
 * }
 * }</pre>
 *
 * <p>Made of libfaketime (Debian: {@code libfaketime}), preloaded. Linux only.
 */
public final class ClockShift implements AutoCloseable {
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path library;
    private final Path file;

    private ClockShift(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** Whether libfaketime is installed. */
    public static boolean isAvailable() {
        return library().isPresent();
    }

    /** A clock that is right until it is set. */
    public static ClockShift none() {
        Path library = library().orElseThrow(() -> new IllegalStateException("libfaketime is not installed"));
        try {
            var shift = new ClockShift(library, Files.createTempFile("onrush-clock", ".shift"));
            shift.ahead(Duration.ZERO);
            return shift;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the file that sets the clock", e);
        }
    }

    /** A clock that shows this time now, and runs on. */
    public static ClockShift to(Instant time) {
        ClockShift shift = none();
        shift.ahead(Duration.between(Instant.now(), time));
        return shift;
    }

    /** What is started so lives by this clock. */
    public ChildPlan in(ChildPlan plan) {
        return plan.environment("LD_PRELOAD", library.toString())
                .environment("FAKETIME_TIMESTAMP_FILE", file.toString())
                .environment("FAKETIME_NO_CACHE", "1")
                .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                // Else timed waits on the monotonic clock are "mended" too, and end at once.
                .environment("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Sets the clock to so much ahead of the right time; negative: behind. */
    public void ahead(Duration shift) {
        try {
            Path draft = Files.createTempFile("onrush-clock", ".tmp");
            Files.writeString(draft, (shift.isNegative() ? "" : "+") + shift.toSeconds() + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set the clock by " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private static Optional<Path> library() {
        Path root = Path.of("/usr/lib");
        if (Files.isReadable(root.resolve(LIBRARY))) {
            return Optional.of(root.resolve(LIBRARY));
        }
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> architectures = Files.newDirectoryStream(root, "*-linux-*")) {
            for (Path architecture : architectures) {
                Path library = architecture.resolve(LIBRARY);
                if (Files.isReadable(library)) {
                    return Optional.of(library);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for libfaketime", e);
        }
    }
}
