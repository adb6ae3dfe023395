package dev.onrush.report.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.health.Circumstances;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.Compensated;
import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.ExchangeSample;
import dev.onrush.core.measure.GeneratorStatistics;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.HealthStep;
import dev.onrush.core.measure.Mark;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.ScenarioUsers;
import dev.onrush.core.measure.StepFailure;
import dev.onrush.core.measure.ThrottleWaits;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.core.measure.Timeline;
import dev.onrush.core.measure.Times;
import dev.onrush.core.measure.TimesOf;
import dev.onrush.core.measure.UserCounts;
import dev.onrush.report.outcome.RunFacts;
import dev.onrush.report.outcome.RunOutcome;

/** Runs to report on. */
public final class Runs {
    public static final Instant START = Instant.parse("2026-11-23T18:40:05.250Z");

    public static final Verdict TRUSTWORTHY = new Verdict(VerdictLevel.TRUSTWORTHY, List.of());

    private Runs() {}

    public static RunOutcome passed() {
        return new RunOutcome(TRUSTWORTHY, List.of(), 0);
    }

    public static RunInfo info(Map<String, String> settings, Map<String, String> header) {
        return new RunInfo("shop.BrowseSimulation", "nightly", START, 60.25, 60.25, 42, "0.1.0", settings, header);
    }

    public static GeneratorStatistics generator(Times startDelay) {
        return new GeneratorStatistics(
                startDelay,
                startDelay,
                41,
                0,
                List.of(),
                18,
                0,
                0,
                List.of(),
                0,
                0,
                0,
                0,
                0,
                false,
                false,
                0,
                0,
                0,
                0,
                List.of(),
                0,
                true,
                0,
                ThrottleWaits.NONE,
                0,
                Circumstances.UNKNOWN);
    }

    /** A run with requests of these names. */
    public static RunStatistics named(List<String> names) {
        List<RequestStatistics> requests = new ArrayList<>();
        for (String name : names) {
            requests.add(request(name, List.of(), new long[] {1000, 2000}, new long[] {3000}));
        }
        return of(request("All requests", List.of(), new long[] {1000, 2000}, new long[] {3000}), requests);
    }

    /** A run whose log has no end. */
    public static RunStatistics killed() {
        RunStatistics run = ofTimes(new long[] {1000, 2000}, new long[0]);
        GeneratorStatistics ended = run.generator();
        GeneratorStatistics killed = new GeneratorStatistics(
                ended.startDelay(),
                ended.steadyStartDelay(),
                41,
                0,
                List.of(),
                18,
                0,
                0,
                List.of(),
                0,
                0,
                0,
                0,
                0,
                true,
                true,
                0,
                0,
                0,
                0,
                List.of(),
                0,
                true,
                0,
                ThrottleWaits.NONE,
                0,
                Circumstances.UNKNOWN);
        return with(run, run.run(), run.timeline(), killed, run.samples());
    }

    public static RequestStatistics request(String name, List<String> group, long[] okMicros, long[] koMicros) {
        long[] all = new long[okMicros.length + koMicros.length];
        System.arraycopy(okMicros, 0, all, 0, okMicros.length);
        System.arraycopy(koMicros, 0, all, okMicros.length, koMicros.length);
        long[] service = new long[all.length];
        for (int i = 0; i < all.length; i++) {
            service[i] = all[i] - Math.min(all[i], 40);
        }
        long[] delay = new long[all.length];
        java.util.Arrays.fill(delay, 40);
        SortedMap<Integer, Long> codes = new TreeMap<>();
        if (okMicros.length > 0) {
            codes.put(200, (long) okMicros.length);
        }
        List<ErrorCount> errors = koMicros.length == 0
                ? List.of()
                : List.of(new ErrorCount(
                        "timeout.total",
                        "no answer within 2 s",
                        koMicros.length,
                        12_500_000,
                        31_250_500,
                        List.of(name)));
        return new RequestStatistics(
                name,
                group,
                okMicros.length,
                koMicros.length,
                0,
                new TreeMap<>(),
                0,
                all.length / 60.25,
                TimesOf.micros(all),
                TimesOf.micros(service),
                TimesOf.micros(delay),
                TimesOf.micros(okMicros),
                TimesOf.micros(koMicros),
                codes,
                all.length * 1200L,
                all.length * 300L,
                errors);
    }

