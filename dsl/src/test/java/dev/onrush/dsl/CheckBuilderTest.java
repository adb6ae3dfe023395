package dev.onrush.dsl;

import static dev.onrush.dsl.CoreDsl.StringBody;
import static dev.onrush.dsl.CoreDsl.bodyString;
import static dev.onrush.dsl.CoreDsl.jsonPath;
import static dev.onrush.dsl.CoreDsl.regex;
import static dev.onrush.dsl.CoreDsl.responseTimeInMillis;
import static dev.onrush.dsl.CoreDsl.substring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.check.CheckResult;
import dev.onrush.core.check.CheckedResponse;
import dev.onrush.core.check.ResponseBody;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;

class CheckBuilderTest {
    private static final String BODY =
            "{\"n\": 7, \"x\": \"n=7\", \"o\": {\"k\": 1}, \"l\": [\"a\", \"b\"], \"t\": \"abc\"}";

    private final UserSession session = UserSession.of(new UserIdentity(1, "shop", 42))
            .set("n", 7)
            .set("x", "n=7")
            .set("all", List.of(6, 7));

    private record Reply(ResponseBody body, long responseTimeMillis) implements CheckedResponse {}

    private CheckResult run(CheckBuilder builder) {
        return Bridge.check(builder).run(new Reply(ResponseBody.of(BODY), 15), session);
    }

