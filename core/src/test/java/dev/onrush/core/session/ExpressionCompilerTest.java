package dev.onrush.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionCompilerTest {
    record Item(String sku, List<Integer> sizes) {}

    private record Hidden(String secret) {}

    public static final class Bean {
        public String getTitle() {
            return "a bean";
        }

        public boolean isOld() {
            return true;
        }

        public String getBroken() {
            throw new IllegalStateException("no");
        }
    }

    private final UserSession session = UserSession.of(new UserIdentity(7, "shop", 42))
            .set("user", "ada")
            .set("id", 12L)
            .set("i", 1)
            .set("ti", "2")
            .set("none", null)
            .set("list", List.of("x", "y", "z"))
            .set("set", new LinkedHashSet<>(List.of("s1", "s2")))
            .set("ints", new int[] {4, 5, 6})
            .set("array", new String[] {"q", "r"})
            .set("empty", List.of())
            .set("map", Map.of("k", "v", "deep", Map.of("l", List.of(List.of(1, 2), Map.of("c", "end")))))
            .set("item", new Item("a1", List.of(38, 39)))
            .set("hidden", new Hidden("h"))
            .set("bean", new Bean())
            .set("date", LocalDate.of(2026, 11, 23))
            .set("entry", Map.entry("left", "right"))
            .set("html", "a &lt; b &amp;&amp; c&#39;s &#x20AC; &eacute; &unknown; & &;")
            .set("yes", "TRUE")
            .set("half", "0.5");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain | plain",
                "~~ | ~~",
                "#{user} | ada",
                "/u/#{user}/#{id}?x=#{id} | /u/ada/12?x=12",
                "#{user}#{id} | ada12",
                "#{ user } | ada",
                "#{list(0)} | x",
                "#{list(-1)} | z",
                "#{list(i)} | y",
                "#{list(ti)} | z",
                "#{set(1)} | s2",
                "#{ints(-2)} | 5",
                "#{array(1)} | r",
                "#{map.k} | v",
                "#{map.deep.l(0)(1)} | 2",
                "#{map.deep.l(1).c} | end",
                "#{item.sku} | a1",
                "#{item.sizes(-1)} | 39",
                "#{hidden.secret} | h",
                "#{bean.title} and #{bean.old} | a bean and true",
                "#{date.year} | 2026",
                "#{entry.key}-#{entry.value} | left-right",
                "#{list.size()} | 3",
                "#{map.size()} | 2",
                "#{ints.size()} | 3",
                "#{item.sizes.size()} | 2",
                "#{user.exists()} #{nobody.exists()} #{map.k.exists()} #{map.z.exists()} #{list(9).exists()} #{none.exists()} "
                        + "| true false true false false true",
                "#{user.isUndefined()} #{nobody.isUndefined()} | false true",
                "#{list(nobody).exists()} | false",
                "#{list.jsonStringify()} | [~x~,~y~,~z~]",
                "<#{user.jsonStringify()}> | <~ada~>",
                "#{none.jsonStringify()} | null",
                "#{item.jsonStringify()} | {~sku~:~a1~,~sizes~:[38,39]}",
                "#{html.htmlUnescape()} | a < b && c's € é &unknown; & &;",
                "\\#{user} | #{user}",
                "\\\\#{user} | \\ada",
                "\\\\\\#{user} | \\#{user}",
                "\\${user} | ${user}",
                "a\\b #x {y} $ ${open | a\\b #x {y} $ ${open",
                "5 # and { and } | 5 # and { and }",
            })
    void givesText(String text, String expected) {
        Expression<String> expression = ExpressionCompiler.text(text.replace('~', '"'));

        assertThat(expression.problems()).isEmpty();
        assertThat(expression.evaluate(session)).isEqualTo(expected.replace('~', '"'));
    }

    @Test
    void keepsTheTypeOfATextThatIsOneExpression() {
        assertThat(ExpressionCompiler.value("#{id}").evaluate(session)).isEqualTo(12L);
        assertThat(ExpressionCompiler.value("#{item.sizes}").evaluate(session)).isEqualTo(List.of(38, 39));
        assertThat(ExpressionCompiler.value(" #{id}").evaluate(session)).isEqualTo(" 12");
        assertThat(ExpressionCompiler.value("text").evaluate(session)).isEqualTo("text");
        assertThat(ExpressionCompiler.value("text").isConstant()).isTrue();
        assertThat(ExpressionCompiler.value("#{id}").isConstant()).isFalse();
        assertThat(ExpressionCompiler.value("#{id}").source()).isEqualTo("#{id}");
    }

    @Test
    void convertsToTheTypeAWordWants() {
        assertThat(ExpressionCompiler.number("#{id}").evaluate(session)).isEqualTo(12);
        assertThat(ExpressionCompiler.number("#{ti}").evaluate(session)).isEqualTo(2);
        assertThat(ExpressionCompiler.number("1#{id}").evaluate(session)).isEqualTo(112);
        assertThat(ExpressionCompiler.number("33").evaluate(session)).isEqualTo(33);
        assertThat(ExpressionCompiler.decimal("#{half}").evaluate(session)).isEqualTo(0.5);
        assertThat(ExpressionCompiler.condition("#{yes}").evaluate(session)).isTrue();
        assertThat(ExpressionCompiler.condition("#{user.exists()}").evaluate(session))
                .isTrue();
        assertThat(ExpressionCompiler.condition("false").evaluate(session)).isFalse();
        assertThat(ExpressionCompiler.duration("#{id}").evaluate(session)).isEqualTo(Duration.ofSeconds(12));
        assertThat(ExpressionCompiler.duration("#{half}").evaluate(session)).isEqualTo(Duration.ofMillis(500));
        assertThat(ExpressionCompiler.duration("1.000000001").evaluate(session))
                .isEqualTo(Duration.ofNanos(1_000_000_001));
        assertThat(ExpressionCompiler.duration("#{d}").evaluate(session.set("d", Duration.ofMillis(3))))
                .isEqualTo(Duration.ofMillis(3));
        assertThat(ExpressionCompiler.duration("#{d}").evaluate(session.set("d", 0.25)))
                .isEqualTo(Duration.ofMillis(250));
        assertThat(ExpressionCompiler.list("#{ints}").evaluate(session)).isEqualTo(List.of(4, 5, 6));
        assertThat(ExpressionCompiler.list("#{set}").evaluate(session)).isEqualTo(List.of("s1", "s2"));
        assertThat(ExpressionCompiler.map("#{map}").evaluate(session)).isSameAs(session.get("map"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "#{nobody} | #{nobody}: attribute \"nobody\" is missing. A feeder, saveAs or a session function must set it before.",
                "/a/#{map.z} | #{map.z}: the map has no entry \"z\".",
                "#{list(3)} | #{list(3)}: index 3 is outside a list of 3.",
                "#{list(-4)} | #{list(-4)}: index -4 is outside a list of 3.",
                "#{list(user)} | #{list(user)}: attribute \"user\" is no whole number, so it cannot be an index.",
                "#{list(nobody)} | #{list(nobody)}: attribute \"nobody\" is missing. A feeder, saveAs or a session function must set it before.",
                "#{user(0)} | #{user(0)}: (0) needs a list or an array, but the value is a text.",
                "#{user.name} | #{user.name}: a text has no map entry, record component or getter \"name\".",
                "#{bean.broken} | #{bean.broken}: .broken threw IllegalStateException.",
                "#{id.size()} | #{id.size()}: size() of a value that is a number.",
                "#{empty.random()} | #{empty.random()}: random() of an empty list.",
                "#{none} | #{none}: the value is null. Use exists() or a session function to decide before.",
                "#{none.a} | #{none.a}: .a of a value that is null.",
            })
    void saysWhichExpressionHasNoValueAndWhy(String text, String message) {
        Expression<String> expression = ExpressionCompiler.text(text);

        assertThatThrownBy(() -> expression.evaluate(session))
                .isInstanceOf(UnresolvedException.class)
                .hasMessage(message);
    }

    @Test
    void saysWhatTypeWasWanted() {
        assertThatThrownBy(() -> ExpressionCompiler.number("#{user}").evaluate(session))
                .hasMessage("#{user}: a whole number is wanted, but the value is \"ada\".");
        assertThatThrownBy(() -> ExpressionCompiler.number("#{half}").evaluate(session))
                .hasMessage("#{half}: a whole number is wanted, but the value is \"0.5\".");
        assertThatThrownBy(() -> ExpressionCompiler.condition("#{id}").evaluate(session))
                .hasMessage("#{id}: true or false is wanted, but the value is \"12\".");
        assertThatThrownBy(() -> ExpressionCompiler.duration("#{d}").evaluate(session.set("d", -1)))
                .hasMessage("#{d}: a duration that is not negative is wanted, but the value is \"-1\".");
        assertThatThrownBy(() -> ExpressionCompiler.duration("#{d}").evaluate(session.set("d", Double.NaN)))
                .hasMessage("#{d}: a duration or a number of seconds is wanted, but the value is \"NaN\".");
        assertThatThrownBy(() -> ExpressionCompiler.duration("#{d}").evaluate(session.set("d", "1e999999999")))
                .hasMessage("#{d}: a duration or a number of seconds is wanted, but the value is \"1e999999999\".");
        assertThatThrownBy(() -> ExpressionCompiler.list("#{user}").evaluate(session))
                .hasMessage("#{user}: a list is wanted, but the value is \"ada\".");
        assertThat(ExpressionCompiler.duration("soon").problems())
                .containsExactly("\"soon\": a duration or a number of seconds is wanted, but the value is \"soon\".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/items/#{id | \"/items/#{id\", position 8: #{ is never closed. Add the missing }, or write \\#{ for the characters themselves.",
                "#{} | \"#{}\", position 3: a name is missing. Write the name of a session attribute, as in #{user}.",
                "#{a.} | \"#{a.}\", position 5: a name is missing. Write the name of a session attribute, as in #{user}.",
                "#{a(} | \"#{a(}\", position 4: ( is never closed. Add the missing ).",
                "#{a()} | \"#{a()}\", position 5: there is no function a(). Functions are currentTimeMillis, currentDate, randomUuid, randomSecureUuid, randomAlphanumeric, randomInt, randomLong, randomDouble; an index is a number or the name of an attribute.",
                "#{a.length()} | \"#{a.length()}\", position 5: there is no method length(). Methods are size, random, exists, isUndefined, jsonStringify, htmlUnescape; an entry is written without ().",
                "#{a{b}} | \"#{a{b}}\", position 4: '{' is not expected in an expression. An attribute goes on with (index), .entry or .method(), and ends with }.",
                "/x?u=${user} | \"/x?u=${user}\", position 6: ${user} is not an expression. Write #{user}, or \\${user} for the characters themselves.",
                "#{randomInt(5,5)} | \"#{randomInt(5,5)}\", position 3: randomInt(5,5): the first number must be less than the second, which is excluded. Correct the arguments.",
                "#{randomAlphanumeric(x)} | \"#{randomAlphanumeric(x)}\", position 3: randomAlphanumeric(x): \"x\" is no whole number. Correct the arguments.",
            })
    void reportsBadSyntaxWithTextPositionAndRemedy(String text, String problem) {
        Expression<String> expression = ExpressionCompiler.text(text);

        assertThat(expression.problems()).containsExactly(problem);
        assertThatThrownBy(() -> expression.evaluate(session)).isInstanceOf(UnresolvedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#{randomInt(1)}",
                "#{randomInt(a,b)}",
                "#{randomInt(1,99999999999)}",
                "#{randomLong(3,2)}",
                "#{randomDouble(1)}",
                "#{randomDouble(2.5,2.5)}",
                "#{randomDouble(0,1,99)}",
                "#{randomDouble(0.11,0.12,1)}",
                "#{randomDouble(0,1e300,9)}",
                "#{randomUuid(1)}",
                "#{randomAlphanumeric(-1)}",
                "#{currentDate()}",
                "#{currentDate(jjj)}",
                "#{currentTimeMillis(3)}",
                "#",
                "#{",
                "#{a",
                "#{a.b",
                "#{a(1",
                "#{.a}",
                "#{(1)}"
            })
    void neverThrowsWhileCompiling(String text) {
        List<String> problems = ExpressionCompiler.text(text).problems();

        assertThat(problems).hasSize(text.equals("#") ? 0 : 1);
    }

    @Test
    void refusesExpressionsInFixedNames() {
        assertThat(ExpressionCompiler.problemsOfFixed("buy #{item}"))
                .containsExactly("\"buy #{item}\" is a fixed name: #{ has no effect in it. Remove the expression.");
        assertThat(ExpressionCompiler.problemsOfFixed("buy")).isEmpty();
    }

    @Test
    void knowsTheAttributesItCannotDoWithout() {
        assertThat(ExpressionCompiler.text("#{a}/#{b.c(i)}#{randomInt()}").attributes())
                .containsExactly("a", "b", "i");
        assertThat(ExpressionCompiler.condition("#{a.exists()}").attributes()).isEmpty();
        assertThat(ExpressionCompiler.text("fixed").attributes()).isEmpty();
    }

    @Test
    void drawsFromTheUsersOwnGenerator() {
        Expression<String> drawn = ExpressionCompiler.text(
                "#{randomUuid()} #{randomInt()} #{randomInt(-3,4)} #{randomLong()} #{randomLong(1,9)} "
                        + "#{randomDouble(0.5,1.5)} #{randomDouble(0.5,1.5,2)} #{randomAlphanumeric(9)} #{list.random()}");

        String once =
                drawn.evaluate(UserSession.of(new UserIdentity(7, "shop", 42)).set("list", List.of(1, 2, 3)));
        String again =
                drawn.evaluate(UserSession.of(new UserIdentity(7, "shop", 42)).set("list", List.of(1, 2, 3)));
        String other =
                drawn.evaluate(UserSession.of(new UserIdentity(8, "shop", 42)).set("list", List.of(1, 2, 3)));

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
    }

    @Test
    void keepsRandomValuesInsideTheirBounds() {
        for (int i = 0; i < 2000; i++) {
            assertThat((Integer) ExpressionCompiler.value("#{randomInt(-3,4)}").evaluate(session))
                    .isBetween(-3, 3);
            assertThat((Long) ExpressionCompiler.value("#{randomLong(5,7)}").evaluate(session))
                    .isBetween(5L, 6L);
            assertThat((Double) ExpressionCompiler.value("#{randomDouble(0.5,1.5,1)}")
                            .evaluate(session))
                    .isBetween(0.5, 1.4);
        }
        assertThat((String)
                        ExpressionCompiler.value("#{randomAlphanumeric(40)}").evaluate(session))
                .matches("[A-Za-z0-9]{40}");
        assertThat(UUID.fromString(ExpressionCompiler.text("#{randomUuid()}").evaluate(session))
                        .version())
                .isEqualTo(4);
        assertThat(UUID.fromString(
                                ExpressionCompiler.text("#{randomSecureUuid()}").evaluate(session))
                        .version())
                .isEqualTo(4);
    }

    @Test
    void readsTheClock() {
        long before = System.currentTimeMillis();

        Object now = ExpressionCompiler.value("#{currentTimeMillis()}").evaluate(session);

        assertThat((Long) now).isBetween(before, System.currentTimeMillis());
        assertThat(ExpressionCompiler.text("#{currentDate(yyyy-MM-dd'T'HH)}").evaluate(session))
                .startsWith(ZonedDateTime.now().format(DateTimeFormatter.ofPattern("yyyy")))
                .contains("T");
    }

    @Test
    void takesSessionValuesAsDataAndNeverParsesThemAgain() {
        UserSession hostile = session.set("reply", "#{user} ${user} <#assign x=1> \\#{");

        assertThat(ExpressionCompiler.text("got #{reply}").evaluate(hostile))
                .isEqualTo("got #{user} ${user} <#assign x=1> \\#{");
    }

    @Test
    void boundsItsMessages() {
        String name = "n".repeat(5000);

        assertThat(ExpressionCompiler.text("#{" + name).problems().get(0)).hasSizeLessThan(400);
        assertThatThrownBy(() -> ExpressionCompiler.text("#{" + name + "}").evaluate(session))
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSize(200));
    }
}