    /** A run of that model with two requests in a closed scenario, and the series that makes up for one of them. */
    public static RunStatistics closed(String model) {
        RequestStatistics plain = request("All requests", List.of(), new long[] {1_000, 2_000_000}, new long[0]);
        RequestStatistics total = new RequestStatistics(
                plain.name(),
                plain.group(),
                plain.ok(),
                plain.ko(),
                plain.unfinished(),
                plain.notSent(),
                plain.attempts(),
                plain.throughput(),
                plain.responseTime(),
                plain.serviceTime(),
                plain.startDelay(),
                plain.okResponseTime(),
                plain.koResponseTime(),
                plain.statusCodes(),
                plain.bytesReceived(),
                plain.bytesSent(),
                plain.errors(),
                new Compensated(TimesOf.micros(1_000, 500_000, 1_000_000, 1_500_000, 2_000_000), 3, 500_000),
                plain.series());
        return with(
                of(total, List.of(total)),
                info(Map.of(), Map.of(RunFacts.WORKLOAD_MODEL, model, RunHeader.MODEL_PREFIX + "browse", "closed")));
    }

    /** A run of the given requests, with their sum as its total and nothing on the time axis. */
    public static RunStatistics of(RequestStatistics total, List<RequestStatistics> requests) {
        return new RunStatistics(
                info(Map.of(), Map.of()),
                new UserCounts(total.total(), Map.of(), total.total(), 0),
                List.of(new ScenarioUsers("browse", new UserCounts(total.total(), Map.of(), total.total(), 0))),
                total,
                requests,
                List.of(),
                new Timeline(1, List.of(), List.of(), List.of()),
                generator(total.startDelay()),
                total.errors(),
                List.of());
    }

    /** A run of one request name with these times. */
    public static RunStatistics ofTimes(long[] okMicros, long[] koMicros) {
        RequestStatistics total = request("All requests", List.of(), okMicros, koMicros);
        List<RequestStatistics> requests =
                total.total() == 0 ? List.of() : List.of(request("open item", List.of(), okMicros, koMicros));
        RunStatistics run = of(total, requests);
        List<TimeStep> steps = new ArrayList<>();
        for (int second = 0; second < 3; second++) {
            boolean first = second == 0;
            steps.add(new TimeStep(
                    second,
                    first ? okMicros.length : 0,
                    first ? koMicros.length : 0,
                    first ? total.responseTime() : Times.EMPTY,
                    first ? total.total() : 0,
                    0,
                    List.of(0L),
                    HealthStep.UNKNOWN));
        }
        return with(run, new Timeline(1, steps, List.of("browse"), List.of()));
    }

    public static RunStatistics with(RunStatistics run, Timeline timeline) {
        return with(run, run.run(), timeline, run.generator(), run.samples());
    }

    public static RunStatistics with(RunStatistics run, RunInfo info) {
        return with(run, info, run.timeline(), run.generator(), run.samples());
    }

    public static RunStatistics with(RunStatistics run, List<ExchangeSample> samples) {
        return with(run, run.run(), run.timeline(), run.generator(), samples);
    }

    private static RunStatistics with(
            RunStatistics run,
            RunInfo info,
            Timeline timeline,
            GeneratorStatistics generator,
            List<ExchangeSample> samples) {
        return new RunStatistics(
                info,
                run.users(),
                run.scenarios(),
                run.total(),
                run.requests(),
                run.groups(),
                timeline,
                generator,
                run.errors(),
                run.stepFailures(),
                samples);
    }

