package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.dsl.CheckBuilder;
import dev.onrush.testkit.TruthResponse;

/** The stages of a check's sentence: which match, changed how, held against what, named and saved. */
@Timeout(30)
class CheckStageWordsTest {
    private static final String BODY =
            "{\"name\":\"lamp\",\"n\":3,\"big\":5000000000,\"x\":2.5,\"on\":true,\"none\":null,\"items\":[7,8,9]}";

    private static Target shop() {
        return Target.answering(request -> TruthResponse.json(BODY));
    }

    static Stream<CheckBuilder> thatHold() {
        return Stream.of(
                // which
                regex("\\d").find(1).is("5"),
                regex("\\d").findRandom().transform(text -> text.length()).is(1),
                regex("[789]").findRandom(2).transform(List::size).is(2),
                regex("[789]").findRandom(9).transform(List::size).is(3),
                regex("[789]").findRandom(9, false).transform(List::size).is(3),
                regex("[789]").findRandom(3, true).is(List.of("7", "8", "9")),
                regex("[789]").findRandom(4, true).notExists(),
                regex("gone").findRandom().notExists(),
                regex("gone").findAll().notExists(),
                regex("[789]").count().is(3),
                regex("gone").count().is(0),
                jsonPath("$.items[*]").ofInt().count().gt(2),
                substring("a").count().is(2),
                // transform
                jsonPath("$.n").ofInt().transform(n -> n + 1).is(4),
                jsonPath("$.n")
                        .ofInt()
                        .transformWithSession((n, s) -> n + s.getInt("three"))
                        .is(6),
                jsonPath("$.gone").transformWithSession((n, s) -> "never").notExists(),
                jsonPath("$.gone").withDefault("lamp").is("lamp"),
                jsonPath("$.gone").withDefault(s -> s.getString("lamp")).is("lamp"),
                jsonPath("$.gone").withDefaultEl("#{lamp}s").is("lamps"),
                jsonPath("$.name").withDefault("shade").is("lamp"),
                jsonPath("$.gone").ofInt().withDefault(5).transform(n -> n * 2).is(10),
                // validate
                jsonPath("$.name").isEL("#{lamp}"),
                jsonPath("$.n").ofInt().isEL("#{three}"),
                jsonPath("$.n").ofInt().isEL("#{text3}"),
                jsonPath("$.items").ofList().isEL("#{items}"),
                jsonPath("$.none").isNull(),
                jsonPath("$.none").ofObject().isNull(),
                jsonPath("$.name").notNull(),
                jsonPath("$.name").not("shade"),
                jsonPath("$.name").not(s -> "shade"),
                jsonPath("$.name").notEL("#{shade}"),
                jsonPath("$.n").ofInt().notEL("4"),
                jsonPath("$.gone").not("shade"),
                jsonPath("$.n").ofInt().in(3, 4),
                jsonPath("$.n").ofInt().in(List.of(3)),
                jsonPath("$.n").ofInt().in(s -> List.of(2, 3)),
                jsonPath("$.n").ofInt().inEL("#{threes}"),
                jsonPath("$.n").ofInt().within(3),
                jsonPath("$.n").ofInt().within(s -> List.of(3)),
                jsonPath("$.n").ofInt().withinEL("#{threes}"),
                jsonPath("$.gone").notExists(),
                jsonPath("$.gone").optional(),
                jsonPath("$.n").ofInt().lt(4),
                jsonPath("$.n").ofInt().lt(s -> 4),
                jsonPath("$.n").ofInt().ltEL("#{four}"),
                jsonPath("$.n").ofInt().lte(3),
                jsonPath("$.n").ofInt().lte(s -> 3),
                jsonPath("$.n").ofInt().lteEL("#{three}"),
                jsonPath("$.n").ofInt().gt(2),
                jsonPath("$.n").ofInt().gt(s -> 2),
                jsonPath("$.n").ofInt().gtEL("2"),
                jsonPath("$.n").ofInt().gte(3),
                jsonPath("$.n").ofInt().gte(s -> 3),
                jsonPath("$.n").ofInt().gteEL("#{text3}"),
                jsonPath("$.big").ofLong().gt(4_999_999_999L),
                jsonPath("$.x").ofDouble().lte(2.5),
                jsonPath("$.name").lt("lamps"),
                responseTimeInMillis().lt(20_000),
                status().lt(300),
                jsonPath("$.n").ofInt().validate("odd", (n, s) -> {
                    if (n % 2 == 0) {
                        throw new IllegalStateException("is even");
                    }
                    return n;
                }),
                jsonPath("$.gone")
                        .validate("no value", (v, s) -> v == null ? s.getString("lamp") : "was there")
                        .name("named"),
                // last
                jsonPath("$.n").ofInt().lt(4).name("small").logActualValueInError(),
                jsonPath("$.n").name("n").logActualValueInError(false));
    }

