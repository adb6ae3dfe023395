package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.testkit.TruthResponse;

/** Each kind of check and each stage of its sentence, on answers of a real server. */
@Timeout(30)
class CheckWordsTest {
    private static final String BODY = "{\"name\":\"lamp\",\"n\":3,\"big\":5000000000,\"x\":2.5,\"on\":true,"
            + "\"none\":null,\"tags\":[\"a\",\"b\"],\"o\":{\"k\":1},\"items\":[{\"id\":7},{\"id\":8}]}";

    private static Target shop() {
        return Target.answering(request -> request.path().startsWith("/s/")
                ? TruthResponse.status(Integer.parseInt(request.path().substring(3)))
                : TruthResponse.json(BODY)
                        .header("X-Id", "one")
                        .header("x-id", "two")
                        .header("ETag", "\"v1\""));
    }

    static Stream<CheckBuilder> thatHold() {
        return Stream.of(
                status(),
                status().is(200),
                status().shouldBe(200),
                status().is(s -> s.getInt("code")),
                status().in(200, 204),
                status().in(List.of(200, 204)),
                status().in(s -> List.of(200)),
                status().within(200, 204),
                status().within(List.of(200)),
                status().within(s -> List.of(200)),
                status().find().is(200),
                header("etag").is("\"v1\""),
                header("ETag").exists(),
                header(new StringBuilder("ETag")).is("\"v1\""),
                header(s -> "ETag").is("\"v1\""),
                header("X-#{h}").find().is("one"),
                header("X-Id").find(1).is("two"),
                header("X-Id").findAll().is(List.of("one", "two")),
                bodyString().is(BODY),
                bodyString().is(StringBody(BODY)),
                bodyString().transform(String::length).is(BODY.length()),
                substring("lamp"),
                substring("lamp").is(9),
                substring("id").findAll().transform(List::size).is(2),
                substring(s -> s.getString("word")).exists(),
                substring("#{word}").exists(),
                regex("\"n\":(\\d+)").is("3"),
                regex("lamp|shade").is("lamp"),
                regex("\"id\":(\\d)").find(1).is("8"),
                regex("\"id\":(\\d)").findAll().is(List.of("7", "8")),
                regex("\"id\":(\\d)").findAll().transform(List::size).is(2),
                regex("\"(name)\":\"(\\w+)\"").captureGroups(2).is(List.of("name", "lamp")),
                regex(s -> s.getString("word")).exists(),
                regex("#{word}").transform(String::toUpperCase).is("LAMP"),
                jsonPath("$.name").is("lamp"),
                jsonPath("$.name").ofString().is("lamp"),
                jsonPath("$.n").is("3"),
                jsonPath("$.n").ofInt().is(3),
                jsonPath("$.big").ofLong().is(5_000_000_000L),
                jsonPath("$.x").ofDouble().is(2.5),
                jsonPath("$.on").ofBoolean().is(true),
                jsonPath("$.tags").ofList().is(List.of("a", "b")),
                jsonPath("$.o").ofMap().is(Map.of("k", 1)),
                jsonPath("$.n").ofObject().is(3),
                jsonPath("$.o").is("{\"k\":1}"),
                jsonPath("$.items[*].id").ofInt().findAll().is(List.of(7, 8)),
                jsonPath("$.items[*].id").ofInt().find(1).is(8),
                jsonPath("$.items[?(@.id == 8)].id").ofInt().is(8),
                jsonPath(s -> "$." + s.getString("field")).is("lamp"),
                jsonPath("$.#{field}").in("lamp", "shade"),
                jsonPath("$.none").ofObject().exists(),
                responseTimeInMillis()
                        .transform(millis -> millis >= 0 && millis < 20_000)
                        .is(true));
    }

    /** All in two runs: a run for each would only repeat the same traffic. */
    @Test
    void sentencesThatHoldAreOk() {
        try (Target target = shop()) {
            CheckBuilder[] all = thatHold().toArray(CheckBuilder[]::new);
            Trial together = Trial.of(
                    target,
                    exec(s -> s.set("code", 200)
                            .set("h", "id")
                            .set("word", "lamp")
                            .set("field", "name")),
                    http("varargs").get("/item").check(all),
                    http("list").get("/item").check(List.of(all)));

            assertThat(together.failures()).isEmpty();
            assertThat(target.came).hasSize(2);
        }
    }

