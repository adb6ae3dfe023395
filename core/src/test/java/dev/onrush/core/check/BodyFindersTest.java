package dev.onrush.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

class BodyFindersTest {
    private static final String SHOP = """
            {"a": {"b": [10, 20, 30], "c-d": "dash", "e f": "space"}, "n": 7, "big": 12345678901, "f": 1.5, "one": 1.0,
             "t": "text", "yes": true, "nil": null, "list": [{"id": 1, "on": true}, {"id": 2, "on": false}, {"id": "x"}],
             "empty": [], "o": {"k": 1}}""";

    private final UserSession session = UserSession.of(new UserIdentity(1, "shop", 42))
            .set("name", "n")
            .set("bad", "(")
            .set("word", "an");

    private static Expression<String> text(String text) {
        return ExpressionCompiler.text(text);
    }

    private List<?> jsonPath(String path) {
        return JsonPathFinder.of(text(path)).findAll(TextResponse.of(SHOP), session);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$.n | 7",
                "$['n'] | 7",
                "$.a.b[0] | 10",
                "$.a.b[-1] | 30",
                "$.a.c-d | dash",
                "$.a['e f'] | space",
                "$['a']['b'][1] | 20",
                "$.o | {\"k\":1}",
                "$.a.b | [10,20,30]",
                "$.yes | true",
                "$.f | 1.5",
                "$.list[?(@.id == 2)].on | false",
                "$.a.b[*] | 10,20,30",
                "$.a.b[1:] | 20,30",
                "$..id | 1,2,x",
                "$.list.length() | 3",
                "$.#{name} | 7",
                "$.nope | ",
                "$.a.b[3] | ",
                "$.a.b[-4] | ",
                "$.n.x | ",
                "$.t[0] | ",
                "$.empty[*] | ",
                "$.list[?(@.id == 9)] | ",
            })
    void findsByJsonPath(String path, String expected) {
        String found =
                String.join(",", jsonPath(path).stream().map(String.class::cast).toList());

        assertThat(found).isEqualTo(expected == null ? "" : expected);
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of("$.n", JsonType.INT, 7),
                Arguments.of("$.one", JsonType.INT, 1),
                Arguments.of("$.f", JsonType.INT, Finder.NONE),
                Arguments.of("$.big", JsonType.INT, Finder.NONE),
                Arguments.of("$.big", JsonType.LONG, 12_345_678_901L),
                Arguments.of("$.t", JsonType.INT, Finder.NONE),
                Arguments.of("$.t", JsonType.LONG, Finder.NONE),
                Arguments.of("$.t", JsonType.DOUBLE, Finder.NONE),
                Arguments.of("$.n", JsonType.DOUBLE, 7.0),
                Arguments.of("$.f", JsonType.DOUBLE, 1.5),
                Arguments.of("$.yes", JsonType.BOOLEAN, true),
                Arguments.of("$.t", JsonType.BOOLEAN, Finder.NONE),
                Arguments.of("$.a.b", JsonType.LIST, List.of(10, 20, 30)),
                Arguments.of("$.o", JsonType.LIST, Finder.NONE),
                Arguments.of("$.o", JsonType.MAP, Map.of("k", 1)),
                Arguments.of("$.t", JsonType.OBJECT, "text"),
                Arguments.of("$.big", JsonType.OBJECT, 12_345_678_901L),
                Arguments.of("$.f", JsonType.OBJECT, 1.5),
                Arguments.of("$.yes", JsonType.OBJECT, true),
                Arguments.of("$.list[2]", JsonType.OBJECT, Map.of("id", "x")),
                Arguments.of("$.nil", JsonType.TEXT, null),
                Arguments.of("$.nil", JsonType.INT, null),
                Arguments.of("$.nil", JsonType.MAP, null),
                Arguments.of("$.nope", JsonType.OBJECT, Finder.NONE),
                Arguments.of("$..id", JsonType.TEXT, "1"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void givesJsonAsTheTypeAskedFor(String path, JsonType<?> type, Object expected) {
        JsonPathFinder<?> finder = JsonPathFinder.of(text(path)).as(type);

        assertThat(finder.find(TextResponse.of(SHOP), session, 0)).isEqualTo(expected);
    }

    @Test
    void passesByWhatDoesNotFitTheType() {
        JsonPathFinder<Integer> ids = JsonPathFinder.of(text("$..id")).as(JsonType.INT);

        assertThat(ids.findAll(TextResponse.of(SHOP), session)).isEqualTo(List.of(1, 2));
        assertThat(ids.find(TextResponse.of(SHOP), session, 1)).isEqualTo(2);
        assertThat(ids.find(TextResponse.of(SHOP), session, 2)).isSameAs(Finder.NONE);
    }

    @Test
    void reportsPatternsThatCannotBeCompiled() {
        assertThat(RegexFinder.of(text("a(")).problems())
                .containsExactly("regex \"a(\": Unclosed group at position 3. Correct the regex.");
        assertThat(RegexFinder.of(text("a(b)")).groups(2).problems())
                .containsExactly("regex \"a(b)\": 2 groups are asked for, the pattern has 1. Correct the regex.");
        assertThat(JsonPathFinder.of(text("$.a[")).problems())
                .containsExactly("jsonPath \"$.a[\": [ is never closed. Correct the jsonPath.");
        assertThat(JsonPathFinder.of(text("$.a[?(@.x ==)]")).problems())
                .containsExactly(
                        "jsonPath \"$.a[?(@.x ==)]\": Failed to parse filter: [?(@.x ==)], error on position: 9, char: ). Correct the jsonPath.");
        assertThat(JsonPathFinder.of(text("")).problems())
                .containsExactly("jsonPath \"\": there is no path. Correct the jsonPath.");
        assertThat(new SubstringFinder(text("")).problems())
                .containsExactly("substring \"\": there is no text to look for. Correct the substring.");
        assertThat(RegexFinder.of(text("#{")).problems()).hasSize(1);
    }

    @Test
    void findsByRegex() throws Exception {
        TextResponse body = TextResponse.of("a1 b22 c333");

        assertThat(RegexFinder.of(text("[a-c]\\d+")).findAll(body, session)).isEqualTo(List.of("a1", "b22", "c333"));
        assertThat(RegexFinder.of(text("[a-c](\\d+)")).findAll(body, session)).isEqualTo(List.of("1", "22", "333"));
        assertThat(RegexFinder.of(text("[a-c](\\d+)")).find(body, session, 2)).isEqualTo("333");
        assertThat(RegexFinder.of(text("[a-c](\\d+)")).find(body, session, 3)).isSameAs(Finder.NONE);
        assertThat(RegexFinder.of(text("\\d")).count(body, session)).isEqualTo(6);
        assertThat(RegexFinder.of(text("([a-c])(\\d)")).groups(2).find(body, session, 1))
                .isEqualTo(List.of("b", "2"));
        assertThat(RegexFinder.of(text("(x)?(a)")).groups(2).find(body, session, 0))
                .isEqualTo(Arrays.asList(null, "a"));
        assertThat(RegexFinder.of(text("#{name}|b")).find(body, session, 0)).isEqualTo("b");
    }

    @Test
    void findsSubstrings() throws Exception {
        TextResponse body = TextResponse.of("banana an");

        assertThat(new SubstringFinder(text("an")).findAll(body, session)).containsExactly(1, 3, 7);
        assertThat(new SubstringFinder(text("#{word}")).find(body, session, 1)).isEqualTo(3);
        assertThat(new SubstringFinder(text("an")).find(body, session, 3)).isSameAs(Finder.NONE);
        assertThat(new SubstringFinder(text("aXn")).count(body, session)).isZero();
    }

    @Test
    void picksOneAllSomeOrTheirCount() throws Exception {
        TextResponse body = TextResponse.of("1 2 3 4");
        RegexFinder<String> digits = RegexFinder.of(text("\\d"));
        RegexFinder<String> none = RegexFinder.of(text("x"));

        assertThat(digits.all().find(body, session)).isEqualTo(List.of("1", "2", "3", "4"));
        assertThat(none.all().find(body, session)).isSameAs(Finder.NONE);
        assertThat(digits.counted().find(body, session)).isEqualTo(4);
        assertThat(none.counted().find(body, session)).isEqualTo(0);
        assertThat((String) digits.anyOne().find(body, session)).matches("[1-4]");
        assertThat(none.anyOne().find(body, session)).isSameAs(Finder.NONE);
        assertThat((List<?>) digits.any(2, true).find(body, session)).hasSize(2).doesNotHaveDuplicates();
        assertThat((List<?>) digits.any(9, false).find(body, session)).hasSize(4);
        assertThat(digits.any(9, true).find(body, session)).isSameAs(Finder.NONE);
        assertThat(digits.at(1).name()).isEqualTo("regex \\d, match 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "([a-zA-Z]+)*$",
                "(a|aa)+$",
                "(a|a?)+$",
                "(.*a){20}$",
                "^(a+)*b",
                "(a*)*b",
                "((a+)+)+b",
                "(?:a?){60}a{60}$",
                "^((a|a)+)+$"
            })
    void endsAPatternThatRunsAway(String pattern) {
        Check check = new FoundCheck(RegexFinder.of(text(pattern)).at(0), Expectation.NOTHING)
                .under(Settings.of(Map.of(Setting.CHECK_TIMEOUT, "50ms")));
        TextResponse body = TextResponse.of("a".repeat(100) + "!" + "a".repeat(100_000) + "!");

        long before = System.nanoTime();
        CheckResult result = check.run(body, session);
        Duration taken = Duration.ofNanos(System.nanoTime() - before);

        assertThat(taken).isLessThan(Duration.ofSeconds(2));
        if (!result.isHeld()) {
            assertThat(result.errorClass()).isIn(ErrorClass.CHECK_TIMEOUT, ErrorClass.CHECK_CRASHED);
        }
    }

    @Test
    void saysThatAPatternTookTooLong() {
        Check check = new FoundCheck(RegexFinder.of(text("((a+)+)+b")).at(0), Expectation.EXISTS);

        CheckResult result = check.run(TextResponse.of("a".repeat(40) + "!"), session);

        assertThat(result.errorClass()).isEqualTo(ErrorClass.CHECK_TIMEOUT);
        assertThat(result.message())
                .isEqualTo("regex ((a+)+)+b: took more than 100 ms on a text of 41 characters. "
                        + "Write a pattern that does not go back, or raise the setting check.timeout.");
    }

    @Test
    void findsByRegexInOtherTexts() throws Exception {
        MultipleFinder<String> words = RegexFinder.of(text("\\w+"));
        RegexFinder<String> inWords = RegexFinder.in(words, text("^([a-z])(\\d)"));
        TextResponse body = TextResponse.of("a1 22 b3");

        assertThat(inWords.findAll(body, session)).isEqualTo(List.of("a", "b"));
        assertThat(inWords.find(body, session, 1)).isEqualTo("b");
        assertThat(inWords.count(body, session)).isEqualTo(2);
        assertThat(inWords.groups(2).find(body, session, 1)).isEqualTo(List.of("b", "3"));
        assertThat(inWords.name()).isEqualTo("regex \\w+, regex ^([a-z])(\\d)");
        assertThat(RegexFinder.in(words, text("(")).problems()).hasSize(1);
    }

    static Stream<Arguments> scripts() {
        return Stream.of(
                Arguments.of("show({\"a\":1});", 1),
                Arguments.of(" /**/a.b['c'](  {\"a\":\"(x);\"}\n) ; ;\n", "(x);"),
                Arguments.of("typeof f === 'function' && f({\"a\":2});", 2),
                Arguments.of("f([{\"a\":3}])", 3));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void findsInScriptsThatHandJsonToAFunction(String script, Object expected) {
        JsonPathFinder<Object> finder =
                JsonPathFinder.of(JsonSource.JSONP, text("$..a")).as(JsonType.OBJECT);

        assertThat(finder.find(TextResponse.of(script), session, 0)).isEqualTo(expected);
        assertThat(finder.name()).isEqualTo("jsonpJsonPath $..a, object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f", "({\"a\":1})", "f)(", "f({\"a\":1}) + 1", "f({\"a\":1", "f(1, 2)", "f()", "f(x)"})
    void crashesOnScriptsOfAnotherKind(String script) {
        Check check =
                new FoundCheck(JsonPathFinder.of(JsonSource.JSONP, text("$..a")).at(0), Expectation.OPTIONAL);

        assertThat(check.run(TextResponse.of(script), session).errorClass()).isEqualTo(ErrorClass.CHECK_CRASHED);
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("[".repeat(1_000_000), ErrorClass.CHECK_CRASHED),
                Arguments.of("{\"a\":".repeat(1_000_000), ErrorClass.CHECK_CRASHED),
                Arguments.of("[".repeat(1_000_000) + "]".repeat(1_000_000), ErrorClass.CHECK_CRASHED),
                Arguments.of("[" + "9".repeat(1_000_000) + "]", ErrorClass.CHECK_CRASHED),
                Arguments.of("[1e999999999]", null),
                Arguments.of("[\"" + "x".repeat(20_000_000) + "\"]", null),
                Arguments.of("{\"a\":1,\"a\":2}", null),
                Arguments.of("", ErrorClass.CHECK_CRASHED),
                Arguments.of("   ", ErrorClass.CHECK_CRASHED),
                Arguments.of("<html></html>", ErrorClass.CHECK_CRASHED),
                Arguments.of("{\"a\":1} {\"b\":2}", ErrorClass.CHECK_CRASHED),
                Arguments.of("{\"a\":1", ErrorClass.CHECK_CRASHED),
                Arguments.of("[NaN]", ErrorClass.CHECK_CRASHED),
                Arguments.of("{\"" + "k".repeat(100_000) + "\":1}", ErrorClass.CHECK_CRASHED),
                Arguments.of("\uFEFF{\"a\":1}", null));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void survivesHostileJson(String body, String errorClass) {
        for (String path : List.of("$.a", "$..a", "$[*]")) {
            Check check = new FoundCheck(
                    JsonPathFinder.of(text(path)).as(JsonType.OBJECT).all(), Expectation.OPTIONAL);

            CheckResult result = check.run(TextResponse.of(body), session);

            assertThat(result.errorClass()).isEqualTo(errorClass);
            assertThat(result.message()).hasSizeLessThanOrEqualTo(200);
        }
    }

    @Test
    void saysThatABodyIsNoJson() {
        Check check = new FoundCheck(JsonPathFinder.of(text("$.a")).at(0), Expectation.EXISTS);

        assertThat(check.run(TextResponse.of(""), session).message())
                .isEqualTo("jsonPath $.a: the body is empty, not JSON");
        assertThat(check.run(TextResponse.of("<html>"), session).message())
                .startsWith("jsonPath $.a: the body is not readable as JSON: Unexpected character ('<'");
    }

    @Test
    void readsABodyInItsCharset() {
        ResponseBody latin =
                ResponseBody.of("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);

        assertThat(latin.string()).isEqualTo("{\"a\":\"é\"}");
        assertThat(latin.json().get("a").stringValue()).isEqualTo("é");
        assertThat(latin.json()).isSameAs(latin.json());
        assertThat(latin.string()).isSameAs(latin.string());
    }

    @Test
    void crashesOnAPatternThatAResponseMade() {
        Check check = new FoundCheck(RegexFinder.of(text("#{bad}")).at(0), Expectation.EXISTS);

        CheckResult result = check.run(TextResponse.of("x"), session);

        assertThat(result.errorClass()).isEqualTo(ErrorClass.CHECK_CRASHED);
        assertThat(result.message()).isEqualTo("regex #{bad}: IllegalArgumentException: Unclosed group at position 2");
    }
}
