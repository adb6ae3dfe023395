package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.testkit.TruthResponse;

/** Sessions and expressions over values that came by HTTP. */
@Timeout(20)
class SessionWordsTest {
    private static final String ITEM = "{\"name\":\"lamp\",\"n\":3,\"x\":2.5,\"on\":true,\"text\":\"7\","
            + "\"ids\":[4,5,6],\"o\":{\"k\":\"v\",\"l\":[1,2]},\"html\":\"a &amp; b\"}";

    private static final ChainBuilder READ = exec(http("read")
            .get("/item")
            .check(
                    jsonPath("$.name").saveAs("name"),
                    jsonPath("$.n").ofInt().saveAs("n"),
                    jsonPath("$.x").ofDouble().saveAs("x"),
                    jsonPath("$.on").ofBoolean().saveAs("on"),
                    jsonPath("$.text").saveAs("text"),
                    jsonPath("$.ids").ofList().saveAs("ids"),
                    jsonPath("$.o").ofMap().saveAs("o"),
                    jsonPath("$.html").saveAs("html")));

    private static Target item() {
        return Target.answering(request -> TruthResponse.json(ITEM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#{name} | lamp",
                "#{name}-#{n} | lamp-3",
                "#{ids(0)} | 4",
                "#{ids(-1)} | 6",
                "#{ids(i)} | 5",
                "#{o.k} | v",
                "#{o.l(1)} | 2",
                "#{ids.size()} | 3",
                "#{o.size()} | 2",
                "#{name.exists()} | true",
                "#{gone.exists()} | false",
                "#{gone.isUndefined()} | true",
                "#{ids.jsonStringify()} | [4,5,6]",
                "#{html.htmlUnescape()} | a & b",
                "\\#{name} | #{name}",
                "\\\\#{name} | \\lamp",
                "#{random.name} | inner"
            })
    void expressionsReadWhatWasSaved(String template, String text) {
        try (Target target = item()) {
            Trial trial = Trial.of(
                    target,
                    READ,
                    exec(s -> s.set("i", 1).set("random", Map.of("name", "inner"))),
                    http("x").post("/").body(StringBody(template)));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.bodies().get(1)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#{currentTimeMillis()} | \\d{13}",
                "#{randomUuid()} | [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "#{randomSecureUuid()} | [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "#{randomAlphanumeric(6)} | [0-9a-zA-Z]{6}",
                "#{randomInt()} | -?\\d+",
                "#{randomInt(5,7)} | [56]",
                "#{randomLong()} | -?\\d+",
                "#{randomLong(10000000000,10000000002)} | 1000000000[01]",
                "#{randomDouble(1.5,2.5)} | [12]\\.\\d+",
                "#{randomDouble(1.5,2.5,2)} | [12]\\.\\d{1,2}",
                "#{ids.random()} | [456]"
            })
    void expressionsDrawValues(String template, String pattern) {
        try (Target target = item()) {
            Trial trial = Trial.of(target, READ, http("x").post("/").body(StringBody(template)));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.bodies().get(1)).matches(pattern);
        }
    }

    @Test
    void currentDateTakesAPattern() {
        try (Target target = item()) {
            Trial trial = Trial.of(target, http("x").get("/#{currentDate(yyyy-MM-dd)}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(LocalDate.parse(target.targets().get(0).substring(1), DateTimeFormatter.ISO_DATE))
                    .isBetween(LocalDate.now().minusDays(1), LocalDate.now().plusDays(1));
        }
    }

    @Test
    void valuesAreReadAsTheyAreAskedFor() {
        List<Object> seen = new ArrayList<>();
        try (Target target = item()) {
            Trial trial = Trial.of(target, READ, exec(s -> {
                String name = s.get("name");
                seen.addAll(Arrays.asList(
                        name,
                        s.getString("n"),
                        s.getInt("n"),
                        s.getInt("text"),
                        s.getLong("text"),
                        s.getDouble("x"),
                        s.getBoolean("on"),
                        s.getIntegerWrapper("gone"),
                        s.getLongWrapper("gone"),
                        s.getDoubleWrapper("gone"),
                        s.getBooleanWrapper("gone"),
                        s.getIntegerWrapper("text"),
                        s.getList("ids"),
                        s.getSet("ids"),
                        s.getMap("o").get("k"),
                        s.getList("gone"),
                        s.contains("name"),
                        s.isFailed(),
                        s.scenario(),
                        s.groups(),
                        s.userId()));
                return s;
            }));

            assertThat(trial.failures()).isEmpty();
            assertThat(seen)
                    .containsExactly(
                            "lamp",
                            "3",
                            3,
                            7,
                            7L,
                            2.5,
                            true,
                            null,
                            null,
                            null,
                            null,
                            7,
                            List.of(4, 5, 6),
                            Set.of(4, 5, 6),
                            "v",
                            List.of(),
                            true,
                            false,
                            "shop",
                            List.of(),
                            1L);
        }
    }

    @Test
    void changesCountOnlyIfReturned() {
        try (Target target = item()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.setAll(Map.of("a", 1, "b", 2, "c", 3, "d", 4))),
                    exec(s -> {
                        Session forgotten = s.set("a", 9);
                        return forgotten == s ? forgotten : s;
                    }),
                    exec(s -> s.remove("b").removeAll("c", "d")),
                    group("g")
                            .on(http("x")
                                    .get(s -> "/" + s.getInt("a") + s.contains("b") + s.contains("c") + s.groups())),
                    repeat(1, "i").on(exec(Session::reset), http("y").get("/#{i}/#{a.isUndefined()}")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/1falsefalse[g]", "/0/true");
        }
    }

    @Test
    void aMissingAttributeFailsTheStepAndIsNamed() {
        AtomicReference<String> failed = new AtomicReference<>("");
        try (Target target = item()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("x", s.getInt("gone"))),
                    exec(s -> {
                        failed.set(String.valueOf(s.isFailed()));
                        return s;
                    }),
                    http("x").get("/next"));

            assertThat(failed).hasValue("true");
            assertThat(trial.stepFailures)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(
                            "attribute \"gone\" is missing. A feeder, saveAs or a session function must set it before.");
            assertThat(target.targets()).containsExactly("/next");
        }
    }

    @Test
    void idsCountFromOneAndAreUnique() {
        try (Target target = item()) {
            Trial trial = Trial.of(http.baseUrl(target.url()), 4, http("x").get(s -> "/" + s.userId()));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactlyInAnyOrder("/1", "/2", "/3", "/4");
        }
    }
}
