package dev.onrush.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.health.Circumstances;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.measure.Compensated;
import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.ExchangeSample;
import dev.onrush.core.measure.GeneratorStatistics;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.Mark;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.ScenarioUsers;
import dev.onrush.core.measure.Times;
import dev.onrush.core.measure.UserCounts;

/** Puts the words and figures of one run in the page's order. */
final class PageComposer {
    /** A page stays small: each is up to 10 KiB. */
    private static final int MOST_SAMPLES = 100;

    private final RunStatistics statistics;
    private final RunOutcome outcome;
    private final RunInfo run;
    private final GeneratorStatistics generator;
    private final RequestStatistics total;

    private PageComposer(RunStatistics statistics, RunOutcome outcome) {
        this.statistics = statistics;
        this.outcome = outcome;
        this.run = statistics.run();
        this.generator = statistics.generator();
        this.total = statistics.total();
    }

    static PageModel compose(RunStatistics statistics, RunOutcome outcome, List<TableTree.Line> lines) {
        return new PageComposer(statistics, outcome).page(lines);
    }

    private PageModel page(List<TableTree.Line> lines) {
        List<PageModel.Row> rows = rows(lines);
        List<AssertionResult> assertions = outcome.assertions();
        return new PageModel(
                run.simulation(),
                run.description(),
                Printed.start(run.start()),
                Printed.seconds(run.durationSeconds()),
                run.version(),
                verdict(),
                passed(),
                honesty(),
                remarks(),
                headlines(),
                times(),
                assertions == null
                        ? List.of()
                        : assertions.stream().map(PageComposer::assertion).toList(),
                assertionsNote(),
                !generator.tlsVerification(),
                facts(),
                profiles(),
                settings(),
                List.copyOf(prefixed(RunFacts.WARNING_PREFIX).values()),
                run.header().getOrDefault(RunHeader.PLAN, ""),
                statistics.stepFailures().stream()
                        .map(failure -> new PageModel.StepFailureRow(
                                failure.errorClass(), failure.message(), Printed.count(failure.count())))
                        .toList(),
                PageFigures.COLUMNS.stream().map(TimeFigure::label).toList(),
                rows,
                rows.stream().flatMap(row -> row.times().stream()).anyMatch(PageModel.TimeCell::tooFew),
                total.compensated() != null,
                statistics.errors().stream().map(this::error).toList(),
                statistics.samples().stream()
                        .limit(MOST_SAMPLES)
                        .map(PageComposer::sample)
                        .toList(),
                samplesNote(),
                total.total() > 0,
                !statistics.timeline().steps().isEmpty());
    }

    private PageModel.Verdict verdict() {
        VerdictLevel level = outcome.verdict().level();
        String tone = switch (level) {
            case TRUSTWORTHY -> "good";
            case DEGRADED -> "warn";
            case SATURATED, INCOMPLETE -> "bad";
        };
        return new PageModel.Verdict(
                level.name(),
                tone,
                VerdictWords.title(level),
                VerdictWords.meaning(level),
                outcome.verdict().reasons().stream()
                        .map(reason -> new PageModel.Reason(reason.text(), VerdictWords.when(reason, statistics)))
                        .toList());
    }

    private PageModel.Passed passed() {
        List<AssertionResult> assertions = outcome.assertions();
        if (assertions == null) {
            return new PageModel.Passed("warn", "Not known", sentence(outcome.whyNotEvaluated(statistics)));
        }
        if (assertions.isEmpty()) {
            return new PageModel.Passed(
                    "none", "No assertions", "The simulation sets no limits, so nothing says whether this is good.");
        }
        long failed = assertions.stream().filter(result -> !result.passed()).count();
        if (failed > 0) {
            return new PageModel.Passed(
                    "bad",
                    Printed.count(failed) + " of "
                            + Printed.count(assertions.size(), "assertion failed", "assertions failed"),
                    "The limits and what was reached stand below.");
        }
        return new PageModel.Passed(
                "good",
                assertions.size() == 1 ? "The assertion holds" : "All " + assertions.size() + " assertions hold",
                "The limits and what was reached stand below.");
    }