    static Stream<Arguments> sentences() {
        return Stream.of(
                Arguments.of(substring("\"x\"")),
                Arguments.of(substring("\"x\"").find()),
                Arguments.of(substring(s -> "\"#\"").notExists()),
                Arguments.of(regex("n(=)(\\d)").captureGroups(2).is(List.of("=", "7"))),
                Arguments.of(regex("n=(\\d)").is("7")),
                Arguments.of(regex("[ab]\"").count().is(2)),
                Arguments.of(regex("nothing").withDefault("none").is("none")),
                Arguments.of(regex("nothing").withDefault(s -> "none").saveAs("x")),
                Arguments.of(regex("nothing").withDefaultEl("#{x}").is("n=7")),
                Arguments.of(regex("\"[a-z]\"").findRandom(2, true).saveAs("xs")),
                Arguments.of(regex("\"[a-z]\"").findRandom().exists()),
                Arguments.of(jsonPath("$.n").ofInt().lt(100)),
                Arguments.of(jsonPath("$.n").ofInt().lte(7)),
                Arguments.of(jsonPath("$.n").ofInt().gt(s -> 6)),
                Arguments.of(jsonPath("$.n").ofInt().gteEL("#{n}")),
                Arguments.of(jsonPath("$.n").ofLong().is(7L)),
                Arguments.of(jsonPath("$.n").ofDouble().is(7.0)),
                Arguments.of(jsonPath("$.n").ofString().is("7")),
                Arguments.of(jsonPath("$.n").isEL("#{n}")),
                Arguments.of(jsonPath("$.n").ofInt().is(s -> s.getInt("n"))),
                Arguments.of(jsonPath("$.n").ofInt().shouldBe(7)),
                Arguments.of(jsonPath("$.n").ofInt().not(8)),
                Arguments.of(jsonPath("$.n").ofInt().notEL("#{x}x")),
                Arguments.of(jsonPath("$.n").ofInt().in(6, 7)),
                Arguments.of(jsonPath("$.n").ofInt().in(List.of(6, 7))),
                Arguments.of(jsonPath("$.n").ofInt().within(7)),
                Arguments.of(jsonPath("$.n").ofInt().within(s -> List.of(7))),
                Arguments.of(jsonPath("$.n").ofInt().inEL("#{all}")),
                Arguments.of(jsonPath("$.o").ofMap().is(Map.of("k", 1))),
                Arguments.of(jsonPath("$.l").ofList().is(List.of("a", "b"))),
                Arguments.of(jsonPath("$.l[*]").findAll().is(List.of("a", "b"))),
                Arguments.of(jsonPath("$.l[*]").find(1).is("b")),
                Arguments.of(jsonPath("$.x").ofObject().is(StringBody("#{x}"))),
                Arguments.of(jsonPath("$.t").transform(String::length).is(3)),
                Arguments.of(jsonPath("$.t")
                        .transformWithSession((v, s) -> v.length() + s.getInt("n"))
                        .is(10)),
                Arguments.of(jsonPath("$.nope").optional()),
                Arguments.of(jsonPath("$.nope").notExists()),
                Arguments.of(jsonPath("$.n").notNull()),
                Arguments.of(jsonPath("$.n")
                        .validate("even", (v, s) -> v)
                        .name("n is even")
                        .saveAs("n")),
                Arguments.of(bodyString().is(StringBody(BODY))),
                Arguments.of(bodyString().transform(String::length).gt(9)),
                Arguments.of(responseTimeInMillis().lt(16)),
                Arguments.of(jsonPath("$.n").ofInt().lt(100).name("small").logActualValueInError(false)));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void holds(CheckBuilder sentence) {
        CheckResult result = run(sentence);

        assertThat(result.message()).isEmpty();
        assertThat(result.isHeld()).isTrue();
        assertThat(Bridge.check(sentence).problems()).isEmpty();
    }

    @Test
    void savesWhatItFound() {
        assertThat(run(jsonPath("$.n").ofInt().saveAs("saved")).session(session).get("saved"))
                .isEqualTo(7);
        assertThat(run(jsonPath("$.l[*]").findAll().saveAs("saved"))
                        .session(session)
                        .get("saved"))
                .isEqualTo(List.of("a", "b"));
        assertThat(run(jsonPath("$.t").transform(String::length).saveAs("saved"))
                        .session(session)
                        .get("saved"))
                .isEqualTo(3);
        assertThat(Bridge.check(jsonPath("$.t").saveAs("saved")).saves()).containsExactly("saved");
    }

    @Test
    void saysWhatItExpected() {
        assertThat(run(jsonPath("$.n").ofInt().is(8)).message()).isEqualTo("jsonPath $.n, int: expected 8, found 7.");
        assertThat(run(bodyString().is(StringBody("n=#{nobody}"))).message())
                .startsWith("bodyString: #{nobody}: attribute \"nobody\" is missing.");
        assertThat(run(jsonPath("$.n").validate("even", (v, s) -> {
                            throw new IllegalStateException("odd");
                        }))
                        .message())
                .isEqualTo("jsonPath $.n: expected even, found \"7\" (IllegalStateException: odd).");
    }

    @Test
    void leavesEachValueAsItWas() {
        CheckBuilder.JsonOfTypeMultipleFind path = jsonPath("$.n");
        CheckBuilder.Final named = path.ofInt().is(8).name("a");

        named.name("b").saveAs("c");

        assertThat(run(named).message()).startsWith("a: ");
        assertThat(run(path).isHeld()).isTrue();
    }

    @Test
    void tellsMistakesOfDefinition() {
        assertThat(Bridge.check(jsonPath("$.n").isEL("#{n")).problems())
                .singleElement()
                .asString()
                .startsWith("\"#{n\", position 1: #{ is never closed.");
        assertThat(Bridge.check(regex("(")).problems()).hasSize(1);
        assertThatThrownBy(() -> regex("a").captureGroups(9))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("captureGroups takes 2 to 8, was 9.");
        assertThatThrownBy(() -> regex("a").find(-1)).isInstanceOf(DefinitionException.class);
        assertThatThrownBy(() -> regex("a").is((String) null))
                .hasMessage("is must not be given null. Use isNull() or notNull().");
        assertThatThrownBy(() -> regex("a").in(List.of())).hasMessage("in needs at least one value, none was given.");
        assertThatThrownBy(() -> regex("a").saveAs(" ")).hasMessage("saveAs must not be empty.");
    }
}
