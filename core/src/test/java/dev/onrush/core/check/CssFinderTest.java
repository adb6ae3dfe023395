package dev.onrush.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

class CssFinderTest {
    private final UserSession session =
            UserSession.of(new UserIdentity(1, "shop", 42)).set("id", "b");

    private static Expression<String> text(String text) {
        return ExpressionCompiler.text(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "p | one,two three,'' ",
                "#b | two three",
                "##{id} | two three",
                "p > b | two",
                "p:nth-of-type(2) b | two",
                "p:contains(three) | two three",
                "div p | ''",
                "p, b | one,two three,two,''",
                "q | ",
            })
    void findsTexts(String selector, String expected) {
        TextResponse page = TextResponse.of("<p>one</p><p id=b> <b>two</b>\nthree </p><div><p></div>");

        String found = String.join(
                ",",
                CssFinder.texts(text(selector)).findAll(page, session).stream()
                        .map(each -> each.isEmpty() ? "''" : each.replace('\n', ' '))
                        .toList());

        assertThat(found).isEqualTo(expected == null ? "" : expected.strip());
    }

    @Test
    void findsAttributesAndElements() throws Exception {
        TextResponse page = TextResponse.of("<a href=/1>x</a><a>y</a><a href=''>z</a>");

        assertThat(CssFinder.attributes(text("a"), "href").findAll(page, session))
                .containsExactly("/1", "");
        assertThat(CssFinder.attributes(text("a"), "href").find(page, session, 1))
                .isEqualTo("");
        assertThat(CssFinder.texts(text("a")).nodes().findAll(page, session))
                .extracting(node -> node.text())
                .containsExactly("x", "y", "z");
        assertThat(CssFinder.texts(text("a")).count(page, session)).isEqualTo(3);
        assertThat(CssFinder.attributes(text("a"), "href").name()).isEqualTo("css a, attribute href");
    }

    @Test
    void reportsSelectorsThatCannotBeCompiled() {
        assertThat(CssFinder.texts(text("a[")).problems())
                .singleElement()
                .asString()
                .startsWith("css \"a[\": ")
                .endsWith(". Correct the css.");
        assertThat(CssFinder.forms(text(" ")).problems())
                .containsExactly("form \" \": there is no selector. Correct the form.");
        assertThat(CssFinder.texts(text("#{")).problems()).hasSize(1);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("<input name=a value=1><input name=b>", Map.of("a", "1", "b", "")),
                Arguments.of("<input value=1><input name='' value=2>", Map.of()),
                Arguments.of(
                        "<input type=submit name=a value=1><input type=reset name=b><input type=button name=c value=1>"
                                + "<input type=IMAGE name=d><input type=file name=e><button name=f value=1>x</button>",
                        Map.of()),
                Arguments.of(
                        "<input type=checkbox name=a checked><input type=checkbox name=b value=1 checked>"
                                + "<input type=checkbox name=c value=1>",
                        Map.of("a", "on", "b", "1")),
                Arguments.of(
                        "<input type=checkbox name=a value=1 checked><input type=checkbox name=a value=2>"
                                + "<input type=checkbox name=a value=3 checked>",
                        Map.of("a", List.of("1", "3"))),
                Arguments.of(
                        "<input type=radio name=a value=1><input type=radio name=a value=2 checked>"
                                + "<input type=radio name=b value=3>",
                        Map.of("a", "2")),
                Arguments.of(
                        "<input type=radio name=a value=1 checked><input type=radio name=a value=2 checked>",
                        Map.of("a", "2")),
                Arguments.of("<select name=a><option value=1>x<option value=2>y</select>", Map.of("a", "1")),
                Arguments.of("<select name=a><option>x<option selected> y  z </select>", Map.of("a", "y z")),
                Arguments.of("<select name=a><option selected>x<option selected>y</select>", Map.of("a", "y")),
                Arguments.of("<select name=a><option disabled>x<option>y</select>", Map.of("a", "y")),
                Arguments.of(
                        "<select name=a><optgroup disabled><option>x</optgroup><option>y</select>", Map.of("a", "y")),
                Arguments.of("<select name=a size=3><option>x<option>y</select>", Map.of()),
                Arguments.of("<select name=a></select>", Map.of()),
                Arguments.of("<select name=a multiple><option>x<option>y</select>", Map.of()),
                Arguments.of(
                        "<select name=a multiple><option selected>x<option>y<option selected>z</select>",
                        Map.of("a", List.of("x", "z"))),
                Arguments.of("<textarea name=a>\none\ntwo</textarea>", Map.of("a", "one\r\ntwo")),
                Arguments.of("<input name=a value=1 disabled><select name=b disabled><option>x</select>", Map.of()),
                Arguments.of(
                        "<fieldset disabled><legend><input name=a value=1></legend><legend><input name=b></legend>"
                                + "<input name=c></fieldset>",
                        Map.of("a", "1")),
                Arguments.of("<datalist><input name=a value=1></datalist>", Map.of()),
                Arguments.of("<input name=a value=1 form=other><input name=b value=2 form=f>", Map.of("b", "2")),
                Arguments.of("<table><tr><td><input name=a value=1></td></tr></table>", Map.of("a", "1")));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void sendsOfAFormWhatABrowserWould(String fields, Map<String, Object> expected) throws Exception {
        TextResponse page = TextResponse.of("<form id=f>" + fields + "</form><form id=other></form>");

        assertThat(CssFinder.forms(text("#f")).find(page, session, 0)).isEqualTo(expected);
    }