    /** Ten names in two groups, a minute long, with a slow spell and a few failures: what a page is looked at with. */
    public static RunStatistics realistic() {
        Random random = new Random(7);
        String[][] names = {
            {"home"}, {"login", "form"}, {"login", "submit"}, {"browse", "search"}, {"browse", "open item"},
            {"browse", "reviews"}, {"browse", "details", "picture"}, {"basket"}, {"checkout"}, {"logout"}
        };
        double[] medians = {9, 6, 38, 61, 14, 22, 4, 17, 140, 5};
        int seconds = 60;
        List<List<Long>> ok = new ArrayList<>();
        List<List<Long>> ko = new ArrayList<>();
        List<List<Long>> okBySecond = new ArrayList<>();
        List<List<Long>> koBySecond = new ArrayList<>();
        for (String[] ignored : names) {
            ok.add(new ArrayList<>());
            ko.add(new ArrayList<>());
        }
        for (int second = 0; second < seconds; second++) {
            okBySecond.add(new ArrayList<>());
            koBySecond.add(new ArrayList<>());
            double load = Math.min(1, (second + 1) / 20.0);
            boolean slow = second >= 36 && second < 43;
            for (int name = 0; name < names.length; name++) {
                long count =
                        Math.round(load * (name == 8 ? 3 : name == 6 ? 60 : 24) * (0.92 + 0.16 * random.nextDouble()));
                for (int i = 0; i < count; i++) {
                    double factor = slow ? 3.2 + random.nextDouble() : 1;
                    long micros = Math.max(
                            300, Math.round(medians[name] * 1000 * factor * Math.exp(0.35 * random.nextGaussian())));
                    if (random.nextInt(400) == 0) {
                        micros += 180_000 + random.nextInt(90_000);
                    }
                    boolean failed = slow && (name == 3 || name == 8) && random.nextInt(12) == 0;
                    (failed ? ko : ok).get(name).add(failed ? 2_000_000L + random.nextInt(2000) : micros);
                    (failed ? koBySecond : okBySecond).get(second).add(failed ? 2_000_000L : micros);
                }
            }
        }
        List<RequestStatistics> requests = new ArrayList<>();
        List<Long> allOk = new ArrayList<>();
        List<Long> allKo = new ArrayList<>();
        for (int name = 0; name < names.length; name++) {
            String[] path = names[name];
            requests.add(request(
                    path[path.length - 1],
                    List.of(path).subList(0, path.length - 1),
                    array(ok.get(name)),
                    array(ko.get(name))));
            allOk.addAll(ok.get(name));
            allKo.addAll(ko.get(name));
        }
        RequestStatistics total = request("All requests", List.of(), array(allOk), array(allKo));
        List<GroupStatistics> groups = List.of(
                group("login", List.of(), 1290, 0, 46, random),
                group("browse", List.of(), 1248, 13, 104, random),
                group("details", List.of("browse"), 3111, 0, 5, random));
        List<TimeStep> steps = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            long shoppers = second == seconds - 1 ? 0 : Math.round(Math.min(1, (second + 1) / 20.0) * 180);
            long guests = second == seconds - 1
                    ? 0
                    : Math.round(Math.min(1, (second + 1) / 20.0) * 60 * (0.9 + 0.2 * random.nextDouble()));
            List<Long> both = new ArrayList<>(okBySecond.get(second));
            both.addAll(koBySecond.get(second));
            steps.add(new TimeStep(
                    second,
                    okBySecond.get(second).size(),
                    koBySecond.get(second).size(),
                    TimesOf.micros(array(both)),
                    second < 20 ? 12 : 0,
                    shoppers + guests,
                    List.of(shoppers, guests),
                    HealthStep.UNKNOWN));
        }
        Map<String, String> header = new LinkedHashMap<>();
        header.put(
                RunFacts.PROFILE_PREFIX + "shoppers",
                "ramp from 0 to 9 users per second in 20 s, then 9 users per second for 40 s");
        header.put(RunFacts.PROFILE_PREFIX + "guests", "3 users per second for 1 min");
        header.put(RunFacts.SETTING_SOURCE_PREFIX + "grace", "system property");
        header.put(RunFacts.SETTING_SOURCE_PREFIX + "names.limit", "simulation");
        header.put(
                RunFacts.WARNING_PREFIX + "1",
                "field \"oldCheckout\" (ShopSimulation.java:41) is part of no population.");
        header.put(RunFacts.JAVA, "17.0.17 (Debian)");
        header.put(RunFacts.SYSTEM, "Linux 6.12 amd64");
        header.put(RunFacts.PROCESSORS, "2");
        List<ErrorCount> errors = List.of(
                new ErrorCount(
                        "timeout.total",
                        "no answer within 2 s",
                        allKo.size() - 5,
                        36_500_000,
                        42_990_000,
                        List.of("search", "checkout")),
                new ErrorCount(
                        "check.failed",
                        "status was 503, expected 200",
                        5,
                        37_100_000,
                        41_200_000,
                        List.of("checkout")));
        UserCounts shoppers = new UserCounts(450, Map.of(), 447, 3);
        UserCounts guests = new UserCounts(180, Map.of(DropReason.USER_CAP, 2L), 180, 0);
        return new RunStatistics(
                new RunInfo(
                        "shop.ShopSimulation",
                        "Autumn release, two replicas",
                        START,
                        60.02,
                        60.02,
                        4711,
                        "0.1.0",
                        Map.of("grace", "5s", "names.limit", "500"),
                        header),
                new UserCounts(630, Map.of(DropReason.USER_CAP, 2L), 627, 3),
                List.of(new ScenarioUsers("shoppers", shoppers), new ScenarioUsers("guests", guests)),
                total,
                requests,
                groups,
                new Timeline(
                        1,
                        steps,
                        List.of("shoppers", "guests"),
                        List.of(new Mark(MarkKind.LOAD_CHANGE, 20_000_000, "ramp is over"))),
                generator(TimesOf.micros(30, 40, 40, 55, 60, 90, 120, 410, 1900)),
                errors,
                List.of(new StepFailure(
                        "user.exception",
                        "NumberFormatException: For input string: \"n/a\" (ShopSimulation.java:58)",
                        12)));
    }

    public static RunOutcome realisticOutcome() {
        return new RunOutcome(
                new Verdict(
                        VerdictLevel.DEGRADED,
                        List.of(new VerdictReason(
                                VerdictLevel.DEGRADED,
                                "2 users were due and did not start: maxUsers was reached.",
                                38,
                                41))),
                List.of(
                        new AssertionResult(
                                "all requests: response time p95, limit below 250 ms",
                                "all requests: response time p95 = 163.071 ms, limit below 250 ms (16408 requests, 33 KO).",
                                true,
                                163.071,
                                "limit below 250 ms",
                                16408),
                        new AssertionResult(
                                "browse / search: response time p99, limit below 500 ms",
                                "browse / search: response time p99 = 2000.895 ms, limit below 500 ms (1211 requests, 13 KO).",
                                false,
                                2000.895,
                                "limit below 500 ms",
                                1211),
                        new AssertionResult(
                                "all requests: failed requests, limit below 1 %",
                                "all requests: failed requests = 0.201121 %, limit below 1 % (16408 requests, 33 KO).",
                                true,
                                0.201121,
                                "limit below 1 %",
                                16408)),
                2);
    }

    private static GroupStatistics group(String name, List<String> path, int ok, int ko, double median, Random random) {
        long[] samples = new long[ok + ko];
        long[] durations = new long[ok + ko];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.round(median * 1000 * Math.exp(0.4 * random.nextGaussian()));
            durations[i] = samples[i] + 1_000_000;
        }
        return new GroupStatistics(name, path, ok, ko, TimesOf.micros(durations), TimesOf.micros(samples));
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
