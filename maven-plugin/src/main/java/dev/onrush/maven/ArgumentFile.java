package dev.onrush.maven;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file with which the {@code java} launcher takes a command line of any length ({@code java @file}).
 *
 * <p>Readable by its owner only, where the file system can say so, as system properties may be secrets. Closing deletes
 * it. Quoting: "java Command-Line Argument Files" of the JDK's tool reference.
 */
record ArgumentFile(Path path) implements AutoCloseable {
    /** Writes one word a line. */
    static ArgumentFile write(List<String> words) throws IOException {
        Path path = Files.createTempFile("onrush-", ".args");
        try {
            path.toFile().deleteOnExit(); // Maven may be stopped before it is closed
        } catch (IllegalStateException e) {
            Files.delete(path);
            throw new IOException("Maven is being stopped", e);
        }
        Files.write(path, text(words).getBytes(launcherCharset()));
        return new ArgumentFile(path);
    }

    /** The words as the launcher reads them back, byte for byte. */
    static String text(List<String> words) {
        return words.stream().map(ArgumentFile::quoted).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Whether the launcher, which reads the file in the encoding of the platform, gets the word unharmed. */
    static boolean canCarry(String word) {
        return launcherCharset().newEncoder().canEncode(word);
    }

    private static String quoted(String word) {
        return '"'
                + word.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\f", "\\f")
                + '"';
    }

    private static Charset launcherCharset() {
        String name = System.getProperty("sun.jnu.encoding", System.getProperty("native.encoding", "UTF-8"));
        return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
