package dev.onrush.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

class ChecksTest {
    private final UserSession session =
            UserSession.of(new UserIdentity(1, "shop", 42)).set("wanted", "5");

    /** A finder of a protocol: not of the body. */
    record Fixed(String name, CheckScope scope, Object value) implements Finder<Object> {
        @Override
        public boolean readsBody() {
            return false;
        }

        @Override
        public Object find(CheckedResponse response, UserSession session) throws Exception {
            if (value instanceof Exception e) {
                throw e;
            }
            if (value instanceof Error e) {
                throw e;
            }
            return value;
        }
    }

    /** An author's exception that throws when it is looked at. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException();
        }
    }

    private static Finder<?> status(Object value) {
        return new Fixed("status", CheckScope.STATUS, value);
    }

    private static Expression<Object> value(Object value) {
        return Expression.constant(value);
    }

    private CheckResult run(Finder<?> finder, Validation validation) {
        return new FoundCheck(finder, validation).run(TextResponse.of(""), session);
    }

    static Stream<Arguments> validations() {
        return Stream.of(
                Arguments.of(5, Expectation.is(value(5)), ""),
                Arguments.of(6, Expectation.is(value(5)), "status: expected 5, found 6."),
                Arguments.of(5L, Expectation.is(value(5)), "status: expected 5, found 5."),
                Arguments.of("a", Expectation.is(value("b")), "status: expected \"b\", found \"a\"."),
                Arguments.of(Finder.NONE, Expectation.is(value("b")), "status: expected \"b\", found nothing."),
                Arguments.of(null, Expectation.is(value("b")), "status: expected \"b\", found null."),
                Arguments.of(new byte[] {7}, Expectation.is(value(new byte[] {7})), ""),
                Arguments.of(
                        new byte[] {8, 9},
                        Expectation.is(value(new byte[] {7})),
                        "status: expected 1 bytes, found 2 bytes."),
                Arguments.of(5, Expectation.is(ExpressionCompiler.value("#{wanted}")), ""),
                Arguments.of("5", Expectation.is(ExpressionCompiler.value("#{wanted}")), ""),
                Arguments.of(5.0, Expectation.is(ExpressionCompiler.value("#{wanted}")), ""),
                Arguments.of(6L, Expectation.is(ExpressionCompiler.value("#{wanted}")), "status: expected 5, found 6."),
                Arguments.of(5, Expectation.not(value(5)), "status: expected anything but 5, found 5."),
                Arguments.of(6, Expectation.not(value(5)), ""),
                Arguments.of(Finder.NONE, Expectation.not(value(5)), ""),
                Arguments.of(204, Expectation.in(Expression.constant(List.of(200, 204))), ""),
                Arguments.of(
                        500,
                        Expectation.in(Expression.constant(List.of(200, 204))),
                        "status: expected one of [200, 204], found 500."),
                Arguments.of(
                        Finder.NONE,
                        Expectation.in(Expression.constant(List.of(200))),
                        "status: expected one of [200], found nothing."),
                Arguments.of(5, Expectation.in(ExpressionCompiler.list("#{list}")), ""),
                Arguments.of(
                        7,
                        Expectation.in(ExpressionCompiler.list("#{list}")),
                        "status: expected one of [\"4\", \"5\"], found 7."),
                Arguments.of(1, Expectation.lessThan(value(2)), ""),
                Arguments.of(2, Expectation.lessThan(value(2)), "status: expected less than 2, found 2."),
                Arguments.of(2, Expectation.atMost(value(2)), ""),
                Arguments.of(3, Expectation.atMost(value(2)), "status: expected at most 2, found 3."),
                Arguments.of(3, Expectation.moreThan(value(2)), ""),
                Arguments.of(2, Expectation.moreThan(value(2)), "status: expected more than 2, found 2."),
                Arguments.of(2, Expectation.atLeast(value(2)), ""),
                Arguments.of(
                        1,
                        Expectation.atLeast(ExpressionCompiler.value("#{wanted}")),
                        "status: expected at least 5, found 1."),
                Arguments.of(
                        Finder.NONE, Expectation.lessThan(value(2)), "status: expected less than 2, found nothing."),
                Arguments.of("x", Expectation.EXISTS, ""),
                Arguments.of(null, Expectation.EXISTS, ""),
                Arguments.of(Finder.NONE, Expectation.EXISTS, "status: expected a value, found nothing."),
                Arguments.of(Finder.NONE, Expectation.NOTHING, ""),
                Arguments.of("x", Expectation.NOTHING, "status: expected nothing, found \"x\"."),
                Arguments.of(null, Expectation.NULL, ""),
                Arguments.of(1, Expectation.NULL, "status: expected null, found 1."),
                Arguments.of(1, Expectation.NOT_NULL, ""),
                Arguments.of(null, Expectation.NOT_NULL, "status: expected a value that is not null, found null."),
                Arguments.of(Finder.NONE, Expectation.OPTIONAL, ""),
                Arguments.of(4, Expectation.judged("even", (v, s) -> v), ""),
                Arguments.of(Finder.NONE, Expectation.judged("any", (v, s) -> v), ""),
                Arguments.of(
                        5,
                        Expectation.judged("even", (v, s) -> {
                            throw new IllegalStateException("is odd");
                        }),
                        "status: expected even, found 5 (IllegalStateException: is odd)."),
                Arguments.of(
                        "a\u001b[31m\nb",
                        Expectation.is(value("x")),
                        "status: expected \"x\", found \"a\\u001b[31m\\nb\"."));
    }

    @ParameterizedTest
    @MethodSource("validations")
    void validatesWhatWasFound(Object found, Validation validation, String message) {
        CheckResult result = new FoundCheck(status(found), validation)
                .run(TextResponse.of(""), session.set("list", List.of("4", "5")));

        assertThat(result.message()).isEqualTo(message);
        assertThat(result.errorClass()).isEqualTo(message.isEmpty() ? null : ErrorClass.CHECK_FAILED);
    }

    @Test
    void runsAllInScopeOrderAndReportsTheFirstFailure() {
        List<String> order = new ArrayList<>();
        List<Check> written = List.of(
                noting(order, "time", CheckScope.TIME, true),
                noting(order, "body1", CheckScope.BODY, false),
                noting(order, "body2", CheckScope.BODY, true),
                noting(order, "header", CheckScope.HEADER, false),
                noting(order, "status", CheckScope.STATUS, true),
                noting(order, "location", CheckScope.LOCATION, true));

        CheckResult result = Checks.of(written, Settings.defaults()).run(TextResponse.of(""), session);

        assertThat(order).containsExactly("location", "status", "header", "body1", "body2", "time");
        assertThat(result.message()).isEqualTo("header: expected a value, found nothing.");
        assertThat(result.session(session).attributes())
                .containsKeys("location", "status", "body2", "time")
                .doesNotContainKeys("header", "body1");
    }

    private static Check noting(List<String> order, String name, CheckScope scope, boolean holds) {
        Finder<Object> finder = TransformedFinder.of(new Fixed(name, scope, name), (found, session) -> {
            order.add(name);
            return holds ? found : Finder.NONE;
        });
        return new FoundCheck(finder, Expectation.EXISTS).savedAs(name);
    }

    @Test
    void savesOnlyWhatHeldAndWasFound() {
        UserSession before = session.set("x", "earlier");

        assertThat(saved(status("new"), Expectation.EXISTS, before)).isEqualTo("new");
        assertThat(saved(status("new"), Expectation.is(value("other")), before)).isEqualTo("earlier");
        assertThat(saved(status(Finder.NONE), Expectation.OPTIONAL, before)).isEqualTo("earlier");
        assertThat(saved(status("new"), Expectation.judged("n", (v, s) -> v + "!"), before))
                .isEqualTo("new!");
        assertThat(saved(status(null), Expectation.EXISTS, before)).isNull();
        assertThat(saved(status(Finder.NONE), Expectation.judged("n", (v, s) -> v), before))
                .isEqualTo("earlier");
        assertThat(saved(status(Finder.NONE), Expectation.judged("n", (v, s) -> "made"), before))
                .isEqualTo("made");
        assertThat(saved(status(null), Expectation.judged("n", (v, s) -> v), before))
                .isNull();
    }

    private static Object saved(Finder<?> finder, Validation validation, UserSession before) {
        return new FoundCheck(finder, validation)
                .savedAs("x")
                .run(TextResponse.of(""), before)
                .session(before)
                .get("x");
    }

    @Test
    void doesNotAllocateAResultWhenNothingIsSaved() {
        Checks checks =
                Checks.of(List.of(new FoundCheck(status(200), Expectation.is(value(200)))), Settings.defaults());

        assertThat(checks.run(TextResponse.of(""), session)).isSameAs(CheckResult.HELD);
        assertThat(CheckResult.HELD.session(session)).isSameAs(session);
    }

    static Stream<Arguments> crashes() {
        return Stream.of(
                Arguments.of(new IllegalStateException("boom"), "status: IllegalStateException: boom"),
                Arguments.of(new Exception("sneaky"), "status: Exception: sneaky"),
                Arguments.of(new AssertionError("no"), "status: AssertionError: no"),
                Arguments.of(new StackOverflowError(), "status: StackOverflowError"),
                Arguments.of(new NullPointerException(), "status: NullPointerException"),
                Arguments.of(new Unreadable(), "status: Unreadable: (its message cannot be read)"));
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void turnsACrashIntoAResult(Throwable thrown, String message) {
        CheckResult result = run(status(thrown), Expectation.EXISTS);

        assertThat(result.errorClass()).isEqualTo(ErrorClass.CHECK_CRASHED);
        assertThat(result.message()).isEqualTo(message);
    }

    @Test
    void boundsItsMessages() {
        String huge = "x".repeat(1 << 20);

        assertThat(run(status(new IllegalStateException(huge)), Expectation.EXISTS)
                        .message())
                .hasSize(200);
        assertThat(run(status(huge), Expectation.is(value(huge + "y"))).message())
                .hasSizeLessThanOrEqualTo(200);
        assertThat(new FoundCheck(status(1), Expectation.is(value(2)))
                        .named(huge)
                        .run(TextResponse.of(""), session)
                        .message())
                .hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void namesTheCheckAsTheAuthorDidAndKeepsTheValueToItself() {
        FoundCheck check = new FoundCheck(status("secret"), Expectation.is(value("x"))).named("token");

        assertThat(check.run(TextResponse.of(""), session).message())
                .isEqualTo("token: expected \"x\", found \"secret\".");
        assertThat(check.loggingActual(false).run(TextResponse.of(""), session).message())
                .isEqualTo("token: expected \"x\".");
    }

    @Test
    void crashesOnAMissingAttributeAndOnTypesWithoutOrder() {
        CheckResult missing = run(status(1), Expectation.is(ExpressionCompiler.value("#{nobody}")));
        CheckResult unordered = run(status(1), Expectation.lessThan(value(2L)));

        assertThat(missing.errorClass()).isEqualTo(ErrorClass.CHECK_CRASHED);
        assertThat(missing.message()).startsWith("status: #{nobody}: attribute \"nobody\" is missing.");
        assertThat(unordered.message())
                .isEqualTo("status: IllegalArgumentException: Integer and Long cannot be put in order");
    }

    @Test
    void tellsWhatItReadsAndSaves() {
        Checks checks = Checks.of(
                List.of(
                        new FoundCheck(WholeBodyFinder.string(), Expectation.is(ExpressionCompiler.value("#{a}#{b}")))
                                .savedAs("c"),
                        new FoundCheck(
                                RegexFinder.of(ExpressionCompiler.text("x#{c}")).at(0), Expectation.EXISTS)),
                Settings.defaults());

        assertThat(checks.readsBody()).isTrue();
        assertThat(checks.readsStatus()).isFalse();
        assertThat(checks.saves()).isEqualTo(Set.of("c"));
        assertThat(checks.reads()).containsExactly("a", "b");
        assertThat(Checks.of(List.of(new FoundCheck(status(1), Expectation.EXISTS)), Settings.defaults()))
                .satisfies(status -> {
                    assertThat(status.readsBody()).isFalse();
                    assertThat(status.readsStatus()).isTrue();
                });
    }

    @Test
    void leavesOutChecksOfTheBodyWhereThereCanBeNone() {
        CheckedResponse without = new CheckedResponse() {
            @Override
            public boolean hasBody() {
                return false;
            }

            @Override
            public ResponseBody body() {
                return ResponseBody.EMPTY;
            }

            @Override
            public long responseTimeMillis() {
                return 1;
            }
        };
        Check ofBody = new FoundCheck(WholeBodyFinder.string(), Expectation.is(value("x")));
        Check ofStatus = new FoundCheck(status(1), Expectation.is(value(2)));

        assertThat(Checks.of(List.of(ofBody), Settings.defaults())
                        .run(without, session)
                        .isHeld())
                .isTrue();
        assertThat(Checks.of(List.of(ofBody, ofStatus), Settings.defaults())
                        .run(without, session)
                        .message())
                .isEqualTo("status: expected 2, found 1.");
    }

    @Test
    void tellsWhatItNeedsOfABody() {
        Check md5 = new FoundCheck(TransformedFinder.of(BodyFactFinder.md5(), (found, s) -> found), Expectation.EXISTS);
        Check length = new FoundCheck(BodyFactFinder.length(), Expectation.EXISTS);
        Check text = new FoundCheck(WholeBodyFinder.string(), Expectation.EXISTS);
        CheckCondition always = CheckCondition.of(Expression.constant(true));

        Checks facts = Checks.of(ConditionalCheck.of(always, List.of(md5, length)), Settings.defaults());
        Checks whole = Checks.of(ConditionalCheck.of(always, List.of(md5, text)), Settings.defaults());

        assertThat(facts.readsBody()).isFalse();
        assertThat(facts.bodyFacts()).containsExactly(BodyFact.LENGTH, BodyFact.MD5);
        assertThat(whole.readsBody()).isTrue();
    }

    @Test
    void runsChecksUnderAConditionInScopeOrderWithTheFirstFailureOfAll() {
        List<String> order = new ArrayList<>();
        CheckCondition isWanted = CheckCondition.of(ExpressionCompiler.condition("#{on}"));
        List<Check> written = new ArrayList<>(ConditionalCheck.of(
                isWanted,
                List.of(
                        noting(order, "body1", CheckScope.BODY, false),
                        noting(order, "header", CheckScope.HEADER, true),
                        noting(order, "body2", CheckScope.BODY, true))));
        written.add(noting(order, "status", CheckScope.STATUS, true));
        Checks checks = Checks.of(written, Settings.defaults());

        CheckResult on = checks.run(TextResponse.of(""), session.set("on", true));
        List<String> whenOn = List.copyOf(order);
        order.clear();
        CheckResult off = checks.run(TextResponse.of(""), session.set("on", "false"));
        CheckResult missing = checks.run(TextResponse.of(""), session);

        assertThat(whenOn).containsExactly("status", "header", "body1", "body2");
        assertThat(on.message()).isEqualTo("body1: expected a value, found nothing.");
        assertThat(on.session(session).attributes()).containsKeys("status", "header", "body2");
        assertThat(off.isHeld()).isTrue();
        assertThat(order).containsExactly("status", "status");
        assertThat(missing.errorClass()).isEqualTo(ErrorClass.CHECK_CRASHED);
        assertThat(missing.message()).startsWith("checkIf: #{on}: attribute \"on\" is missing.");
        assertThat(checks.reads()).containsExactly("on");
        assertThat(checks.saves()).containsExactlyInAnyOrder("body1", "header", "body2", "status");
    }

    @Test
    void transformsAndDefaults() throws Exception {
        Finder<Object> length = TransformedFinder.of(WholeBodyFinder.string(), (found, s) -> ((String) found).length());
        Finder<Object> none = TransformedFinder.of(status(Finder.NONE), (found, s) -> "never");
        Finder<Object> filled = TransformedFinder.orElse(none, ExpressionCompiler.value("#{wanted}"));

        assertThat(length.find(TextResponse.of("four"), session)).isEqualTo(4);
        assertThat(none.find(TextResponse.of(""), session)).isSameAs(Finder.NONE);
        assertThat(filled.find(TextResponse.of(""), session)).isEqualTo("5");
        assertThat(filled.reads()).containsExactly("wanted");
        assertThat(run(TransformedFinder.of(status(1), (v, s) -> null), Expectation.NULL)
                        .isHeld())
                .isTrue();
    }

    @Test
    void readsTheWholeBody() throws Exception {
        TextResponse abc = TextResponse.of("abc");

        assertThat(WholeBodyFinder.string().find(abc, session)).isEqualTo("abc");
        assertThat(BodyFactFinder.length().find(abc, session)).isEqualTo(3);
        assertThat((byte[]) WholeBodyFinder.bytes().find(abc, session)).containsExactly('a', 'b', 'c');
        assertThat(BodyFactFinder.md5().find(abc, session)).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(BodyFactFinder.sha1().find(abc, session)).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(WholeBodyFinder.string().find(new TextResponse(ResponseBody.EMPTY, 0), session))
                .isEqualTo("");
        assertThat(new ResponseTimeFinder().find(abc, session)).isEqualTo(12);
    }
}
