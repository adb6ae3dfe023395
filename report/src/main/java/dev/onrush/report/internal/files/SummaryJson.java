package dev.onrush.report.internal.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.health.Circumstances;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.Compensated;
import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.GeneratorStatistics;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.Times;
import dev.onrush.core.measure.UserCounts;
import dev.onrush.report.internal.model.HeaderTexts;
import dev.onrush.report.internal.model.Remark;
import dev.onrush.report.internal.model.RunRemarks;
import dev.onrush.report.internal.model.TimeColumn;
import dev.onrush.report.internal.text.JsonText;
import dev.onrush.report.outcome.GeneratorPart;
import dev.onrush.report.outcome.ReportScope;
import dev.onrush.report.outcome.ReportWindow;
import dev.onrush.report.outcome.RunFacts;
import dev.onrush.report.outcome.RunOutcome;

/**
 * {@code summary.json}: the figures of a run for machines. Times and instants are milliseconds with decimals, instants count
 * from the beginning of the run; null stands for what nobody measured. The same statistics give the same bytes.
 */
public final class SummaryJson {
    static final int SCHEMA = 1;

    private final List<TimeColumn> columns;

    private SummaryJson(RunInfo run) {
        columns = TimeColumn.of(run.settings());
    }

    public static String of(RunStatistics statistics, RunOutcome outcome) {
        return JsonText.of(new SummaryJson(statistics.run()).tree(statistics, outcome));
    }

