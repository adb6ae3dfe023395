package dev.onrush.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.outcome.RunJudge;
import dev.onrush.testkit.Ledger;

/** What holds after every run, whatever it was: the invariants I1 to I7. Each call adds one comparison to those always made. */
final class Invariants {
    private static final List<String> PAGE_TIMES =
            List.of("min", "p50", "p75", "p95", "p99", "p99_9", "max", "mean", "stdDev");
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final TrialRun run;
    private final LogFacts log;

    private Invariants(TrialRun run) {
        this.run = run;
        this.log = run.log();
    }

    /** Asserts what needs no more than the run itself: I1, I3, I4, I5. */
    static Invariants hold(TrialRun run) {
        Invariants invariants = new Invariants(run);
        invariants.usersAndRequestsAreConserved();
        invariants.timesAddUp();
        invariants.allOutputsAgree();
        invariants.usersEnd();
        return invariants;
    }

    /** I1: so many users were asked for, and all of them started or were dropped. */
    Invariants scheduled(long users) {
        assertThat(log.starts.size() + log.dropped).as("I1 users scheduled").isEqualTo(users);
        assertThat(run.count("/users/scheduled"))
                .as("I1 users scheduled, summary.json")
                .isEqualTo(users);
        return this;
    }

    /** I1: so many requests were due under that name. */
    Invariants due(String name, long requests) {
        assertThat(counted().getOrDefault(name, new HashMap<>()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("I1 requests named " + name)
                .isEqualTo(requests);
        return this;
    }

    /** I2: what arrived is what was logged, less what never left. */
    Invariants arrived(Ledger ledger) {
        assertThat(ledger.arrivals())
                .as("I2 arrivals in the ledger")
                .isEqualTo(log.requests.stream().filter(LogFacts.Request::left).count());
        return this;
    }

    /** I3: intended starts never decrease in an open profile. */
    Invariants open() {
        Map<String, Long> last = new HashMap<>();
        List<LogFacts.Start> starts = new ArrayList<>(log.starts);
        starts.sort(Comparator.comparingLong(LogFacts.Start::userId));
        for (LogFacts.Start start : starts) {
            long before = last.getOrDefault(start.scenario(), 0L);
            assertThat(start.intendedNanos())
                    .as("I3 intended start of user %s", start.userId())
                    .isGreaterThanOrEqualTo(before);
            last.put(start.scenario(), start.intendedNanos());
        }
        return this;
    }

    /** I4: the registry tells the report's totals. */
    Invariants measured(MeterRegistry registry) {
        double ok = 0;
        double ko = 0;
        for (FunctionCounter counter : registry.find("onrush.requests").functionCounters()) {
            boolean isOk = "OK".equals(counter.getId().getTag("outcome"));
            ok += isOk ? counter.count() : 0;
            ko += isOk ? 0 : counter.count();
        }
        assertThat((long) ok).as("I4 onrush.requests OK").isEqualTo(run.count("/total/count/ok"));
        assertThat((long) ko).as("I4 onrush.requests KO").isEqualTo(run.count("/total/count/ko"));
        assertThat(sum(registry, "onrush.users.started"))
                .as("I4 onrush.users.started")
                .isEqualTo(run.count("/users/started"));
        assertThat(sum(registry, "onrush.users.ended"))
                .as("I4 onrush.users.ended")
                .isEqualTo(run.count("/users/started"));
        assertThat(sum(registry, "onrush.users.dropped"))
                .as("I4 onrush.users.dropped")
                .isEqualTo(run.count("/users/dropped"));
        long timed = (long) registry.find("onrush.response.time").functionTimers().stream()
                .mapToDouble(FunctionTimer::count)
                .sum();
        assertThat(timed)
                .as("I4 onrush.response.time")
                .isEqualTo(log.requests.stream()
                        .filter(request -> request.counts() && request.hasDuration())
                        .count());
        return this;
    }

    private static long sum(MeterRegistry registry, String name) {
        return (long) registry.find(name).functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    /** I6: it ended in time with that code. */
    Invariants ended(Duration profile, int exitCode) {
        assertThat(run.exitCode()).as("I6 exit code").isEqualTo(exitCode);
        assertThat(run.count("/run/exitCode")).as("I6 exit code told").isEqualTo(exitCode);
        assertThat(run.took())
                .as("I6 time taken")
                .isLessThan(profile.plus(GRACE).plus(SLACK));
        return this;
    }

    /** I7: the check that compares a request's id with the user's found no difference. */
    Invariants idsCameBack() {
        assertThat(log.requests.stream()
                        .filter(request -> request.errorClass().startsWith("check."))
                        .count())
                .as("I7 ids that came back to another")
                .isZero();
        return this;
    }

    private Map<String, Map<Byte, Long>> counted() {
        return log.requests.stream()
                .filter(LogFacts.Request::counts)
                .collect(Collectors.groupingBy(
                        LogFacts.Request::name,
                        TreeMap::new,
                        Collectors.groupingBy(LogFacts.Request::outcome, TreeMap::new, Collectors.counting())));
    }

    private long counted(String name, int outcome) {
        return counted().getOrDefault(name, Map.of()).getOrDefault((byte) outcome, 0L);
    }

    private long all(int outcome) {
        return log.requests.stream()
                .filter(request -> request.counts() && request.outcome() == outcome)
                .count();
    }

    private void usersAndRequestsAreConserved() {
        LogTotals totals = log.totals;
        assertThat(totals).as("I1 the log tells its end").isNotNull();
        if (totals != null) {
            assertThat(totals.recordsLost()).as("I1 records lost").isZero();
            assertThat(log.reading().records()).as("I1 records").isEqualTo(totals.records());
            assertThat((long) log.starts.size()).as("I1 user starts").isEqualTo(totals.usersStarted());
            assertThat(log.requests.stream()
                            .filter(request -> !request.attempt())
                            .count())
                    .as("I1 requests offered and read")
                    .isEqualTo(totals.requests());
        }
        assertThat(run.count("/users/started")).as("I1 users started").isEqualTo(log.starts.size());
        assertThat(run.count("/users/dropped")).as("I1 users dropped").isEqualTo(log.dropped);
        assertThat(run.count("/users/finished") + run.count("/users/unfinished"))
                .as("I1 users finished + unfinished")
                .isEqualTo(run.count("/users/started"));
        assertThat(log.starts.stream().map(LogFacts.Start::userId).distinct().count())
                .as("I1 users are different ones")
                .isEqualTo(log.starts.size());
    }

    private void timesAddUp() {
        List<String> wrong = log.requests.stream()
                .flatMap(request -> wrong(request).stream())
                .limit(10)
                .toList();
        assertThat(wrong).as("I3 wrong times").isEmpty();
        for (LogFacts.Start start : log.starts) {
            assertThat(start.actualNanos()).as("I3 %s", start).isBetween(start.intendedNanos(), log.endNanos);
        }
    }

    /** In plain code: assertions on every record of a long run would take longer than the run. */
    private List<String> wrong(LogFacts.Request request) {
        List<String> wrong = new ArrayList<>();
        if (request.intendedNanos() < 0 || request.intendedNanos() > request.endNanos()) {
            wrong.add("intended start outside of the run or after the end: " + request);
        }
        if (request.endNanos() > log.endNanos) {
            wrong.add("end after that of the run, " + log.endNanos + ": " + request);
        }
        if (request.paceOverrunNanos() < 0 || request.connectionWaitNanos() < 0) {
            wrong.add("negative part: " + request);
        }
        if (request.hasDuration()) {
            if (request.startDelayMicros() < 0) {
                wrong.add("negative start delay: " + request);
            }
            if (request.serviceMicros() < 0 || request.serviceMicros() > request.responseMicros()) {
                wrong.add("service time not within response time: " + request);
            }
            long parts = request.paceOverrunNanos() / 1000
                    + request.startDelayMicros()
                    + request.connectionWaitNanos() / 1000
                    + request.serviceMicros();
            if (parts != request.responseMicros()) {
                wrong.add("parts add up to " + parts + " µs: " + request);
            }
            for (long phaseNanos : request.phasesNanos()) {
                if (phaseNanos < -1 || phaseNanos / 1000 > request.serviceMicros()) {
                    wrong.add("phase not within service time: " + request);
                }
            }
        }
        return wrong;
    }

    private void usersEnd() {
        assertThat(log.ended()).as("I5 users ended").isEqualTo(log.starts.size());
        JsonNode active = run.page().at("/axis/active");
        if (active.size() > 0) {
            assertThat(active.get(active.size() - 1).asLong())
                    .as("M29 active users at the end of the curve")
                    .isZero();
        }
    }

    private void allOutputsAgree() {
        assertThat(run.count("/total/count/ok")).as("I4 OK, summary.json").isEqualTo(all(0));
        assertThat(run.count("/total/count/ko")).as("I4 KO, summary.json").isEqualTo(all(1));
        assertThat(run.count("/total/unfinished"))
                .as("I4 unfinished, summary.json")
                .isEqualTo(all(2));
        for (JsonNode request : run.summary().get("requests")) {
            String name = request.get("name").asString();
            assertThat(request.at("/count/ok").asLong()).as("I4 OK of " + name).isEqualTo(counted(name, 0));
            assertThat(request.at("/count/ko").asLong()).as("I4 KO of " + name).isEqualTo(counted(name, 1));
            assertThat(request.at("/unfinished").asLong())
                    .as("I4 unfinished of " + name)
                    .isEqualTo(counted(name, 2));
        }
        assertThat(run.junit())
                .as("I4 junit.xml")
                .containsEntry("onrush.requests.total", Long.toString(run.count("/total/count/total")))
                .containsEntry("onrush.requests.ok", Long.toString(run.count("/total/count/ok")))
                .containsEntry("onrush.requests.ko", Long.toString(run.count("/total/count/ko")))
                .containsEntry("onrush.exitCode", Integer.toString(run.exitCode()))
                .containsEntry("onrush.verdict", run.verdict());
        for (JsonNode row : run.page().get("rows")) {
            pageAgrees(row);
        }
        series("ok");
        series("ko");
        verdictAgrees();
        honestyAgrees();
        assertThat(run.console()).as("I4 console").anyMatch(line -> line.startsWith("Verdict: " + run.verdict() + "."));
        if (run.count("/total/count/total") > 0) {
            consoleAgrees("All requests", run.summary().get("total"));
            for (JsonNode request : run.summary().get("requests")) {
                if (request.get("group").isEmpty()) {
                    consoleAgrees(request.get("name").asString(), request);
                }
            }
        }
    }

    /** The verdict made again from the log, its reasons and their seconds, on the console, the page and in summary.json. */
    private void verdictAgrees() {
        Verdict again =
                RunJudge.verdict(RunStatistics.read(run.folder().resolve("events.onrush"), MeasureOptions.DEFAULT));
        assertThat(run.verdict()).as("I4 verdict").isEqualTo(again.level().name());
        assertThat(run.html()).as("I4 verdict, page").contains("id=\"verdict\" data-verdict=\"" + again.level() + "\"");
        JsonNode told = run.summary().at("/run/verdict/reasons");
        assertThat(told.size()).as("I4 reasons").isEqualTo(again.reasons().size());
        for (int i = 0; i < told.size(); i++) {
            VerdictReason reason = again.reasons().get(i);
            assertThat(told.get(i).get("text").asString()).as("I4 reason").isEqualTo(reason.text());
            assertThat(told.get(i).get("from").asDouble()).as("I4 reason").isEqualTo(reason.fromSecond() * 1000.0);
            assertThat(told.get(i).get("to").asDouble()).as("I4 reason").isEqualTo((reason.toSecond() + 1) * 1000.0);
            assertThat(run.console())
                    .as("I4 reason, console")
                    .anyMatch(line -> line.contains("- " + reason.text() + " ("));
            assertThat(run.html()).as("I4 reason, page").contains("<li>" + escaped(reason.text()) + " <span");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The first screen of the page tells everything that the honesty block must tell, and as summary.json does. */
    private void honestyAgrees() {
        Map<String, String> facts = run.honesty();
        Map.of(
                        "scheduled", "/users/scheduled",
                        "started", "/users/started",
                        "dropped", "/users/dropped",
                        "finished", "/users/finished",
                        "unfinished", "/users/unfinished",
                        "stalls", "/generator/stalls",
                        "stall-millis", "/generator/stallMillis",
                        "log-records-lost", "/generator/logRecordsLost",
                        "names-folded", "/generator/namesFolded",
                        "clock-jumps", "/generator/clockJumps")
                .forEach((fact, pointer) ->
                        assertThat(facts).as("honesty block").containsEntry(fact, Long.toString(run.count(pointer))));
        Map.of(
                        "start-delay-max", "/generator/startDelay/max",
                        "start-delay-p99", "/generator/startDelay/p99",
                        "gc-millis", "/generator/gcPauseMillis",
                        "cpu-max", "/generator/cpuMaxPercent",
                        "steal-max", "/generator/stealMaxPercent",
                        "local-ports", "/generator/socketsMax",
                        "open-files", "/generator/openFilesMax",
                        "log-queue", "/generator/logQueuedMaxBytes")
                .forEach((fact, pointer) -> {
                    JsonNode value = run.summary().at(pointer);
                    assertThat(facts).as("honesty block").containsEntry(fact, value.isNull() ? "" : value.asString());
                });
        assertThat(facts)
                .as("honesty block")
                .containsEntry("retries", "off")
                .containsEntry(
                        "tls-verification",
                        run.summary().at("/generator/tlsVerification").asBoolean() ? "on" : "off")
                .containsEntry("percentile-method", "nearest-rank-hdr-3");
    }

    private void pageAgrees(JsonNode row) {
        String name = row.get("name").asString();
        JsonNode stats = name.equals("All requests") ? run.summary().get("total") : null;
        for (JsonNode request : run.summary().get("requests")) {
            if (stats == null
                    && request.get("name").asString().equals(name)
                    && request.get("group").equals(row.get("group"))) {
                stats = request;
            }
        }
        if (stats == null) {
            return; // a group
        }
        assertThat(row.at("/counts/0").asLong())
                .as("I4 page, count of " + name)
                .isEqualTo(stats.at("/count/total").asLong());
        assertThat(row.at("/counts/1").asLong())
                .as("I4 page, OK of " + name)
                .isEqualTo(stats.at("/count/ok").asLong());
        assertThat(row.at("/counts/2").asLong())
                .as("I4 page, KO of " + name)
                .isEqualTo(stats.at("/count/ko").asLong());
        assertThat(row.at("/counts/4").asDouble())
                .as("I4 page, throughput of " + name)
                .isCloseTo(stats.at("/throughput").asDouble(), withinPercentage(1e-3));
        for (int i = 0; i < PAGE_TIMES.size(); i++) {
            String key = PAGE_TIMES.get(i);
            assertThat(figure(row.get("response").get(i)))
                    .as("I4 page, response time " + key + " of " + name)
                    .isEqualTo(figure(stats.at("/responseTime/" + key)));
            assertThat(figure(row.get("service").get(i)))
                    .as("I4 page, service time " + key + " of " + name)
                    .isEqualTo(figure(stats.at("/serviceTime/" + key)));
        }
    }

    /** 0 and 0.0 are the same figure; null is none. */
    private static @Nullable Double figure(JsonNode node) {
        return node.isNull() ? null : node.asDouble();
    }

    /** The chart's rates, per second, add up to the total, but for rounding; what is left of the last step may be drawn with the one before. */
    private void series(String outcome) {
        JsonNode rates = run.page().at("/axis/" + outcome);
        if (rates.isMissingNode() || log.requests.stream().anyMatch(LogFacts.Request::warmUp)) {
            return;
        }
        double step = run.page().at("/axis/step").asDouble();
        int drawn = rates.get(rates.size() - 1).isNull() ? rates.size() - 1 : rates.size();
        double sum = 0;
        for (int i = 0; i < drawn; i++) {
            double rest = run.figure("/run/durationSeconds") - i * step;
            sum += rates.get(i).asDouble() * (i < drawn - 1 ? step : Math.max(step / 2, Math.min(1.5 * step, rest)));
        }
        assertThat(sum)
                .as("I4 sum of the series " + outcome)
                .isEqualTo(run.figure("/total/count/" + outcome), within(0.01 * rates.size()));
    }

    private void consoleAgrees(String name, JsonNode stats) {
        List<String> cells = run.console().stream()
                .map(line -> line.strip())
                .filter(line -> line.startsWith(name + "  "))
                .reduce((first, second) -> second)
                .map(line -> Arrays.asList(line.split("\\s{2,}")))
                .orElseThrow(() -> new AssertionError("no line " + name + " in\n" + String.join("\n", run.console())));
        assertThat(cells.subList(1, 4))
                .as("I4 console, counts of " + name)
                .containsExactly(
                        stats.at("/count/total").asString(),
                        stats.at("/count/ok").asString(),
                        stats.at("/count/ko").asString());
        List<String> times = List.of("p50", "p95", "p99", "max");
        for (int i = 0; i < times.size(); i++) {
            JsonNode time = stats.at("/responseTime/" + times.get(i));
            String printed = cells.get(6 + i).replace("*", "");
            if (time.isNull()) {
                assertThat(printed).isEqualTo("-");
            } else {
                double millis = time.asDouble();
                assertThat(Double.parseDouble(printed))
                        .as("I4 console, " + times.get(i) + " of " + name)
                        .isEqualTo(millis, within(millis * 0.006 + 0.0006));
            }
        }
    }
}
