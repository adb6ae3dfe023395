package dev.onrush.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.report.compare.ComparedRuns;
import dev.onrush.report.compare.Comparison;
import dev.onrush.report.compare.NotCompared;
import dev.onrush.report.internal.findings.ComparedRun;
import dev.onrush.report.internal.findings.ComparisonFindings;
import dev.onrush.report.internal.findings.ComparisonJson;
import dev.onrush.report.internal.findings.ComparisonPage;
import dev.onrush.report.internal.text.PlainText;
import dev.onrush.report.internal.text.Printed;

/** Compares runs from their logs and writes what came of it: {@code comparison.html} and {@code comparison.json}. */
public final class ComparisonReport {
    private static final int MOST_NAMES_IN_A_LINE = 3;

    private ComparisonReport() {}

    /**
     * Compares and writes both files; existing ones are replaced.
     *
     * @throws EventLogException if a run has no log that can be read, no request that counts, is named twice, or if no request
     *     is in both sides; its message is one line
     * @throws UncheckedIOException if a file cannot be written; its message is one line
     */
    public static ComparisonResult write(Comparison how) {
        List<ComparedRun> baselines =
                how.baselines().stream().map(ComparedRun::read).toList();
        List<ComparedRun> candidates =
                how.candidates().stream().map(ComparedRun::read).toList();
        refuseTwice(baselines, candidates);
        ComparedRuns compared = ComparedRuns.of(
                baselines.stream().map(ComparedRun::sliced).toList(),
                candidates.stream().map(ComparedRun::sliced).toList(),
                how);
        if (compared.requests().isEmpty()) {
            throw new EventLogException(nothingInCommon(compared.notCompared()));
        }
        ComparisonFindings findings = ComparisonFindings.of(how, baselines, candidates, compared);
        Path folder = folder(how);
        try {
            Files.createDirectories(folder);
            Path json = RunFile.write(folder.resolve("comparison.json"), ComparisonJson.of(findings));
            Path page = RunFile.write(folder.resolve("comparison.html"), ComparisonPage.of(findings));
            return new ComparisonResult(page, json, compared, findings.lines(), findings.gateFailures());
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
            throw new UncheckedIOException(
                    "compare: nothing can be written to " + folder + " (" + cause + "). Choose another results folder.",
                    cause);
        }
    }

    private static Path folder(Comparison how) {
        Path results = how.results();
        if (results != null) {
            return results;
        }
        Path first = how.candidates().get(0).toAbsolutePath();
        Path parent = first.getParent();
        return Files.isRegularFile(first) && parent != null ? parent : first;
    }

    private static void refuseTwice(List<ComparedRun> baselines, List<ComparedRun> candidates) {
        List<ComparedRun> all = new ArrayList<>(baselines);
        all.addAll(candidates);
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                if (all.get(i).isSameAs(all.get(j))) {
                    throw new EventLogException("compare: " + all.get(i).log() + " and "
                            + all.get(j).log() + " are the same run. Name each run once, on one side.");
                }
            }
        }
    }

    private static String nothingInCommon(List<NotCompared> notCompared) {
        StringBuilder text = new StringBuilder("compare: no request is in both sides. ");
        notCompared.stream()
                .collect(Collectors.groupingBy(NotCompared::reason, TreeMap::new, Collectors.toList()))
                .forEach((reason, requests) -> text.append(Printed.sentence(reason + ": " + names(requests)))
                        .append(' '));
        return text + "Compare runs of the same requests.";
    }

    private static String names(List<NotCompared> requests) {
        String first = requests.stream()
                .limit(MOST_NAMES_IN_A_LINE)
                .map(request -> PlainText.of(request.name().toString()))
                .collect(Collectors.joining(", "));
        int more = requests.size() - MOST_NAMES_IN_A_LINE;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