    static Stream<Arguments> thatFail() {
        return Stream.of(
                Arguments.of(status().is(201), "status: expected 201, found 200."),
                Arguments.of(status().in(201, 204), "status: expected one of [201, 204], found 200."),
                Arguments.of(header("Location"), "header Location: expected a value, found nothing."),
                Arguments.of(header("X-Id").is("two"), "header X-Id: expected \"two\", found \"one\"."),
                Arguments.of(header("X-Id").find(2).exists(), "header X-Id, match 2: expected a value, found nothing."),
                Arguments.of(bodyString().is("x"), "bodyString: expected \"x\", found \"{}\"."),
                Arguments.of(substring("shade"), "substring shade: expected a value, found nothing."),
                Arguments.of(regex("shade"), "regex shade: expected a value, found nothing."),
                Arguments.of(regex("l.mp").is("shade"), "regex l.mp: expected \"shade\", found nothing."),
                Arguments.of(jsonPath("$.gone").exists(), "jsonPath $.gone: expected a value, found nothing."),
                Arguments.of(jsonPath("$.n").is("4"), "jsonPath $.n: expected \"4\", found nothing."),
                Arguments.of(bodyString().transform(String::length).is(3), "bodyString: expected 3, found 2."));
    }

    @ParameterizedTest
    @MethodSource("thatFail")
    void sentencesThatDoNotHoldFailTheRequestWithTheirWords(CheckBuilder check, String message) {
        try (Target target = Target.answering(
                request -> TruthResponse.ok("{}").header("X-Id", "one").header("X-Id", "two"))) {
            Trial trial = Trial.of(target, http("x").get("/item").check(check));

            assertThat(trial.failures()).containsExactly("x: check.failed: " + message);
            assertThat(trial.requests.get(0).status()).isEqualTo(200);
        }
    }