    private String assertionsNote() {
        List<AssertionResult> assertions = outcome.assertions();
        if (assertions == null) {
            return sentence(outcome.whyNotEvaluated(statistics));
        }
        return assertions.isEmpty() ? "The simulation sets no assertions." : "";
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static PageModel.AssertionRow assertion(AssertionResult result) {
        String name = result.name();
        String limit = result.limit();
        String suffix = ", " + limit;
        if (limit.isEmpty() || !name.endsWith(suffix)) {
            return new PageModel.AssertionRow(result.passed(), result.text(), "", "", result.text());
        }
        String measured = name.substring(0, name.length() - suffix.length());
        return new PageModel.AssertionRow(
                result.passed(), measured, withoutWord(limit), actual(result, measured), result.text());
    }

    private static String withoutWord(String limit) {
        return limit.startsWith("limit ") ? limit.substring("limit ".length()) : limit;
    }

    /** The part of the text that tells the value, or why there is none. */
    private static String actual(AssertionResult result, String measured) {
        String text = result.text();
        int limitAt = text.lastIndexOf(", " + result.limit());
        if (limitAt < measured.length() || !text.startsWith(measured)) {
            return result.actual() == null ? Printed.NOTHING : result.actual().toString();
        }
        String said = text.substring(measured.length(), limitAt);
        return said.startsWith(" = ") ? said.substring(3) : said.startsWith(": ") ? said.substring(2) : said;
    }

    private List<PageModel.Fact> honesty() {
        UserCounts users = statistics.users();
        List<PageModel.Fact> facts = new ArrayList<>();
        facts.add(number("scheduled", "Users scheduled", users.scheduled()));
        facts.add(number("started", "Users started", users.started()));
        facts.add(number("dropped", "Users dropped", users.droppedTotal()));
        facts.add(number("finished", "Users finished", users.finished()));
        facts.add(number("unfinished", "Users unfinished", users.unfinished()));
        facts.add(time("start-delay-max", "Start delay max", TimeFigure.MAX, generator.startDelay()));
        facts.add(time("start-delay-p99", "Start delay p99", TimeFigure.P99, generator.startDelay()));
        facts.add(number("stalls", "Generator stalls", generator.stalls()));
        facts.add(millis("stall-millis", "Stalled, in total", generator.stallMillis()));
        facts.add(millis("gc-millis", "Garbage collection", generator.gcPauseMillis()));
        facts.add(percent("cpu-max", "CPU max, of one core", generator.cpuMaxPercent()));
        facts.add(percent("steal-max", "Steal max", generator.stealMaxPercent()));
        facts.add(number("log-records-lost", "Log records lost", generator.logRecordsLost()));
        facts.add(number("damaged-blocks", "Damaged blocks", generator.damagedBlocks()));
        facts.add(number("names-folded", "Names folded into other", generator.namesFolded()));
        facts.add(new PageModel.Fact("retries", "Retries", "off", "off"));
        facts.add(number("stale-retries", "Resent (stale connection)", generator.staleRetries()));
        facts.add(number("silent-requests", "Silent requests, in no statistic", generator.silentRequests()));
        String tls = generator.tlsVerification() ? "on" : "off";
        facts.add(new PageModel.Fact("tls-verification", "TLS verification", tls, tls));
        facts.add(
                new PageModel.Fact("percentile-method", "Percentiles", "nearest-rank-hdr-3", "nearest rank, 3 digits"));
        facts.add(number("clock-jumps", "Clock jumps seen", generator.clockJumps()));
        Circumstances known = generator.circumstances();
        facts.add(of("local-ports", "Local ports, sockets at most", known.localPortsMax(), known.localPorts()));
        facts.add(of("open-files", "Files open at most", known.openFilesMax(), known.openFilesLimit()));
        facts.add(
                known.logQueuedMaxBytes() < 0
                        ? unknown("log-queue", "Log queue at most")
                        : new PageModel.Fact(
                                "log-queue",
                                "Log queue at most",
                                "" + known.logQueuedMaxBytes(),
                                Printed.count(known.logQueuedMaxBytes() >> 10) + " KiB"));
        prefixed(RunFacts.CONNECT_PREFIX)
                .forEach((target, words) -> facts.add(
                        new PageModel.Fact("connect", "Connecting before the run", target, target + ": " + words)));
        return facts;
    }

    private static PageModel.Fact number(String key, String label, long value) {
        return value < 0 ? unknown(key, label) : new PageModel.Fact(key, label, "" + value, Printed.count(value));
    }

    private static PageModel.Fact millis(String key, String label, long value) {
        return value < 0
                ? unknown(key, label)
                : new PageModel.Fact(key, label, "" + value, Printed.count(value) + " ms");
    }

    private static PageModel.Fact of(String key, String label, long most, long limit) {
        return most < 0
                ? unknown(key, label)
                : new PageModel.Fact(
                        key, label, "" + most, Printed.count(most) + (limit < 0 ? "" : " of " + Printed.count(limit)));
    }

    private static PageModel.Fact percent(String key, String label, int value) {
        return value < 0
                ? unknown(key, label)
                : new PageModel.Fact(key, label, "" + value, Printed.count(value) + " %");
    }

    private static PageModel.Fact time(String key, String label, TimeFigure figure, Times times) {
        Double millis = figure.millis(times);
        return millis == null
                ? unknown(key, label)
                : new PageModel.Fact(key, label, millis.toString(), Printed.time(millis));
    }

    private static PageModel.Fact unknown(String key, String label) {
        return new PageModel.Fact(key, label, "", "not known");
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>(outcome.scope().words());
        if (total.total() == 0) {
            remarks.add("No request was completed in this run"
                    + (total.unfinished() > 0
                            ? ": " + Printed.count(total.unfinished(), "was", "were") + " in flight when it stopped."
                            : "."));
        } else if (total.total() <= 2) {
            remarks.add("Only " + Printed.count(total.total(), "request was", "requests were")
                    + " completed: read the times as single measurements, not as a distribution.");
        }
        if (total.total() > 0 && total.ok() == 0) {
            remarks.add("Every request failed: these times tell how fast it failed, not how fast it works.");
        } else if (total.koPercent() >= 10) {
            remarks.add(Printed.percent(total.koPercent())
                    + " % of the requests failed: times over OK and KO together mix two things.");
        }
        String closed = WorkloadWords.closed(statistics);
        if (closed != null) {
            remarks.add(closed);
        }
        String warmUp = run.header().getOrDefault(RunFacts.WARM_UP, "");
        if (!warmUp.isEmpty()) {
            remarks.add("Warm-up: what was due in the first " + warmUp
                    + " is in the charts but in no count, time or assertion.");
        }
        for (Map.Entry<DropReason, Long> dropped :
                new TreeMap<>(statistics.users().dropped()).entrySet()) {
            if (dropped.getValue() > 0) {
                remarks.add(Printed.count(dropped.getValue(), "user was", "users were") + " due and did not start: "
                        + (dropped.getKey() == DropReason.USER_CAP
                                ? "the cap of users was reached."
                                : "the run stopped before."));
            }
        }
        if (total.unfinished() > 0 && total.total() > 0) {
            remarks.add(Printed.count(total.unfinished(), "request was", "requests were")
                    + " in flight when the run stopped and in no other figure.");
        }
        total.notSent()
                .forEach((reason, count) -> remarks.add(
                        Printed.count(count, "request was", "requests were") + " not sent: " + reason + "."));
        if (generator.timesClamped() > 0) {
            remarks.add(Printed.count(generator.timesClamped(), "time was", "times were")
                    + " outside of what a histogram holds and count at its edge.");
        }
        for (Mark mark : statistics.timeline().marks()) {
            if (mark.kind() == MarkKind.STOP || mark.kind() == MarkKind.STALL) {
                remarks.add("At " + Printed.seconds(mark.atMicros() / 1e6) + ": " + mark.text());
            } else if (mark.kind() == MarkKind.NOTE) {
                remarks.add(mark.text());
            }
        }
        return remarks;
    }

    private List<PageModel.Headline> headlines() {
        List<PageModel.Headline> headlines = new ArrayList<>();
        headlines.add(new PageModel.Headline(
                "requests",
                "Requests",
                Printed.count(total.total()),
                "",
                Printed.count(total.ok()) + " OK, " + Printed.count(total.ko()) + " KO",
                "none"));
        headlines.add(new PageModel.Headline(
                "throughput",
                "Throughput",
                Printed.perSecond(total.throughput()),
                "requests/s",
                "over " + Printed.seconds(run.measuredSeconds()),
                "none"));
        headlines.add(new PageModel.Headline(
                "ko-percent",
                "Failed",
                total.total() == 0 ? Printed.NOTHING : Printed.percent(total.koPercent()),
                total.total() == 0 ? "" : "%",
                statistics.errors().isEmpty()
                        ? "no errors"
                        : "most often " + statistics.errors().get(0).errorClass(),
                total.ko() > 0 ? "bad" : "none"));
        long mostActive = statistics.timeline().steps().stream()
                .mapToLong(step -> step.activeUsers())
                .max()
                .orElse(0);
        headlines.add(new PageModel.Headline(
                "users",
                "Users started",
                Printed.count(statistics.users().started()),
                "",
                mostActive > 0 ? "up to " + Printed.count(mostActive) + " at once" : "",
                "none"));
        return headlines;
    }

    private List<PageModel.Headline> times() {
        Times times = total.responseTime();
        List<PageModel.Headline> headlines = new ArrayList<>();
        for (ReportPercentiles.Percentile percentile :
                ReportPercentiles.of(run.settings()).all()) {
            Double millis = times.isEmpty() ? null : times.percentileMicros(percentile.value()) / 1000.0;
            String note = !times.isEmpty() && times.tooFewFor(percentile.value()) ? "too few requests" : "";
            headlines.add(timeHeadline(percentile.label(), percentile.label(), millis, note));
        }
        headlines.add(timeHeadline("max", "max", TimeFigure.MAX.millis(times), ""));
        headlines.add(timeHeadline("mean", "mean", TimeFigure.MEAN.millis(times), ""));
        return headlines;
    }

    private static PageModel.Headline timeHeadline(String key, String label, @Nullable Double millis, String note) {
        String printed = Printed.time(millis);
        int unitAt = printed.lastIndexOf(' ');
        return unitAt < 0
                ? new PageModel.Headline(key, label, printed, "", note, "none")
                : new PageModel.Headline(
                        key, label, printed.substring(0, unitAt), printed.substring(unitAt + 1), note, "none");
    }

    private List<PageModel.Fact> facts() {
        List<PageModel.Fact> facts = new ArrayList<>();
        facts.add(fact("simulation", "Simulation", run.simulation()));
        if (!run.description().isEmpty()) {
            facts.add(fact("description", "Description", run.description()));
        }
        facts.add(fact("start", "Start", Printed.start(run.start())));
        facts.add(fact("duration", "Duration", Printed.seconds(run.durationSeconds())));
        if (run.measuredSeconds() != run.durationSeconds()) {
            facts.add(fact("measured", "Measured, without warm-up", Printed.seconds(run.measuredSeconds())));
        }
        facts.add(fact("seed", "Seed", Long.toString(run.seed())));
        facts.add(fact("version", "Onrush", run.version()));
        optional(facts, RunFacts.JAVA, "Java");
        optional(facts, RunFacts.SYSTEM, "System");
        optional(facts, RunFacts.PROCESSORS, "Processors");
        facts.add(fact("bytes-received", "Received", Printed.bytes(total.bytesReceived())));
        facts.add(fact("bytes-sent", "Sent", Printed.bytes(total.bytesSent())));
        if (!total.statusCodes().isEmpty()) {
            List<String> codes = new ArrayList<>();
            total.statusCodes().forEach((code, count) -> codes.add(code + " × " + Printed.count(count)));
            facts.add(fact("status-codes", "Status codes", String.join(", ", codes)));
        }
        if (outcome.exitCode() != null) {
            facts.add(fact("exit-code", "Exit code", outcome.exitCode().toString()));
        }
        return facts;
    }

    private void optional(List<PageModel.Fact> facts, String key, String label) {
        String value = run.header().getOrDefault(key, "");
        if (!value.isEmpty()) {
            facts.add(fact(key, label, value));
        }
    }

    private static PageModel.Fact fact(String key, String label, String text) {
        return new PageModel.Fact(key, label, text, text);
    }

    /** Scenarios in the order of the run, each with its profile, and how many users it got. */
    private List<PageModel.Fact> profiles() {
        Map<String, String> words = prefixed(RunFacts.PROFILE_PREFIX);
        List<PageModel.Fact> profiles = new ArrayList<>();
        for (ScenarioUsers scenario : statistics.scenarios()) {
            String profile = words.remove(scenario.scenario());
            String users = Printed.count(scenario.users().started(), "user started", "users started");
            profiles.add(new PageModel.Fact(
                    "profile", scenario.scenario(), users, profile == null ? users : profile + " – " + users));
        }
        words.forEach((scenario, profile) ->
                profiles.add(new PageModel.Fact("profile", scenario, "", profile + " – no user started")));
        return profiles;
    }

    private List<PageModel.SettingRow> settings() {
        List<PageModel.SettingRow> settings = new ArrayList<>();
        new TreeMap<>(run.settings())
                .forEach((key, value) -> settings.add(new PageModel.SettingRow(
                        key, value, run.header().getOrDefault(RunFacts.SETTING_SOURCE_PREFIX + key, ""))));
        return settings;
    }

    private Map<String, String> prefixed(String prefix) {
        Map<String, String> found = new TreeMap<>((a, b) -> {
            int byLength = prefix.equals(RunFacts.WARNING_PREFIX) ? Integer.compare(a.length(), b.length()) : 0;
            return byLength != 0 ? byLength : a.compareTo(b);
        });
        run.header().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private List<PageModel.Row> rows(List<TableTree.Line> lines) {
        List<PageModel.Row> rows = new ArrayList<>();
        rows.add(row("total", 0, total.name(), "", total));
        Compensated compensated = total.compensated();
        if (compensated != null) {
            rows.add(new PageModel.Row(
                    "compensated",
                    0,
                    WorkloadWords.compensatedName(statistics),
                    WorkloadWords.compensation(compensated),
                    List.of(Printed.count(compensated.responseTime().count()), "", "", "", ""),
                    false,
                    cells(compensated.responseTime())));
        }
        for (TableTree.Line line : lines) {
            RequestStatistics request = line.request();
            GroupStatistics group = line.statistics();
            if (request != null) {
                rows.add(row("request", line.depth(), request.name(), "", request));
            } else if (group != null) {
                rows.add(new PageModel.Row(
                        "group",
                        line.depth(),
                        line.name(),
                        groupNote(group),
                        counts(group.total(), group.ok(), group.ko(), PageFigures.groupThroughput(group, statistics)),
                        group.ko() > 0,
                        cells(PageFigures.groupTimes(group, statistics))));
            } else {
                rows.add(new PageModel.Row(
                        "group",
                        line.depth(),
                        line.name(),
                        "group, never left",
                        List.of("", "", "", "", ""),
                        false,
                        cells(Times.EMPTY)));
            }
        }
        return rows;
    }

    /** Which of a group's two times stands in the line, and what the other one is. */
    private String groupNote(GroupStatistics group) {
        boolean usesDuration = PageFigures.usesDuration(statistics);
        Times other = usesDuration ? group.cumulated() : group.duration();
        return (usesDuration
                        ? "group, duration; cumulated, without pauses: "
                        : "group, cumulated; duration, with pauses: ")
                + "p50 " + Printed.time(TimeFigure.P50.millis(other))
                + ", p95 " + Printed.time(TimeFigure.P95.millis(other))
                + ", max " + Printed.time(TimeFigure.MAX.millis(other));
    }

    private static PageModel.Row row(String kind, int depth, String name, String note, RequestStatistics request) {
        return new PageModel.Row(
                kind,
                depth,
                name,
                note,
                counts(request.total(), request.ok(), request.ko(), request.throughput()),
                request.ko() > 0,
                cells(request.responseTime()));
    }

    private static List<String> counts(long total, long ok, long ko, double throughput) {
        return List.of(
                Printed.count(total),
                Printed.count(ok),
                Printed.count(ko),
                total == 0 ? Printed.NOTHING : Printed.percent(100.0 * ko / total),
                Printed.perSecond(throughput));
    }

    private static List<PageModel.TimeCell> cells(Times times) {
        return PageFigures.COLUMNS.stream()
                .map(column -> new PageModel.TimeCell(Printed.millis(column.millis(times)), column.tooFew(times)))
                .toList();
    }

    private PageModel.ErrorRow error(ErrorCount error) {
        return new PageModel.ErrorRow(
                error.errorClass(),
                error.message(),
                Printed.count(error.count()),
                total.ko() == 0 ? Printed.NOTHING : Printed.percent(100.0 * error.count() / total.ko()),
                Printed.seconds(error.firstMicros() / 1e6),
                Printed.seconds(error.lastMicros() / 1e6),
                error.requests().isEmpty() ? null : String.join(", ", error.requests()));
    }

    private static PageModel.SampleRow sample(ExchangeSample sample) {
        ExchangeText text = sample.text();
        List<String> path = new ArrayList<>(sample.group());
        path.add(sample.name());
        String line = text.method().isEmpty() ? "(no request came to be)" : text.method() + " " + text.target();
        return new PageModel.SampleRow(
                String.join(" > ", path),
                sample.errorClass(),
                sample.message(),
                Printed.seconds(sample.atMicros() / 1e6),
                lines(line, text.requestHead(), text.requestBody()),
                text.responseHead().isEmpty() ? "(no answer)" : lines(text.responseHead(), "", text.responseBody()));
    }

    private static String lines(String first, String head, String body) {
        return first + (head.isEmpty() ? "" : "\n" + head) + (body.isEmpty() ? "" : "\n\n" + body);
    }

    private String samplesNote() {
        int more = statistics.samples().size() - MOST_SAMPLES;
        return more <= 0 ? "" : "and " + Printed.count(more) + " more in the event log";
    }
}
