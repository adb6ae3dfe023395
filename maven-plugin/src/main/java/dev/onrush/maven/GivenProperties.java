package dev.onrush.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The {@code onrush.…} properties around a build. One given with {@code -D} wins over the POM's configuration, which is
 * the other way round in plain Maven: what is nearest to the person who starts the run decides, as everywhere in Onrush.
 *
 * @param user given with {@code -D}
 * @param project those of the POM; they come last
 */
record GivenProperties(Properties user, Properties project) {
    private static final String PREFIX = "onrush.";

    /** Parameters of this plugin; every other {@code onrush.…} property is a setting of the run. */
    private static final Set<String> PARAMETERS = Set.of(
            "simulationClass",
            "runMultipleSimulations",
            "includes",
            "excludes",
            "resultsFolder",
            "results", // a setting of the run, but we name that folder by an argument
            "runDescription",
            "jvmArgs",
            "systemProperties",
            "environment",
            "failOnError",
            "continueOnAssertionFailure",
            "noReports",
            "reportsOnly",
            "runDirectory",
            "from",
            "to",
            "percentiles",
            "output",
            "baselines",
            "candidates",
            "failIfWorseBy",
            "workingDirectory",
            "skip");

    @Nullable
    String text(String name, @Nullable String configured) {
        String given = user.getProperty(PREFIX + name);
        String chosen = given != null ? given : configured != null ? configured : project.getProperty(PREFIX + name);
        return chosen == null || chosen.isBlank() ? null : chosen.strip();
    }

    boolean flag(String name, boolean configured) {
        return Boolean.parseBoolean(text(name, String.valueOf(configured)));
    }

    /** A relative path starts at the folder of the project. */
    Path path(String name, File configured, MavenProject base) {
        String text = text(name, configured.toString());
        Path path = text == null ? configured.toPath() : Path.of(text);
        File folder = base.getBasedir(); // none outside a project
        return (folder == null ? path : folder.toPath().resolve(path))
                .toAbsolutePath()
                .normalize();
    }

    /** The folder of the results; given with {@code -D} it may also be named by the run's own setting. */
    Path resultsFolder(File configured, MavenProject base) {
        String setting = text("resultsFolder", null) == null ? text("results", null) : null;
        return path("resultsFolder", setting == null ? configured : new File(setting), base);
    }

    /** The property is separated by commas. */
    List<String> list(String name, @Nullable List<String> configured) {
        String text = userOrProject(name, configured);
        if (text == null) {
            return configured == null ? List.of() : List.copyOf(configured);
        }
        return List.of(text.split(",")).stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The property is separated by blanks, as on a command line; quotes keep blanks together. */
    List<String> words(String name, @Nullable List<String> configured) throws MojoFailureException {
        String text = userOrProject(name, configured);
        if (text == null) {
            return configured == null ? List.of() : List.copyOf(configured);
        }
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean within = false;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                within = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (within) {
                    words.add(word.toString());
                }
                word.setLength(0);
                within = false;
            } else {
                word.append(c);
                within = true;
            }
        }
        if (quote != 0) {
            throw new MojoFailureException(
                    PREFIX + name + ": quote " + quote + " is not closed in: " + text + ". Close it.");
        }
        if (within) {
            words.add(word.toString());
        }
        return words;
    }

    /** The property is {@code name=value}, separated by commas. */
    Map<String, String> pairs(String name, @Nullable Map<String, String> configured) throws MojoFailureException {
        String text = user.getProperty(PREFIX + name);
        if (text == null && configured != null) {
            // An empty element of the POM is null in the map.
            Map<String, String> pairs = new LinkedHashMap<>();
            configured.forEach((key, value) -> pairs.put(key, value == null ? "" : value));
            return pairs;
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : list(name, null)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new MojoFailureException(PREFIX + name + ": name=value expected, was " + pair
                        + ". Separate pairs by commas; a value with a comma can only stand in the POM.");
            }
            pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
        }
        return pairs;
    }

    /** What was given with {@code -D} for the run, by name: its settings, and what the simulation itself asks for. */
    Map<String, String> forTheRun() {
        Map<String, String> properties = new TreeMap<>();
        for (String name : user.stringPropertyNames()) {
            boolean isOurs = name.startsWith(PREFIX) && PARAMETERS.contains(name.substring(PREFIX.length()));
            if (!isOurs) {
                properties.put(name, user.getProperty(name));
            }
        }
        return properties;
    }

    private @Nullable String userOrProject(String name, @Nullable List<String> configured) {
        String given = user.getProperty(PREFIX + name);
        boolean unset = configured == null || configured.isEmpty();
        return given != null || !unset ? given : project.getProperty(PREFIX + name);
    }
}