    @Test
    void valuesAreSavedUnderTheirTypes() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("save")
                            .get("/item")
                            .check(
                                    status().saveAs("status"),
                                    header("X-Id").findAll().saveAs("ids"),
                                    jsonPath("$.n").ofInt().saveAs("n"),
                                    jsonPath("$.o").ofMap().saveAs("o"),
                                    regex("\"(name)\":\"(\\w+)\"")
                                            .captureGroups(2)
                                            .saveAs("groups"),
                                    bodyString().transform(String::length).saveAs("length"),
                                    jsonPath("$.items[*].id").ofInt().findAll().saveAs("items"),
                                    substring("lamp").saveAs("at"),
                                    responseTimeInMillis().saveAs("millis")),
                    exec(s -> s.set(
                            "types",
                            s.get("status") instanceof Integer
                                    && s.getList("ids").size() == 2
                                    && s.getInt("n") == 3
                                    && s.getMap("o").get("k").equals(1)
                                    && s.getList("groups").equals(List.of("name", "lamp"))
                                    && s.getInt("length") == BODY.length()
                                    && s.getInt("at") == 9
                                    && s.get("millis") instanceof Integer)),
                    http("use")
                            .get(
                                    "/#{status}/#{ids(1)}/#{n}/#{o.k}/#{groups(1)}/#{items(-1)}/#{items.size()}/#{types}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets().get(1)).isEqualTo("/200/two/3/1/lamp/8/2/true");
        }
    }

    @Test
    void allChecksRunTheFirstFailureInScopeOrderIsTheCauseAndWhatHeldIsSaved() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("x")
                            .get("/item")
                            .check(
                                    responseTimeInMillis().is(-1),
                                    substring("shade"),
                                    regex("gone"),
                                    jsonPath("$.name").saveAs("name"),
                                    jsonPath("$.n").is("4").saveAs("n"),
                                    header("X-Gone")),
                    http("next").get("/#{name}?#{n.isUndefined()}"));

            assertThat(trial.requests.get(0).message()).isEqualTo("header X-Gone: expected a value, found nothing.");
            assertThat(target.targets()).containsExactly("/item", "/lamp?true");
        }
    }

    @Test
    void theCauseIsTheFirstInTheOrderOfLocationStatusHeaderBodyAndTime() {
        List<CheckBuilder> wrong = List.of(
                responseTimeInMillis().is(-1),
                substring("shade"),
                header("X-Gone"),
                status().is(201),
                currentLocation().is("nowhere"));
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    IntStream.rangeClosed(1, 5)
                            .mapToObj(n -> exec(http("x").get("/item").check(wrong.subList(0, n))))
                            .reduce(ChainBuilder.EMPTY, ChainBuilder::exec));

            assertThat(trial.requests)
                    .extracting(request -> request.message().replaceAll("[ :].*", ""))
                    .containsExactly("responseTimeInMillis", "substring", "header", "status", "currentLocation");
        }
    }

    @Test
    void withoutAStatusCheckOnly2xxAnd304AreOk() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("200").get("/s/200"),
                    http("204").get("/s/204"),
                    http("299").get("/s/299"),
                    http("304").get("/s/304"),
                    http("300").get("/s/300"),
                    http("400").get("/s/400"),
                    http("500").get("/s/500"),
                    http("wanted").get("/s/404").check(status().is(404)),
                    http("any").get("/s/500").check(status()),
                    http("saved").get("/s/500").check(status().saveAs("code")));

            assertThat(trial.requests)
                    .filteredOn(Trial.Request::isOk)
                    .extracting(Trial.Request::path)
                    .containsExactly("200", "204", "299", "304", "wanted", "any", "saved");
            assertThat(trial.failures()).contains("500: check.failed: status was 500, expected 2xx or 304");
        }
    }

    @Test
    void checksOfTheProtocolComeToThoseOfTheRequest() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url())
                            .check(status().in(200, 404), header("ETag").exists()),
                    http("both").get("/item").check(substring("lamp")),
                    http("protocol's").get("/s/404"),
                    http("own").get("/item").check(substring("shade")));

            assertThat(trial.requests).extracting(Trial.Request::isOk).containsExactly(true, false, false);
            assertThat(trial.requests.get(1).message()).isEqualTo("header ETag: expected a value, found nothing.");
            Trial listed = Trial.of(
                    http.baseUrl(target.url()).check(List.of(status().is(404))),
                    http("x").get("/item"));
            assertThat(listed.failures()).containsExactly("x: check.failed: status: expected 404, found 200.");
        }
    }

    @Test
    void responseTimeOfACheckIsWhatTheUserWaits() {
        try (Target target = Target.answering(request -> TruthResponse.ok("ok").after(Duration.ofMillis(60)))) {
            Trial trial = Trial.of(
                    target,
                    http("x")
                            .get("/")
                            .check(responseTimeInMillis()
                                    .transform(millis -> millis >= 60)
                                    .is(true)),
                    http("y").get("/").check(responseTimeInMillis().saveAs("millis")),
                    http("z").get("/#{millis}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets().get(2))
                    .isEqualTo("/" + trial.requests.get(1).responseMillis());
        }
    }

    @Test
    void aCheckThatCrashesFailsItsRequestAndTheNextStepRuns() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("x").get("/item").check(bodyString().transform(text -> {
                        throw new IllegalStateException("mine");
                    })),
                    http("next").get("/next"));

            assertThat(trial.requests.get(0).isOk()).isFalse();
            assertThat(trial.requests.get(0).message()).contains("mine");
            assertThat(target.targets()).containsExactly("/item", "/next");
        }
    }

    @Test
    void aNullOfJsonIsAValueAndTextIsNoNumber() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("null")
                            .get("/item")
                            .check(jsonPath("$.none").ofObject().saveAs("none")),
                    http("text").get("/item").check(jsonPath("$.name").ofInt()),
                    http("next").get("/?#{none.exists()}"));

            assertThat(trial.requests).extracting(Trial.Request::isOk).containsExactly(true, false, true);
        }
    }
}
