package dev.onrush.report.internal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.measure.Aggregate;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.setting.Setting;
import dev.onrush.report.internal.html.ScriptJson;
import dev.onrush.report.internal.model.TableTree;

/** The page's data, read as the page reads them, against the samples they were made from. */
class PageCellsTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MICRO = 1000;
    private static final String TOTAL = "All requests";

    private record Sample(
            String name,
            long endMicros,
            boolean ok,
            long responseMicros,
            long serviceMicros,
            int status,
            boolean warmUp) {}

    private final Names names = Names.withLimit(5000);
    private final Aggregate aggregate = new Aggregate(MeasureOptions.DEFAULT);
    private final List<Sample> samples = new ArrayList<>();
    /** The packs of times of the page that was made last. */
    private byte[] packs = {};

    private int count;
    private int perDoubling;

    private void begin(Map<String, String> settings) {
        RunHeader header = RunHeader.of("ShopSimulation", "", Instant.EPOCH, 7, "0.1.0");
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            header = header.with(RunHeader.SETTING_PREFIX + setting.getKey(), setting.getValue());
        }
        aggregate.run(header, names);
    }

    private void tell(Sample told) {
        samples.add(told);
        RequestSample sample = new RequestSample();
        sample.request = names.request(Names.NO_GROUP, told.name());
        sample.scenario = names.scenario("shop");
        sample.outcome = told.ok() ? RequestSample.OK : RequestSample.KO;
        sample.status = told.status();
        sample.error =
                told.ok() ? RequestSample.NO_ERROR : names.error(ErrorClass.CHECK_FAILED, "found " + told.status());
        sample.endNanos = told.endMicros() * MICRO;
        sample.intendedStartNanos = (told.endMicros() - told.responseMicros()) * MICRO;
        sample.actualStartNanos = (told.endMicros() - told.serviceMicros()) * MICRO;
        sample.bytesReceived = 1500;
        sample.bytesSent = 100;
        sample.warmUp = told.warmUp();
        aggregate.request(sample);
    }

    private JsonNode page(int seconds) {
        aggregate.runEnd(seconds * SECOND, null, 0);
        RunStatistics statistics = aggregate.statistics();
        PageData data = PageFigures.of(statistics, TableTree.of(statistics));
        ObjectNode page = (ObjectNode) JsonMapper.shared().readTree(ScriptJson.of(data));
        page.set("cells", unpacked(data.cells()));
        return page;
    }

    /** The page with cells of so many characters. */
    private JsonNode squeezed(JsonNode page, long characters) {
        RunStatistics statistics = aggregate.statistics();
        PageData.Cells cells = PageCells.of(statistics, TableTree.of(statistics), 1, characters);
        assertThat((long) cells.packed().length()).isLessThanOrEqualTo(characters);
        ObjectNode changed = (ObjectNode) page.deepCopy();
        changed.set("cells", unpacked(cells));
        return changed;
    }

    private ObjectNode unpacked(PageData.Cells cells) {
        ObjectNode all = JsonMapper.shared().valueToTree(cells);
        byte[] bytes = inflated(Base64.getDecoder().decode(cells.packed()));
        packs = Arrays.copyOf(bytes, cells.times());
        count = cells.count();
        perDoubling = cells.perDoubling();
        all.setAll((ObjectNode) JsonMapper.shared().readTree(bytes, cells.times(), bytes.length - cells.times()));
        return all;
    }

    private static byte[] inflated(byte[] zlib) {
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(zlib))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shop(int seconds, int perSecond, int differentNames, long seed) {
        Random random = new Random(seed);
        for (long at = 0; at < seconds * 1_000_000L; at += 1_000_000 / perSecond) {
            long service = 300 + (long) (20_000 * -Math.log(1 - random.nextDouble()));
            long end = Math.min(seconds * 1_000_000L, at + service);
            boolean ok = random.nextInt(10) != 0;
            tell(new Sample(
                    "request " + random.nextInt(differentNames),
                    end,
                    ok,
                    service + random.nextInt(500),
                    service,
                    ok ? 200 : 500 + random.nextInt(3),
                    at < 5_000_000 && seconds > 10));
        }
    }

    /** The cells of the line of that name. */
    private static JsonNode cells(JsonNode page, String name) {
        for (JsonNode row : page.at("/cells/rows")) {
            if (page.at("/rows/" + row.get("row").intValue() + "/name")
                    .asString()
                    .equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no cells of " + name);
    }

    private static long sum(JsonNode counts, int from, int until) {
        long sum = 0;
        for (int step = from; step < until && !counts.isMissingNode(); step++) {
            sum += counts.get(step).asLong();
        }
        return sum;
    }

    /** Counts by upper edge of a bucket, decoded by the letter of the format. */
    private TreeMap<Long, Long> times(JsonNode row, int from, int until, String... kinds) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        for (String kind : kinds) {
            byte[] bytes = packs;
            int[] at = {row.path(kind).asInt(0)};
            for (int step = 0; step < count && row.has(kind); step++) {
                long length = number(bytes, at);
                long end = at[0] + length;
                long bucket = -1;
                while (at[0] < end) {
                    long number = number(bytes, at);
                    bucket += number % 2 == 0 ? 1 : number / 2;
                    long count = number % 2 == 0 ? number / 2 : number(bytes, at);
                    if (step >= from && step < until) {
                        counts.merge(upperEdge(bucket), count, Long::sum);
                    }
                }
            }
        }
        return counts;
    }

    private static long number(byte[] bytes, int[] at) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes[at[0]++];
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    private long upperEdge(long bucket) {
        long shift = bucket / perDoubling - 1;
        return bucket < 2 * perDoubling ? bucket : (bucket - shift * perDoubling + 1 << shift) - 1;
    }

    private void equal(TreeMap<Long, Long> counts, List<Long> exact) {
        long count = counts.values().stream().mapToLong(Long::longValue).sum();
        assertThat(count).isEqualTo(exact.size());
        List<Long> sorted = exact.stream().sorted().toList();
        for (double percentile : new double[] {50, 75, 90, 95, 99, 99.9, 100}) {
            if (count > 0) {
                long rank = (long) Math.max(1, Math.ceil(percentile * count / 100 - 1e-9));
                long upTo = 0;
                long found = -1;
                for (Map.Entry<Long, Long> bucket : counts.entrySet()) {
                    upTo += bucket.getValue();
                    if (upTo >= rank) {
                        found = bucket.getKey();
                        break;
                    }
                }
                long value = sorted.get((int) rank - 1);
                assertThat(found).as("p%s", percentile).isBetween(value, value + value / perDoubling);
            }
        }
    }

    @Test
    void anyWindowHasTheFiguresOfTheSamplesThatEndedInIt() {
        begin(Map.of());
        shop(40, 200, 5, 1);
        JsonNode page = page(40);

        assertThat(page.at("/cells/step").asInt()).isEqualTo(1);
        assertThat(page.at("/cells/count").asInt()).isEqualTo(40);
        assertThat(page.at("/cells/leftOut").isEmpty()).isTrue();
        assertThat(page.at("/cells/rows").size()).isEqualTo(6);
        for (int[] window : new int[][] {{0, 40}, {0, 1}, {5, 6}, {7, 31}, {39, 40}, {3, 12}}) {
            for (String name : List.of(TOTAL, "request 0", "request 4")) {
                List<Sample> inside = samples.stream()
                        .filter(sample -> !sample.warmUp())
                        .filter(sample -> name.equals(TOTAL) || name.equals(sample.name()))
                        .filter(sample -> {
                            // What ends with the run belongs to its last step.
                            long step = Math.min(39, sample.endMicros() / 1_000_000);
                            return step >= window[0] && step < window[1];
                        })
                        .toList();
                JsonNode row = cells(page, name);
                long ok = inside.stream().filter(Sample::ok).count();
                assertThat(sum(row.path("ok"), window[0], window[1])).isEqualTo(ok);
                assertThat(sum(row.path("ko"), window[0], window[1])).isEqualTo(inside.size() - ok);
                assertThat(sum(row.path("received"), window[0], window[1])).isEqualTo(1500L * inside.size());
                assertThat(sum(row.path("sent"), window[0], window[1])).isEqualTo(100L * inside.size());
                assertThat(sum(row.at("/status/501"), window[0], window[1]))
                        .isEqualTo(inside.stream()
                                .filter(sample -> sample.status() == 501)
                                .count());
                equal(
                        times(row, window[0], window[1], "okTimes", "koTimes"),
                        inside.stream().map(Sample::responseMicros).toList());
                equal(
                        times(row, window[0], window[1], "koTimes"),
                        inside.stream()
                                .filter(sample -> !sample.ok())
                                .map(Sample::responseMicros)
                                .toList());
                equal(
                        times(row, window[0], window[1], "service"),
                        inside.stream().map(Sample::serviceMicros).toList());
                equal(
                        times(row, window[0], window[1], "delay"),
                        name.equals(TOTAL)
                                ? inside.stream()
                                        .map(sample -> sample.responseMicros() - sample.serviceMicros())
                                        .toList()
                                : List.of());
            }
        }
    }

    @Test
    void allStepsTogetherAreTheWholeRunEvenWhenTheStepGrows() {
        begin(Map.of());
        shop(3_000, 20, 110, 2);
        JsonNode page = page(3_000);

        int step = page.at("/cells/step").asInt();
        int count = page.at("/cells/count").asInt();
        assertThat(step % page.at("/axis/step").asInt()).isZero();
        assertThat(step).isGreaterThan(1);
        assertThat((long) step * count).isBetween(3_000L, 2_999L + step);
        for (JsonNode row : page.at("/cells/rows")) {
            JsonNode whole = page.at("/rows/" + row.get("row").intValue());
            assertThat(sum(row.path("ok"), 0, count))
                    .isEqualTo(whole.at("/counts/1").asLong());
            assertThat(sum(row.path("ko"), 0, count))
                    .isEqualTo(whole.at("/counts/2").asLong());
            assertThat(sum(row.path("received"), 0, count))
                    .isEqualTo(whole.get("bytesReceived").asLong());
            assertThat(sum(row.at("/status/200"), 0, count))
                    .isEqualTo(whole.at("/statusCodes/200").asLong());
            TreeMap<Long, Long> times = times(row, 0, count, "okTimes", "koTimes");
            assertThat(times.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(whole.at("/counts/0").asLong());
            // Of 3 digits there, of 2 here.
            assertThat(times.lastKey() / 1000.0)
                    .isCloseTo(
                            whole.at("/response/6").asDouble(),
                            within(0.01 * whole.at("/response/6").asDouble()));
        }
        List<Long> errors = new ArrayList<>();
        page.at("/cells/errors").forEach(error -> errors.add(sum(error.get("counts"), 0, count)));
        assertThat(errors).containsExactlyInAnyOrder(count(500), count(501), count(502));
    }

    private long count(int status) {
        return samples.stream()
                .filter(sample -> !sample.warmUp() && sample.status() == status)
                .count();
    }

    @Test
    void manyNamesHaveFewerStepsAndThePageStaysSmall() {
        begin(Map.of());
        shop(1_800, 30, 4_000, 3);
        aggregate.runEnd(1_800 * SECOND, null, 0);
        RunStatistics statistics = aggregate.statistics();

        PageData data = PageFigures.of(statistics, TableTree.of(statistics));

        assertThat(ScriptJson.of(data).length()).isLessThan(3 * 1024 * 1024 - 400 * 1024);
        assertThat(data.rows()).hasSizeGreaterThan(3_990);
        assertThat(data.cells().count()).isBetween(50, 65);
        assertThat(data.cells().leftOut()).isSubsetOf("service time of single requests");
    }

    @Test
    void whatTakesTooManyCharactersIsToldWithLess() {
        begin(Map.of());
        shop(600, 100, 40, 5);
        for (int i = 0; i < 3_000; i++) {
            tell(new Sample("busy", 6_000_000 + i * 190_000L, true, 5_000, 4_000, 200, false));
        }
        JsonNode page = page(600);
        int step = 0;
        int before = 128;
        List<String> seen = new ArrayList<>();
        for (long characters : new long[] {2_000_000, 400_000, 300_000, 220_000, 160_000, 110_000, 60_000, 20_000}) {
            JsonNode less = squeezed(page, characters);

            String leftOut = less.at("/cells/leftOut").toString();
            seen.add(step(less) + " s, " + perDoubling + " " + leftOut);
            assertThat(step(less)).isGreaterThanOrEqualTo(step);
            step = step(less);
            before = Math.min(before, perDoubling);
            int rows = less.at("/cells/rows").size();
            boolean isWithService = !leftOut.contains("service time of single requests");
            assertThat(cells(less, "busy").has("service")).isEqualTo(isWithService);
            assertThat(cells(less, TOTAL).has("service")).isTrue();
            if (rows < 42) {
                assertThat(count).isBetween(15, 30);
                assertThat(leftOut)
                        .isEqualTo("[\"service time of single requests\",\"lines but for the " + (rows - 1)
                                + " with most requests of 41\"]");
            }
            int until = count / 2;
            List<Sample> inside = samples.stream()
                    .filter(sample -> !sample.warmUp() && sample.name().equals("busy"))
                    .filter(sample -> sample.endMicros() / 1_000_000 / step(less) < until)
                    .toList();
            assertThat(sum(cells(less, "busy").get("ok"), 0, until)).isEqualTo(inside.size());
            equal(
                    times(cells(less, "busy"), 0, until, "okTimes", "koTimes"),
                    inside.stream().map(Sample::responseMicros).toList());
            equal(
                    times(cells(less, TOTAL), 0, count, "okTimes", "koTimes"),
                    samples.stream()
                            .filter(sample -> !sample.warmUp())
                            .map(Sample::responseMicros)
                            .toList());
        }
        assertThat(seen).as("each way to tell less").anyMatch(one -> one.equals("1 s, 128 []"));
        assertThat(before).isEqualTo(32);
        assertThat(seen).last().asString().contains("with most requests of 41");
    }

    private static int step(JsonNode page) {
        return page.at("/cells/step").asInt();
    }

    @Test
    void groupsHaveTheTimeThatTheTableShows() {
        for (boolean usesDuration : new boolean[] {false, true}) {
            PageCellsTest run = new PageCellsTest();
            run.begin(Map.of(Setting.GROUP_DURATION.key(), "" + usesDuration));
            int group = run.names.group(Names.NO_GROUP, "checkout");
            for (int i = 1; i <= 50; i++) {
                run.aggregate.groupEnd(
                        i, run.names.scenario("shop"), group, 0, i * SECOND / 10, i * SECOND / 100, i % 5 != 0, false);
            }
            JsonNode page = run.page(5);

            JsonNode row = cells(page, "checkout");
            assertThat(page.at("/rows/1/kind").asString()).isEqualTo("group");
            assertThat(sum(row.get("ok"), 0, 5)).isEqualTo(40);
            assertThat(sum(row.get("ko"), 0, 5)).isEqualTo(10);
            assertThat(row.has("service")).isFalse();
            double seconds = run.times(row, 4, 5, "okTimes", "koTimes").lastKey() / 1e6;
            assertThat(seconds).isCloseTo(usesDuration ? 5.0 : 0.5, within(0.05));
        }
    }

    @Test
    void theAxisShowsEverythingWithItsWarmUp() {
        begin(Map.of());
        shop(20, 100, 2, 4);
        int shop = names.scenario("shop");
        for (int user = 0; user < 20; user++) {
            // Due in the middle of each second, started a second late.
            aggregate.userStart(user, shop, user * SECOND + SECOND / 2, (user + 1) * SECOND + SECOND / 2);
        }
        aggregate.usersDropped(shop, 10 * SECOND, 3, DropReason.USER_CAP);
        aggregate.userEnd(0, shop, 15 * SECOND, UserEnd.THROUGH);
        HealthSample health = new HealthSample();
        health.atNanos = 8 * SECOND;
        health.openConnections = 17;
        health.longestSilenceNanos = 400_000_000;
        aggregate.health(health);
        aggregate.mark(MarkKind.WARM_UP_END, 5 * SECOND, "");
        JsonNode page = page(20);

        JsonNode axis = page.get("axis");
        assertThat(sum(axis.get("ok"), 0, 20))
                .isEqualTo(samples.stream().filter(Sample::ok).count());
        assertThat(sum(axis.get("received"), 0, 20)).isEqualTo(1500L * samples.size());
        assertThat(axis.at("/wanted/0").asInt()).isEqualTo(1);
        assertThat(axis.at("/wanted/10").asInt()).isEqualTo(4);
        assertThat(axis.at("/started/0").asInt()).isZero();
        assertThat(axis.at("/started/1").asInt()).isEqualTo(1);
        assertThat(axis.at("/connections/7").asInt()).isEqualTo(17);
        assertThat(axis.at("/connections/8").isNull()).isTrue();
        assertThat(axis.at("/percentiles").findValuesAsString("name"))
                .containsExactly("p50", "p75", "p90", "p95", "p99", "p99.9");
        assertThat(axis.at("/service").findValuesAsString("name"))
                .containsExactly("p50", "p75", "p90", "p95", "p99", "p99.9");
        assertThat(axis.at("/delay").findValuesAsString("name")).containsExactly("p50", "p99", "max");
        assertThat(axis.at("/errors/0/name").asString()).isEqualTo(ErrorClass.CHECK_FAILED);
        assertThat(sum(axis.at("/errors/0/values"), 0, 20))
                .isEqualTo(samples.stream().filter(sample -> !sample.ok()).count());
        for (int step = 0; step < 20; step++) {
            int at = step;
            long[] service = samples.stream()
                    .filter(sample -> Math.min(19, sample.endMicros() / 1_000_000) == at)
                    .mapToLong(Sample::serviceMicros)
                    .sorted()
                    .toArray();
            double exact = service[(int) Math.ceil(0.95 * service.length) - 1] / 1000.0;
            assertThat(axis.at("/service/3/values/" + step).asDouble()).isCloseTo(exact, within(exact / 100 + 0.001));
        }
        assertThat(axis.at("/marks").toString())
                .isEqualTo("[{\"at\":5.0,\"kind\":\"end of warm-up\",\"text\":\"\"},"
                        + "{\"at\":7.0,\"kind\":\"stall\",\"text\":\"the generator stood still for 400 ms\"}]");
        assertThat(sum(page.at("/cells/users/started"), 0, 20)).isEqualTo(20);
        assertThat(page.at("/cells/users/active/19").asInt()).isEqualTo(19);
    }

    @Test
    void manyClassesOfErrorsAreShownAsOther() {
        begin(Map.of());
        String[] classes = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
        RequestSample sample = new RequestSample();
        for (int i = 0; i < classes.length; i++) {
            for (int times = 0; times <= i; times++) {
                sample.clear();
                sample.request = names.request(Names.NO_GROUP, "home");
                sample.scenario = names.scenario("shop");
                sample.outcome = RequestSample.KO;
                sample.error = names.error(classes[i], "any");
                sample.endNanos = SECOND / 2;
                aggregate.request(sample);
            }
        }
        JsonNode errors = page(1).at("/axis/errors");

        assertThat(errors.findValuesAsString("name")).containsExactly("j", "i", "h", "g", "f", "e", "d", "c", "other");
        assertThat(errors.at("/0/values/0").asInt()).isEqualTo(10);
        assertThat(errors.at("/8/values/0").asInt()).isEqualTo(3);
    }

    @Test
    void figuresTakeAsFewCharactersAsTheyNeed() {
        assertThat(Arrays.asList(
                                ShortNumber.of(12.0),
                                ShortNumber.of(0.125),
                                ShortNumber.of(1234.5678, 3),
                                ShortNumber.of(0.33333333, 4),
                                ShortNumber.of(-0.0),
                                ShortNumber.of(Double.NaN, 3))
                        .toString())
                .isEqualTo("[12, 0.125, 1235, 0.3333, 0, NaN]");
    }
}
