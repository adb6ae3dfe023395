package dev.onrush.report.internal.findings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.compare.ComparedRuns;
import dev.onrush.report.compare.Comparison;
import dev.onrush.report.compare.Difference;
import dev.onrush.report.compare.RequestComparison;
import dev.onrush.report.compare.RequestName;
import dev.onrush.report.internal.text.JsonText;

/**
 * {@code comparison.json}: what a comparison found, for machines. Times are milliseconds, differences of times percent of the
 * baseline, those of {@code koPercent} percentage points; null where there was too little to say. The same runs and options
 * give the same bytes. Shape: docs/comparison.md.
 */
public final class ComparisonJson {
    static final int SCHEMA = 1;

    private ComparisonJson() {}

    public static String of(ComparisonFindings findings) {
        return JsonText.of(tree(findings));
    }

    private static Map<String, @Nullable Object> tree(ComparisonFindings findings) {
        ComparedRuns compared = findings.compared();
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("summary", findings.summary());
        root.put("withinRunOnly", findings.withinRunOnly());
        root.put("method", method(findings));
        root.put("gate", gate(findings));
        root.put(
                "baselines",
                findings.baselines().stream().map(ComparisonJson::run).toList());
        root.put(
                "candidates",
                findings.candidates().stream().map(ComparisonJson::run).toList());
        root.put(
                "otherChanges",
                findings.changes().stream()
                        .map(change -> {
                            Map<String, Object> tree = new LinkedHashMap<>();
                            tree.put("what", change.what());
                            tree.put("baseline", change.baseline());
                            tree.put("candidate", change.candidate());
                            return tree;
                        })
                        .toList());
        root.put(
                "notCompared",
                compared.notCompared().stream()
                        .map(each -> {
                            Map<String, Object> tree = name(each.name());
                            tree.put("reason", each.reason());
                            return tree;
                        })
                        .toList());
        List<Object> requests = new ArrayList<>();
        for (RequestComparison request : compared.requests()) {
            RequestName name = request.name();
            if (name == null) {
                root.put("total", request(request));
            } else {
                Map<String, @Nullable Object> named = new LinkedHashMap<>(name(name));
                named.putAll(request(request));
                requests.add(named);
            }
        }
        root.putIfAbsent("total", null);
        root.put("requests", requests);
        return root;
    }

    private static Map<String, Object> name(RequestName name) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name.name());
        tree.put("group", name.group());
        return tree;
    }

    private static Map<String, Object> method(ComparisonFindings findings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("falseAlarmPercentOfPage", 100 * ComparedRuns.ALPHA);
        tree.put("tests", findings.compared().tests());
        tree.put("practicalPercent", findings.how().practicalPercent());
        tree.put("practicalKoPoints", Comparison.PRACTICAL_KO_POINTS);
        tree.put("powerOfSmallestShift", ComparedRuns.POWER);
        tree.put("replications", findings.how().replications());
        tree.put("seed", findings.how().seed());
        return tree;
    }

    private static @Nullable Map<String, @Nullable Object> gate(ComparisonFindings findings) {
        if (findings.how().failIfWorseBy() == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("failIfWorseBy", findings.how().failIfWorseBy());
        tree.put("passed", findings.gateFailures().isEmpty());
        tree.put("failures", findings.gateFailures());
        return tree;
    }

    private static Map<String, @Nullable Object> run(ComparedRun run) {
        RunStatistics statistics = run.statistics();
        RunInfo info = statistics.run();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("run", run.label());
        tree.put("simulation", info.simulation());
        tree.put("description", info.description());
        tree.put("start", info.start().toString());
        tree.put("measuredSeconds", info.measuredSeconds());
        tree.put("version", info.version());
        tree.put("requests", statistics.total().total());
        tree.put("ko", statistics.total().ko());
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("level", run.verdict().level().name());
        verdict.put(
                "reasons",
                run.verdict().reasons().stream().map(VerdictReason::text).toList());
        tree.put("verdict", verdict);
        return tree;
    }

    private static Map<String, @Nullable Object> request(RequestComparison request) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("count", pair(request.baselineCount(), request.candidateCount()));
        tree.put("throughput", pair(request.baselineThroughput(), request.candidateThroughput()));
        tree.put("max", pair(request.baselineMaxMillis(), request.candidateMaxMillis()));
        Map<String, Object> figures = new LinkedHashMap<>();
        request.differences().forEach(each -> figures.put(each.figure().key(), figure(each)));
        tree.put("figures", figures);
        return tree;
    }

    private static Map<String, @Nullable Object> pair(@Nullable Object baseline, @Nullable Object candidate) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("baseline", baseline);
        tree.put("candidate", candidate);
        return tree;
    }

    private static Map<String, @Nullable Object> figure(Difference difference) {
        Map<String, @Nullable Object> tree = pair(difference.baseline(), difference.candidate());
        tree.put("difference", difference.difference());
        tree.put("lower", difference.lower());
        tree.put("upper", difference.upper());
        tree.put("smallestShift", difference.smallestShift());
        tree.put("pValue", difference.pValue());
        tree.put("judgement", difference.judgement().name());
        return tree;
    }
}
