package dev.onrush.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

class JmesPathFinderTest {
    private static final String SHOP = "{\"n\": 7, \"t\": \"text\", \"yes\": true, \"nil\": null, \"f\": 1.5,"
            + " \"list\": [{\"id\": 2, \"on\": false}, {\"id\": 1, \"on\": true}], \"o\": {\"k\": 1, \"l\": \"x\"},"
            + " \"nums\": [3, 1, 2], \"words\": [\"b\", \"a\"], \"deep\": [[1], [2, [3]]]}";

    private final UserSession session =
            UserSession.of(new UserIdentity(1, "shop", 42)).set("name", "t");

    @AfterEach
    void clear() {
        JmesPathFunctions.clear();
    }

    private static Expression<String> text(String text) {
        return ExpressionCompiler.text(text);
    }

    private static JmesPathFinder<String> path(String path) {
        return JmesPathFinder.of(JsonSource.BODY, text(path));
    }

    private Object find(MultipleFinder<?> finder) throws Exception {
        return finder.find(TextResponse.of(SHOP), session, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n ; 7",
                "t ; text",
                "#{name} ; text",
                "o ; {\"k\":1,\"l\":\"x\"}",
                "list[0].id ; 2",
                "list[-1].id ; 1",
                "list[?on].id ; [1]",
                "list[*].id ; [2,1]",
                "list[?id == `2`] | [0].on ; false",
                "o.* ; [1,\"x\"]",
                "deep[] ; [1,2,[3]]",
                "nums[1:] ; [1,2]",
                "[n, t] ; [7,\"text\"]",
                "{a: n} ; {\"a\":7}",
                "sort(nums) ; [1,2,3]",
                "sort(words) ; [\"a\",\"b\"]",
                "sort_by(list, &id)[0].id ; 1",
                "max(nums) ; 3",
                "sum(nums) ; 6.0",
                "length(list) ; 2",
                "keys(o) ; [\"k\",\"l\"]",
                "values(o) ; [1,\"x\"]",
                "join('-', words) ; b-a",
                "type(nil) ; null",
                "to_string(o) ; {\"k\":1,\"l\":\"x\"}",
                "to_number('12') ; 12",
                "contains(words, 'a') ; true",
                "merge(o, {k: n}) ; {\"k\":7,\"l\":\"x\"}",
                "not_null(nil, t) ; text",
                "gone || t ; text",
                "n > `5` && yes ; true",
                "!yes ; false",
                "nums | [0] ; 3",
                "gone ; -",
                "nil ; -",
                "t.x ; -",
                "list[9] ; -",
            })
    void findsByJmesPath(String both) throws Exception {
        int between = both.lastIndexOf(" ; ");

        Object found = find(path(both.substring(0, between)));

        assertThat(found == Finder.NONE ? "-" : found).isEqualTo(both.substring(between + 3));
    }

    @Test
    void givesTheTypeAskedFor() throws Exception {
        assertThat(find(path("n").as(JsonType.INT))).isEqualTo(7);
        assertThat(find(path("f").as(JsonType.DOUBLE))).isEqualTo(1.5);
        assertThat(find(path("yes").as(JsonType.BOOLEAN))).isEqualTo(true);
        assertThat(find(path("nums").as(JsonType.LIST))).isEqualTo(List.of(3, 1, 2));
        assertThat(find(path("o").as(JsonType.MAP))).isEqualTo(Map.of("k", 1, "l", "x"));
        assertThat(find(path("t").as(JsonType.INT))).isSameAs(Finder.NONE);
        assertThat(path("t").as(JsonType.INT).name()).isEqualTo("jmesPath t, int");
        assertThat(JmesPathFinder.of(JsonSource.JSONP, text("t")).name()).isEqualTo("jsonpJmesPath t");
    }

    @Test
    void reportsPathsThatCannotBeCompiled() {
        assertThat(path("a[").problems())
                .singleElement()
                .asString()
                .startsWith("jmesPath \"a[\": ")
                .endsWith("Correct the jmesPath.");
        assertThat(path("nobody(@)").problems()).singleElement().asString().contains("nobody");
        assertThat(path("length(n, n)").problems()).hasSize(1);
        assertThat(path("").problems()).hasSize(1);
    }

    @Test
    void callsFunctionsOfTheAuthorThatWereRegisteredLater() throws Exception {
        JmesPathFinder<Object> early = path("show(t, n, o, nil)").as(JsonType.OBJECT);
        JmesPathFunctions.register(List.of(
                new JmesPathFunctions.Named("show", arguments -> Map.of("all", arguments.toString())),
                new JmesPathFunctions.Named("nothing", arguments -> null)));

        MultipleFinder<Object> later = early.under(Settings.defaults());
        MultipleFinder<String> nothing = path("nothing()").under(Settings.defaults());
        JmesPathFunctions.clear();

        assertThat(later.problems()).isEmpty();
        assertThat(find(later))
                .isEqualTo(Map.of(
                        "all",
                        Arrays.asList("text", 7, Map.of("k", 1, "l", "x"), null)
                                .toString()
                                .replace("{l=x, k=1}", "{k=1, l=x}")));
        assertThat(find(nothing)).isSameAs(Finder.NONE);
        assertThat(early.under(Settings.defaults()).problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abs(t)", "sum(words)", "max_by(list, &t)", "join(t, nums)"})
    void crashesOnArgumentsOfAnotherType(String path) {
        Check check = new FoundCheck(path(path).at(0), Expectation.OPTIONAL).under(Settings.defaults());

        CheckResult result = check.run(TextResponse.of(SHOP), session);

        assertThat(result.errorClass()).isEqualTo(ErrorClass.CHECK_CRASHED);
        assertThat(result.message()).startsWith("jmesPath " + path + ": ").doesNotContain("Exception");
    }

    @Test
    void survivesHostileJson() {
        List<String> bodies = List.of(
                "[".repeat(1_000_000),
                "[".repeat(499) + "]".repeat(499),
                "[" + "9".repeat(1_000_000) + "]",
                "[1e999999999]",
                "[" + "1,".repeat(300_000) + "1]",
                "{\"a\":{\"a\":" + "[[".repeat(200) + "]]".repeat(200) + "}}",
                "");
        for (String body : bodies) {
            for (String path : List.of("@", "a.a", "[]", "[][][][]", "sort(@)", "to_string(@)", "[*].a", "*.*")) {
                Check check = new FoundCheck(path(path).as(JsonType.OBJECT).at(0), Expectation.OPTIONAL)
                        .under(Settings.defaults());

                CheckResult result = check.run(TextResponse.of(body), session);

                assertThat(result.errorClass()).isIn(null, ErrorClass.CHECK_CRASHED);
                assertThat(result.message()).hasSizeLessThanOrEqualTo(200);
            }
        }
    }
}
