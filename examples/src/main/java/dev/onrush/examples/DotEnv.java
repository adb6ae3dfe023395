package dev.onrush.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Secrets that do not belong into the code: environment variables, else the lines {@code NAME=value} of a {@code .env}
 * file in the working directory.
 *
 * <p>Blank lines and lines that begin with {@code #} are passed over, a leading {@code export} and quotes around the
 * whole value are taken off.
 */
final class DotEnv {
    private final Map<String, String> environment;
    private final Map<String, String> file;

    private DotEnv(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    static DotEnv load() {
        return load(System.getenv(), Path.of(".env"));
    }

    static DotEnv load(Map<String, String> environment, Path path) {
        Map<String, String> values = new HashMap<>();
        if (Files.exists(path)) {
            int number = 0;
            for (String line : lines(path)) {
                number++;
                String text = line.strip();
                if (text.isEmpty() || text.startsWith("#")) {
                    continue;
                }
                int equals = text.indexOf('=');
                if (equals < 1) {
                    // the line itself is not shown: it may hold a secret
                    throw new IllegalArgumentException(path + ", line " + number + ": NAME=value expected.");
                }
                String name = text.substring(0, equals).strip().replaceFirst("^export\\s+", "");
                values.put(name, unquoted(text.substring(equals + 1).strip()));
            }
        }
        return new DotEnv(environment, values);
    }

    String get(String name, String otherwise) {
        String value = environment.get(name);
        return value != null ? value : file.getOrDefault(name, otherwise);
    }

    private static Iterable<String> lines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be read.", e);
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