    @Test
    void sendsFieldsInTheOrderOfThePageAlsoThoseOutsideTheForm() {
        TextResponse page = TextResponse.of("<input name=z form=f value=1><form id=f><input name=a value=2></form>"
                + "<table><form id=g><tr><td><input name=t value=4></td></tr></form></table>"
                + "<input name=m form=f value=3>");

        List<Map<String, Object>> found = CssFinder.forms(text("form, input")).findAll(page, session);

        assertThat(found).hasSize(2);
        assertThat(List.copyOf(new LinkedHashMap<>(found.get(0)).keySet())).containsExactly("z", "a", "m");
        assertThat(found.get(1)).isEqualTo(Map.of("t", "4"));
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("div div", "<div>".repeat(200_000)),
                Arguments.of("b b b", "<b>".repeat(100_000)),
                Arguments.of("p", "<table>".repeat(200_000) + "<p>x"),
                Arguments.of("a", "<a>".repeat(300_000)),
                Arguments.of("a ~ a ~ b", "<a></a>".repeat(100_000) + "<b></b>"),
                Arguments.of("p:nth-child(7) p", "<p></p>".repeat(300_000)),
                Arguments.of("div:has(div:has(p))", "<div><span>".repeat(1000) + "<div></div>".repeat(30_000)),
                Arguments.of("form", "<form id=a></form>".repeat(50_000)),
                Arguments.of(
                        "form",
                        "<form><fieldset disabled>"
                                + "<legend><input type=radio name=a checked></legend>".repeat(9_000)),
                Arguments.of("div", "<div>".repeat(500) + "x".repeat(500_000)),
                Arguments.of("x", "<x " + "a=1 ".repeat(100_000) + ">"),
                Arguments.of("x", "<" + "x".repeat(1_000_000) + ">"),
                Arguments.of("x", "<!--".repeat(1_000_000)),
                Arguments.of("x", "&".repeat(3_000_000)),
                Arguments.of("x", "\0\uFFFF<\0>".repeat(10_000)),
                Arguments.of("form", "<form><input name=a>".repeat(9_000)),
                Arguments.of("form", "<table><form><tr><td><input name=a>" + "<tr><td><input>".repeat(20_000)),
                Arguments.of("x", ""));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void survivesHostilePages(String selector, String page) {
        Checks checks = Checks.of(
                List.of(
                        check(CssFinder.texts(text(selector)).at(0)),
                        check(CssFinder.texts(text(selector)).all()),
                        check(CssFinder.forms(text(selector)).all())),
                Settings.of(Map.of(Setting.CHECK_TIMEOUT, "50ms")));

        long before = System.nanoTime();
        CheckResult result = checks.run(TextResponse.of(page), session);
        Duration taken = Duration.ofNanos(System.nanoTime() - before);

        assertThat(taken).isLessThan(Duration.ofSeconds(5));
        if (!result.isHeld()) {
            assertThat(result.errorClass()).isIn(ErrorClass.CHECK_TIMEOUT, ErrorClass.CHECK_CRASHED);
            assertThat(result.message()).hasSizeLessThanOrEqualTo(200);
        }
    }

    private static Check check(Finder<?> finder) {
        return new FoundCheck(finder, Expectation.OPTIONAL);
    }

    @Test
    @Tag("slow")
    void endsReadingAPageThatIsMadeToBeReadSlowly() {
        Check check = check(CssFinder.texts(text("x")).at(0));

        CheckResult result = check.run(TextResponse.of("<" + "x".repeat(15_000_000) + ">"), session);

        assertThat(result.errorClass()).isEqualTo(ErrorClass.CHECK_TIMEOUT);
        assertThat(result.message()).isEqualTo("css x: took more than 5000 ms to read the page.");
    }

    @Test
    void looksAtNoMoreFieldsThanAnHonestPageHas() {
        CheckResult result = check(CssFinder.forms(text("form")).at(0))
                .run(TextResponse.of("<form>" + "<input>".repeat(10_001)), session);

        assertThat(result.errorClass()).isEqualTo(ErrorClass.CHECK_CRASHED);
        assertThat(result.message()).isEqualTo("form form: the page has 10001 fields, at most 10000 are looked at");
    }

    @Test
    void gathersNoMoreTextThanFits() {
        CheckResult result = check(CssFinder.texts(text("div")).all())
                .under(Settings.of(Map.of(Setting.CHECK_TIMEOUT, "1m")))
                .run(TextResponse.of("<div>".repeat(100) + "x".repeat(1_000_000)), session);

        assertThat(result.errorClass()).isEqualTo(ErrorClass.CHECK_CRASHED);
        assertThat(result.message())
                .isEqualTo(
                        "css div, all: the texts found have more than 67108864 characters together. Look for elements"
                                + " that do not lie in one another.");
    }

    @Test
    void saysThatASelectorTookTooLong() {
        Check check = check(CssFinder.texts(text("b, i ~ i ~ p")).all())
                .under(Settings.of(Map.of(Setting.CHECK_TIMEOUT, "1ms")));

        CheckResult result = check.run(TextResponse.of("<i></i>".repeat(200_000)), session);

        assertThat(result.errorClass()).isEqualTo(ErrorClass.CHECK_TIMEOUT);
        assertThat(result.message())
                .isEqualTo("css b, i ~ i ~ p, all: took more than 1 ms. Write a selector that looks at less, or raise"
                        + " the setting check.timeout.");
    }
}
