package dev.onrush.maven;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The outcomes of one build, kept in a small properties file between the goals {@code test} and {@code verify}.
 *
 * <p>Several executions of one build add up; a later build starts afresh.
 *
 * @param buildStartMillis when that build began, since the epoch
 */
record Outcomes(long buildStartMillis, List<Outcome> all) {
    Outcomes {
        all = List.copyOf(all);
    }

    static Path file(Path resultsFolder) {
        return resultsFolder.resolve("outcomes.properties");
    }

    /** Returns null where no file is. */
    static @Nullable Outcomes read(Path resultsFolder) throws IOException {
        Path file = file(resultsFolder);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        try {
            List<Outcome> all = new ArrayList<>();
            for (int i = 1; properties.containsKey(i + ".simulation"); i++) {
                String runFolder = properties.getProperty(i + ".runFolder");
                all.add(new Outcome(
                        properties.getProperty(i + ".simulation", ""),
                        Integer.parseInt(properties.getProperty(i + ".exitCode", "")),
                        runFolder == null ? null : Path.of(runFolder),
                        Boolean.parseBoolean(properties.getProperty(i + ".muted"))));
            }
            return new Outcomes(Long.parseLong(properties.getProperty("buildStartMillis", "")), all);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": not as the goal test writes it. Delete it and run the goal again.", e);
        }
    }

    /** Writes these outcomes behind those that the same build has left already. */
    void append(Path resultsFolder) throws IOException {
        Outcomes before = read(resultsFolder);
        List<Outcome> together = new ArrayList<>();
        if (before != null && before.buildStartMillis == buildStartMillis) {
            together.addAll(before.all);
        }
        together.addAll(all);

        Properties properties = new Properties();
        properties.setProperty("buildStartMillis", String.valueOf(buildStartMillis));
        for (int i = 1; i <= together.size(); i++) {
            Outcome outcome = together.get(i - 1);
            properties.setProperty(i + ".simulation", outcome.simulation());
            properties.setProperty(i + ".exitCode", String.valueOf(outcome.exitCode()));
            properties.setProperty(i + ".muted", String.valueOf(outcome.muted()));
            if (outcome.runFolder() != null) {
                properties.setProperty(i + ".runFolder", outcome.runFolder().toString());
            }
        }
        Files.createDirectories(resultsFolder);
        try (Writer writer = Files.newBufferedWriter(file(resultsFolder))) {
            properties.store(writer, "Outcomes of the load tests of one build, read by the goal verify");
        }
    }

    boolean pass() {
        return all.stream().allMatch(Outcome::passes);
    }

    /** The failed ones, with what to do; empty if all pass. */
    String failureText() {
        List<Outcome> failed = all.stream().filter(outcome -> !outcome.passes()).toList();
        if (failed.isEmpty()) {
            return "";
        }
        String advice = failed.stream().allMatch(outcome -> outcome.exitCode() == 2)
                ? "\nTo go on after failed assertions set onrush.continueOnAssertionFailure."
                : "";
        return failed.size() + " of " + all.size()
                + (all.size() == 1 ? " simulation failed:\n" : " simulations failed:\n")
                + failed.stream().map(outcome -> "  " + outcome.text()).collect(Collectors.joining("\n"))
                + advice;
    }
}