    private Map<String, @Nullable Object> tree(RunStatistics statistics, RunOutcome outcome) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("run", run(statistics.run(), outcome));
        root.put("users", users(statistics.users()));
        root.put("total", request(statistics.total()));
        List<Object> requests = new ArrayList<>();
        for (RequestStatistics request : statistics.requests()) {
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            named.put("name", request.name());
            named.put("group", request.group());
            named.putAll(request(request));
            requests.add(named);
        }
        root.put("requests", requests);
        root.put("groups", statistics.groups().stream().map(this::group).toList());
        List<AssertionResult> assertions = outcome.assertions();
        root.put(
                "assertions",
                assertions == null
                        ? null
                        : assertions.stream().map(SummaryJson::assertion).toList());
        root.put("generator", generator(statistics.generator(), statistics.run()));
        scope(root, statistics, outcome.scope());
        return root;
    }

    private void scope(Map<String, @Nullable Object> root, RunStatistics statistics, ReportScope scope) {
        ReportWindow window = scope.window();
        root.put("window", window == null ? null : window(window));
        root.put(
                "generators",
                scope.generators().isEmpty()
                        ? null
                        : scope.generators().stream().map(this::part).toList());
        root.put(
                "remarks",
                RunRemarks.of(statistics, scope).stream().map(Remark::text).toList());
    }

    private static Map<String, Object> window(ReportWindow window) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("from", window.fromSeconds() * 1000);
        tree.put("to", window.toSeconds() * 1000);
        tree.put("runDuration", window.runSeconds() * 1000);
        tree.put("usersPresent", window.usersPresent());
        return tree;
    }

    private Map<String, @Nullable Object> part(GeneratorPart part) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", part.name());
        tree.put("segment", part.segment().isEmpty() ? null : part.segment());
        tree.put("start", part.start().toString());
        tree.put("requests", part.requests());
        tree.put("verdict", verdict(part.verdict()));
        tree.put("startDelay", times(part.statistics().startDelay()));
        tree.put("cpuMaxPercent", known(part.statistics().cpuMaxPercent()));
        tree.put("logRecordsLost", part.statistics().logRecordsLost());
        return tree;
    }

    private static Map<String, @Nullable Object> run(RunInfo run, RunOutcome outcome) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("simulation", run.simulation());
        tree.put("description", run.description());
        tree.put("start", run.start().toString());
        tree.put("durationSeconds", run.durationSeconds());
        tree.put("seed", run.seed());
        tree.put("version", run.version());
        tree.put("exitCode", outcome.exitCode());
        tree.put("settings", new TreeMap<>(run.settings()));
        tree.put("verdict", verdict(outcome.verdict()));
        return tree;
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("level", verdict.level().name());
        tree.put("reasons", verdict.reasons().stream().map(SummaryJson::reason).toList());
        return tree;
    }

    private static Map<String, Object> reason(VerdictReason reason) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("text", reason.text());
        tree.put("from", reason.fromSecond() * 1000.0);
        tree.put("to", (reason.toSecond() + 1) * 1000.0);
        return tree;
    }

    private static Map<String, Object> users(UserCounts users) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("scheduled", users.scheduled());
        tree.put("started", users.started());
        tree.put("dropped", users.droppedTotal());
        tree.put("finished", users.finished());
        tree.put("unfinished", users.unfinished());
        return tree;
    }

    private static Map<String, Object> count(long total, long ok, long ko) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("total", total);
        tree.put("ok", ok);
        tree.put("ko", ko);
        return tree;
    }

    private Map<String, @Nullable Object> request(RequestStatistics request) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("count", count(request.total(), request.ok(), request.ko()));
        tree.put("unfinished", request.unfinished());
        tree.put("notSent", request.notSent());
        tree.put("throughput", request.throughput());
        tree.put("responseTime", times(request.responseTime()));
        tree.put("serviceTime", times(request.serviceTime()));
        tree.put("startDelay", times(request.startDelay()));
        tree.put("okResponseTime", times(request.okResponseTime()));
        tree.put("koResponseTime", times(request.koResponseTime()));
        tree.put("compensated", compensated(request.compensated()));
        tree.put("statusCodes", request.statusCodes());
        tree.put("bytesReceived", request.bytesReceived());
        tree.put("bytesSent", request.bytesSent());
        tree.put("errors", request.errors().stream().map(SummaryJson::error).toList());
        return tree;
    }

    private @Nullable Map<String, @Nullable Object> compensated(@Nullable Compensated compensated) {
        if (compensated == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("count", compensated.responseTime().count());
        tree.put("added", compensated.added());
        tree.put("expectedInterval", compensated.intervalMicros() > 0 ? compensated.intervalMicros() / 1000.0 : null);
        tree.put("responseTime", times(compensated.responseTime()));
        return tree;
    }

    private static Map<String, Object> error(ErrorCount error) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("class", error.errorClass());
        tree.put("message", error.message());
        tree.put("count", error.count());
        tree.put("first", error.firstMicros() / 1000.0);
        tree.put("last", error.lastMicros() / 1000.0);
        return tree;
    }

    private Map<String, Object> group(GroupStatistics group) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", group.name());
        tree.put("group", group.group());
        tree.put("count", count(group.total(), group.ok(), group.ko()));
        tree.put("duration", times(group.duration()));
        tree.put("cumulated", times(group.cumulated()));
        return tree;
    }

    private static Map<String, @Nullable Object> assertion(AssertionResult assertion) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("text", assertion.text());
        tree.put("passed", assertion.passed());
        tree.put("actual", assertion.actual());
        return tree;
    }

    private Map<String, @Nullable Object> generator(GeneratorStatistics generator, RunInfo run) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("startDelay", times(generator.startDelay()));
        tree.put("cpuMaxPercent", known(generator.cpuMaxPercent()));
        tree.put("stealMaxPercent", known(generator.stealMaxPercent()));
        tree.put("gcPauseMillis", known(generator.gcPauseMillis()));
        tree.put("stalls", known(generator.stalls()));
        tree.put("stallMillis", known(generator.stallMillis()));
        tree.put("logRecordsLost", generator.logRecordsLost());
        tree.put("damagedBlocks", generator.damagedBlocks());
        tree.put("namesFolded", generator.namesFolded());
        tree.put("staleRetries", generator.staleRetries());
        tree.put("silentRequests", generator.silentRequests());
        tree.put("clockJumps", generator.clockJumps());
        tree.put("tlsVerification", generator.tlsVerification());
        tree.put("stepFailures", generator.stepFailures());
        Circumstances seen = generator.circumstances();
        tree.put("machineCpuMaxPercent", known(seen.machineCpuMaxPercent()));
        tree.put("gcMaxMillis", known(seen.gcMaxMillis()));
        tree.put("throttledMillis", known(seen.throttledMillis()));
        tree.put("tcpRetransmits", known(seen.retransmits()));
        tree.put("socketsMax", known(seen.localPortsMax()));
        tree.put("localPorts", known(seen.localPorts()));
        tree.put("openFilesMax", known(seen.openFilesMax()));
        tree.put("openFilesLimit", known(seen.openFilesLimit()));
        tree.put("logQueuedMaxBytes", known(seen.logQueuedMaxBytes()));
        tree.put("connectBaseline", HeaderTexts.of(run.header(), RunFacts.CONNECT_PREFIX));
        return tree;
    }

    private Map<String, @Nullable Object> times(Times times) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        columns.forEach(column -> tree.put(column.key(), column.millis(times)));
        return tree;
    }

    private static @Nullable Long known(long value) {
        return value < 0 ? null : value;
    }
}
