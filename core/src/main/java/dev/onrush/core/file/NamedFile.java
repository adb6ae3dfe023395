package dev.onrush.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Excerpt;

/** A file as a simulation names it, found: a class path resource, else a file of the working folder. Immutable. */
public final class NamedFile {
    private final String name;
    private final @Nullable Path path;
    private final @Nullable URL resource;

    private NamedFile(String name, @Nullable Path path, @Nullable URL resource) {
        this.name = name;
        this.path = path;
        this.resource = resource;
    }

    /** @throws UnusableFileException if there is none, it is a directory, or it may not be read */
    public static NamedFile find(String name) {
        URL resource = name.isBlank() ? null : loader().getResource(name);
        if (resource != null && !resource.getProtocol().equals("file")) {
            return new NamedFile(name, null, resource);
        }
        return new NamedFile(name, readable(name, resource == null ? path(name) : path(resource)), null);
    }

    /**
     * As {@link #find}, for a name that comes from an expression, so perhaps from a feeder or a response: nothing outside
     * {@code root} is found, not by {@code ..}, not by an absolute path, not by a symbolic link.
     */
    public static NamedFile findInside(Path root, String name) {
        Path given = path(name);
        Path normal = given.normalize();
        if (!given.isAbsolute() && !normal.startsWith("..") && !name.isBlank()) {
            URL resource = loader().getResource(name);
            if (resource != null && name.equals(normal.toString())) {
                return find(name);
            }
        }
        Path file = readable(name, root.resolve(given));
        try {
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                throw new UnusableFileException(shown(name) + ": lies outside the folder " + root.toAbsolutePath()
                        + ", and the path comes from an expression. Move the file, or change the setting files.root.");
            }
        } catch (IOException e) {
            throw new UnusableFileException(shown(name) + ": cannot be read (" + Excerpt.ofThrown(e, 80) + ").");
        }
        return new NamedFile(name, file, null);
    }

    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? NamedFile.class.getClassLoader() : context;
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UnusableFileException(shown(name) + ": is no path (" + e.getReason() + ").");
        }
    }

    private static Path path(URL resource) {
        try {
            return Path.of(new URI(resource.toString()));
        } catch (URISyntaxException e) {
            throw new UnusableFileException(shown(resource.toString()) + ": is no path (" + e.getReason() + ").");
        }
    }

    private static Path readable(String name, Path path) {
        if (Files.isDirectory(path)) {
            throw new UnusableFileException(shown(name) + ": is a directory. Name a file in it.");
        }
        if (!Files.exists(path)) {
            throw new UnusableFileException(shown(name) + ": no such file, neither on the class path nor in "
                    + Path.of("").toAbsolutePath() + ". Correct the path.");
        }
        if (!Files.isReadable(path)) {
            throw new UnusableFileException(shown(name) + ": may not be read. Give this user the right to read it.");
        }
        return path;
    }

    private static String shown(String name) {
        return name.isBlank() ? "\"" + name + "\"" : Excerpt.of(name, 120);
    }

    /** As the author wrote it. */
    public String name() {
        return name;
    }

    /** Size in bytes; -1 if it is not known. */
    public long size() {
        try {
            return path == null ? -1 : Files.size(path);
        } catch (IOException e) {
            return -1;
        }
    }

    /** A stream the caller closes. */
    public InputStream open() throws IOException {
        if (path != null) {
            return Files.newInputStream(path);
        }
        return Objects.requireNonNull(resource).openStream();
    }

    /** @throws UnusableFileException if reading fails */
    public byte[] bytes() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UnusableFileException(shown(name) + ": cannot be read (" + Excerpt.ofThrown(e, 80) + ").");
        }
    }

    /** @throws UnusableFileException if reading fails or it is not UTF-8 */
    public String text() {
        try (Reader reader = reader(open(), StandardCharsets.UTF_8)) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[8192];
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                text.append(buffer, 0, count);
            }
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new UnusableFileException(shown(name) + ": is not UTF-8. Save the file as UTF-8.");
        } catch (IOException e) {
            throw new UnusableFileException(shown(name) + ": cannot be read (" + Excerpt.ofThrown(e, 80) + ").");
        }
    }

    /**
     * A reader of text, which closes {@code in}. A byte order mark is skipped; bytes that are not of that charset are a
     * {@link CharacterCodingException}, not a question mark.
     */
    public static Reader reader(InputStream in, Charset charset) throws IOException {
        PushbackReader reader = new PushbackReader(
                new InputStreamReader(
                        in,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                1);
        int first;
        try {
            first = reader.read();
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
        if (first >= 0 && first != '\uFEFF') {
            reader.unread(first);
        }
        return reader;
    }
}