    @Test
    void sentencesThatHoldAreOk() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("lamp", "lamp")
                            .set("shade", "shade")
                            .set("three", 3)
                            .set("four", 4)
                            .set("text3", "3")
                            .set("threes", List.of("3", 4))
                            .set("items", List.of(7, 8, 9))),
                    http("x").get("/").check(thatHold().toList()));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.came).hasSize(1);
        }
    }

    static Stream<Arguments> thatFail() {
        return Stream.of(
                Arguments.of(
                        jsonPath("$.n").ofInt().findRandom(2, true),
                        "jsonPath $.n, int, any 2: expected a value, found nothing."),
                Arguments.of(regex("\\d").count().is(1), "regex \\d, count: expected 1, found 16."),
                Arguments.of(
                        jsonPath("$.gone").withDefault("shade").is("lamp"),
                        "jsonPath $.gone: expected \"lamp\", found \"shade\"."),
                Arguments.of(jsonPath("$.n").ofInt().isEL("#{four}"), "jsonPath $.n, int: expected 4, found 3."),
                Arguments.of(jsonPath("$.n").isNull(), "jsonPath $.n: expected null, found \"3\"."),
                Arguments.of(jsonPath("$.gone").isNull(), "jsonPath $.gone: expected null, found nothing."),
                Arguments.of(
                        jsonPath("$.none").notNull(),
                        "jsonPath $.none: expected a value that is not null, found null."),
                Arguments.of(
                        jsonPath("$.name").not("lamp"),
                        "jsonPath $.name: expected anything but \"lamp\", found \"lamp\"."),
                Arguments.of(
                        jsonPath("$.n").ofInt().notEL("#{three}"),
                        "jsonPath $.n, int: expected anything but 3, found 3."),
                Arguments.of(
                        jsonPath("$.n").ofInt().inEL("#{evens}"),
                        "jsonPath $.n, int: expected one of [2, 4], found 3."),
                Arguments.of(jsonPath("$.n").notExists(), "jsonPath $.n: expected nothing, found \"3\"."),
                Arguments.of(jsonPath("$.n").ofInt().lt(3), "jsonPath $.n, int: expected less than 3, found 3."),
                Arguments.of(jsonPath("$.n").ofInt().lteEL("2"), "jsonPath $.n, int: expected at most 2, found 3."),
                Arguments.of(jsonPath("$.n").ofInt().gt(s -> 3), "jsonPath $.n, int: expected more than 3, found 3."),
                Arguments.of(
                        jsonPath("$.n").ofInt().gteEL("#{four}"), "jsonPath $.n, int: expected at least 4, found 3."),
                Arguments.of(jsonPath("$.gone").lt("x"), "jsonPath $.gone: expected less than \"x\", found nothing."),
                Arguments.of(
                        jsonPath("$.n").ofInt().validate("even", (n, s) -> {
                            throw new IllegalStateException("is odd");
                        }),
                        "jsonPath $.n, int: expected even, found 3 (IllegalStateException: is odd)."),
                Arguments.of(
                        jsonPath("$.n").ofInt().is(4).name("number of lamps"), "number of lamps: expected 4, found 3."),
                Arguments.of(
                        jsonPath("$.n").ofInt().is(4).logActualValueInError(false), "jsonPath $.n, int: expected 4."));
    }

    @ParameterizedTest
    @MethodSource("thatFail")
    void sentencesThatDoNotHoldFailTheRequestWithTheirWords(CheckBuilder check, String message) {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("three", 3).set("four", 4).set("evens", List.of(2, 4))),
                    http("x").get("/").check(check));

            assertThat(trial.failures()).containsExactly("x: check.failed: " + message);
        }
    }

    @Test
    void whatIsChangedFilledInOrValidatedIsWhatIsSaved() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("save")
                            .get("/save")
                            .check(
                                    jsonPath("$.n")
                                            .ofInt()
                                            .transform(n -> n + 1)
                                            .saveAs("changed"),
                                    jsonPath("$.gone").withDefault("filled").saveAs("filled"),
                                    jsonPath("$.n")
                                            .validate("v", (v, s) -> v + "v")
                                            .saveAs("validated"),
                                    regex("[789]").findAll().saveAs("all"),
                                    regex("[789]").count().saveAs("count")),
                    http("use").get("/#{changed}/#{filled}/#{validated}/#{all(2)}/#{count}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/save", "/4/filled/3v/9/3");
        }
    }

    @Test
    void whatIsNotFoundLeavesAnEarlierAttributeAlone() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("a", 1).set("b", 2).set("c", 3).set("d", 4)),
                    http("x")
                            .get("/x")
                            .check(
                                    jsonPath("$.gone").optional().saveAs("a"),
                                    jsonPath("$.gone").notExists().saveAs("b"),
                                    jsonPath("$.gone")
                                            .validate("any", (v, s) -> v)
                                            .saveAs("c"),
                                    jsonPath("$.gone").not("x").saveAs("d")),
                    http("use").get("/#{a}#{b}#{c}#{d}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/x", "/1234");
        }
    }

    /** From the user's own generator: with one seed the same matches, and in time all of them. */
    @Test
    void randomMatchesFollowTheSeed() {
        try (Target target = shop()) {
            Trial first = draws(target);
            List<String> drawn = target.targets().subList(0, 40);
            Trial second = draws(target);

            assertThat(first.failures()).isEmpty();
            assertThat(second.failures()).isEmpty();
            assertThat(target.targets().subList(40, 80)).isEqualTo(drawn);
            Set<String> seen = new TreeSet<>();
            drawn.forEach(each -> seen.addAll(Arrays.asList(each.substring(1).split("/", -1))));
            assertThat(seen).containsAll(List.of("7", "8", "9", "78", "79", "89"));
        }
    }

    private static Trial draws(Target target) {
        return Trial.of(
                target,
                repeat(20)
                        .on(
                                http("draw")
                                        .get("/")
                                        .check(
                                                regex("[789]").findRandom().saveAs("one"),
                                                regex("[789]").findRandom(2).saveAs("two")),
                                http("use").get("/#{one}/#{two(0)}#{two(1)}")));
    }

    @Test
    void valuesOfCheckedBodiesAreDataAndNeverEvaluated() {
        try (Target target = Target.answering(request -> TruthResponse.ok("#{secret} ${7*7}"))) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("secret", "canary")),
                    http("x").get("/").check(bodyString().saveAs("text")),
                    http("y").post("/").body(StringBody("#{text}")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.bodies().get(1)).isEqualTo("#{secret} ${7*7}");
        }
    }

    @Test
    void mistakesOfSentencesAreToldTogetherAndNothingIsSent() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("x")
                            .get("/")
                            .check(
                                    jsonPath("$.n").isEL("#{n"),
                                    css("a["),
                                    xpath("//["),
                                    xpath("//p:a"),
                                    jmesPath("a["),
                                    jmesPath("nobody(@)"),
                                    headerRegex("ETag", "("),
                                    currentLocationRegex("(a)").captureGroups(2))
                            .checkIf("#{m")
                            .then(status(), substring("")));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .hasSize(10)
                    .allSatisfy(problem -> assertThat(problem).contains("CheckStageWordsTest.java:"));
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void mapsAreComparedWhole() {
        try (Target target = Target.answering(request -> TruthResponse.json("{\"o\":{\"k\":1}}"))) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("o", Map.of("k", 1))),
                    http("x")
                            .get("/")
                            .check(
                                    jsonPath("$.o").ofMap().is(Map.of("k", 1)),
                                    jsonPath("$.o").ofMap().isEL("#{o}"),
                                    jsonPath("$.o").ofMap().not(Map.of("k", 2))));

            assertThat(trial.failures()).isEmpty();
        }
    }
}
