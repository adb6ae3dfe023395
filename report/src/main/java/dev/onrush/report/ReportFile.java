package dev.onrush.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.onrush.core.DefinitionException;

/** One of the files that a report consists of. Its name is fixed: nothing of a run becomes a path. */
public enum ReportFile {
    /** The page for people. */
    PAGE("page", "index.html"),
    /** All figures of the run. */
    SUMMARY("summary", "summary.json"),
    /** The assertions as test cases. */
    JUNIT("junit", "junit.xml"),
    /** A line for each request and group, and for all requests. */
    REQUESTS("requests", "requests.csv"),
    /** A line for each step of time. */
    TIMELINE("timeline", "timeline.csv"),
    /** A line for each error of each request. */
    ERRORS("errors", "errors.csv"),
    /** What fits into a comment: verdict, assertions, headline numbers. */
    MARKDOWN("markdown", "summary.md"),
    /** Response times of each step in HdrHistogram's log format. */
    HISTOGRAMS("histograms", "histograms.hlog");

    private final String word;
    private final String fileName;

    ReportFile(String word, String fileName) {
        this.word = word;
        this.fileName = fileName;
    }

    /** As it is called in settings and on the command line. */
    public String word() {
        return word;
    }

    /** Where it lies in a folder. */
    public Path in(Path folder) {
        return folder.resolve(fileName);
    }

    /**
     * The files that a comma-separated list of words names; {@code all} or nothing names every one.
     *
     * @throws DefinitionException if one of the words names none
     */
    public static Set<ReportFile> read(String words) {
        EnumSet<ReportFile> files = EnumSet.noneOf(ReportFile.class);
        for (String given : words.split(",", -1)) {
            String word = given.strip();
            if (words.isBlank() || word.equals("all")) {
                return EnumSet.allOf(ReportFile.class);
            }
            files.add(Arrays.stream(values())
                    .filter(file -> file.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new DefinitionException("report files: there is no \"" + word + "\" in \""
                            + words + "\". Choose from " + words() + ", or write all.")));
        }
        return files;
    }

    private static String words() {
        return Arrays.stream(values()).map(ReportFile::word).collect(Collectors.joining(", "));
    }
}
