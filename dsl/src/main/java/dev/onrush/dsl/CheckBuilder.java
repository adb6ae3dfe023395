package dev.onrush.dsl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.core.check.Check;
import dev.onrush.core.check.CssFinder;
import dev.onrush.core.check.Expectation;
import dev.onrush.core.check.Finder;
import dev.onrush.core.check.FoundCheck;
import dev.onrush.core.check.JsonPathFinder;
import dev.onrush.core.check.JsonType;
import dev.onrush.core.check.MultipleFinder;
import dev.onrush.core.check.RegexFinder;
import dev.onrush.core.check.TransformedFinder;
import dev.onrush.core.check.Validation;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;

/**
 * A check on one response, in one sentence: what → which → transform → validate → name and save. A sentence may stop anywhere:
 * left out are the first match and {@code exists()}.
 *
 * <pre>{@code
 * jsonPath("$.label").find().transform(String::trim).is("ham").name("is ham").saveAs("label")
 * }</pre>
 *
 * <p>Immutable: each call gives a new value.
 */
public abstract sealed class CheckBuilder {
    CheckBuilder() {}

    /** The check this sentence says. */
    abstract Check check();

    /** The last part of a sentence: how it is named and where the value goes. */
    public static sealed class Final extends CheckBuilder {
        private final FoundCheck check;

        Final(FoundCheck check) {
            this.check = check;
        }

        @Override
        final Check check() {
            return check;
        }

        /** The name of this check in messages, instead of what it looks for. */
        public final Final name(String name) {
            return new Final(check.named(Require.notBlank("name", name)));
        }

        /** Messages tell what was found; they do unless told otherwise. */
        public final Final logActualValueInError() {
            return logActualValueInError(true);
        }

        public final Final logActualValueInError(boolean logs) {
            return new Final(check.loggingActual(logs));
        }

        /** Saves the value as that attribute, if the check holds. */
        public final Final saveAs(String key) {
            return new Final(check.savedAs(Require.notBlank("saveAs", key)));
        }
    }

    /** The middle of a sentence: change the value found, and say what is right. */
    public static sealed class Validate<X> extends Final {
        private final Finder<X> finder;

        Validate(Finder<X> finder) {
            super(new FoundCheck(finder, Expectation.EXISTS));
            this.finder = finder;
        }

        /** Changes the value found; nothing found stays nothing. */
        @SuppressWarnings({"unchecked", "NullAway"}) // the finder gives values of X; a JSON null is one of them
        public final <T> Validate<T> transform(Function<? super X, ? extends T> function) {
            Require.notNull("transform", function);
            return new Validate<>(TransformedFinder.of(finder, (found, session) -> function.apply((X) found)));
        }

        /** As {@link #transform}, with the session. */
        @SuppressWarnings({"unchecked", "NullAway"}) // the finder gives values of X; a JSON null is one of them
        public final <T> Validate<T> transformWithSession(BiFunction<? super X, Session, ? extends T> function) {
            Require.notNull("transformWithSession", function);
            return new Validate<>(
                    TransformedFinder.of(finder, (found, session) -> function.apply((X) found, new Session(session))));
        }

        /** What to go on with if nothing was found. */
        public final Validate<X> withDefault(X value) {
            return orElse(Expression.constant(Require.notNull("withDefault", value)));
        }

        public final Validate<X> withDefault(Function<Session, ? extends X> function) {
            return orElse(function("withDefault", function));
        }

        public final Validate<X> withDefaultEl(String text) {
            return orElse(ExpressionCompiler.value(Require.notNull("withDefaultEl", text)));
        }

        private Validate<X> orElse(Expression<?> expression) {
            return new Validate<>(TransformedFinder.orElse(finder, expression));
        }

        public final Final is(X expected) {
            return must(Expectation.is(value("is", expected)));
        }

        public final Final is(Function<Session, ? extends @Nullable X> expected) {
            return must(Expectation.is(function("is", expected)));
        }

        public final Final isEL(String expected) {
            return must(Expectation.is(text("isEL", expected)));
        }

        /** The same as {@link #is(Object)}. */
        public final Final shouldBe(X expected) {
            return is(expected);
        }

        public final Final shouldBe(Function<Session, ? extends @Nullable X> expected) {
            return is(expected);
        }

        public final Final isNull() {
            return must(Expectation.NULL);
        }

        public final Final not(X unwanted) {
            return must(Expectation.not(value("not", unwanted)));
        }

        public final Final not(Function<Session, ? extends @Nullable X> unwanted) {
            return must(Expectation.not(function("not", unwanted)));
        }

        public final Final notEL(String unwanted) {
            return must(Expectation.not(text("notEL", unwanted)));
        }

        public final Final notNull() {
            return must(Expectation.NOT_NULL);
        }

        @SafeVarargs
        @SuppressWarnings("varargs") // only read
        public final Final in(X... expected) {
            return in(Arrays.asList(Require.notNull("in", expected).clone()));
        }

        public final Final in(List<X> expected) {
            if (Require.notNull("in", expected).isEmpty()) {
                throw new DefinitionException("in needs at least one value, none was given.");
            }
            return must(Expectation.in(Expression.constant(Collections.unmodifiableList(new ArrayList<>(expected)))));
        }

        public final Final in(Function<Session, ? extends List<X>> expected) {
            return must(Expectation.in(Validate.<List<?>>function("in", expected)));
        }

        /** An expression that gives a list. */
        public final Final inEL(String expected) {
            return must(Expectation.in(ExpressionCompiler.list(Require.notNull("inEL", expected))));
        }

        /** The same as {@link #in(Object[])}. */
        @SafeVarargs
        @SuppressWarnings("varargs") // only read
        public final Final within(X... expected) {
            return in(Arrays.asList(Require.notNull("within", expected).clone()));
        }

        public final Final within(List<X> expected) {
            return in(expected);
        }

        public final Final within(Function<Session, ? extends List<X>> expected) {
            return in(expected);
        }

        public final Final withinEL(String expected) {
            return inEL(expected);
        }

        /** Something is found, be it null. */
        public final Final exists() {
            return must(Expectation.EXISTS);
        }

        public final Final notExists() {
            return must(Expectation.NOTHING);
        }

        /** Always holds; saves the value if there is one. */
        public final Final optional() {
            return must(Expectation.OPTIONAL);
        }

        public final Final lt(X limit) {
            return must(Expectation.lessThan(value("lt", limit)));
        }

        public final Final lt(Function<Session, ? extends X> limit) {
            return must(Expectation.lessThan(function("lt", limit)));
        }

        public final Final ltEL(String limit) {
            return must(Expectation.lessThan(text("ltEL", limit)));
        }

        public final Final lte(X limit) {
            return must(Expectation.atMost(value("lte", limit)));
        }

        public final Final lte(Function<Session, ? extends X> limit) {
            return must(Expectation.atMost(function("lte", limit)));
        }

        public final Final lteEL(String limit) {
            return must(Expectation.atMost(text("lteEL", limit)));
        }

        public final Final gt(X limit) {
            return must(Expectation.moreThan(value("gt", limit)));
        }

        public final Final gt(Function<Session, ? extends X> limit) {
            return must(Expectation.moreThan(function("gt", limit)));
        }

        public final Final gtEL(String limit) {
            return must(Expectation.moreThan(text("gtEL", limit)));
        }

        public final Final gte(X limit) {
            return must(Expectation.atLeast(value("gte", limit)));
        }

        public final Final gte(Function<Session, ? extends X> limit) {
            return must(Expectation.atLeast(function("gte", limit)));
        }

        public final Final gteEL(String limit) {
            return must(Expectation.atLeast(text("gteEL", limit)));
        }

        /**
         * A validation of the author's own.
         *
         * @param name what is expected, for messages
         * @param validation gives the value to go on with, or throws to refuse; its argument is null if nothing was found
         */
        @SuppressWarnings("unchecked") // the finder gives values of X
        public final Final validate(String name, BiFunction<@Nullable X, Session, @Nullable X> validation) {
            Require.notNull("validate", validation);
            return must(Expectation.judged(
                    Require.notBlank("validate", name),
                    (found, session) -> validation.apply((X) found, new Session(session))));
        }

        private Final must(Validation validation) {
            return new Final(new FoundCheck(finder, validation));
        }

        private static <T> Expression<T> value(String word, @Nullable T value) {
            if (value == null) {
                throw new DefinitionException(word + " must not be given null. Use isNull() or notNull().");
            }
            return Expression.constant(value);
        }

        private static <T> Expression<T> function(String word, Function<Session, ? extends @Nullable T> function) {
            return SessionFunction.of(Require.notNull(word, function));
        }

        private static Expression<Object> text(String word, String text) {
            return ExpressionCompiler.value(Require.notNull(word, text));
        }
    }

    /** The beginning of a sentence about one value. */
    public static sealed class Find<X> extends Validate<X> {
        Find(Finder<X> finder) {
            super(finder);
        }

        /** Goes on to transform and validate. */
        public final Validate<X> find() {
            return this;
        }
    }

    /** The beginning of a sentence about any number of values. */
    public static sealed class MultipleFind<X> extends Find<X> {
        private final MultipleFinder<X> all;

        MultipleFind(MultipleFinder<X> all) {
            super(all.at(0));
            this.all = all;
        }

        /** @param occurrence which match, from 0 */
        public final Validate<X> find(int occurrence) {
            return new Validate<>(all.at(occurrence));
        }

        /** All matches; no match is nothing found. */
        public final Validate<List<X>> findAll() {
            return new Validate<>(all.all());
        }

        /** Any match, drawn from the user's own generator. */
        public final Validate<X> findRandom() {
            return new Validate<>(all.anyOne());
        }

        /** Any so many matches, fewer if there are fewer. */
        public final Validate<List<X>> findRandom(int count) {
            return findRandom(count, false);
        }

        /** @param failIfLess whether fewer matches are nothing found */
        public final Validate<List<X>> findRandom(int count, boolean failIfLess) {
            return new Validate<>(all.any(count, failIfLess));
        }

        /** How many matches there are, which may be 0. */
        public final Validate<Integer> count() {
            return new Validate<>(all.counted());
        }
    }

    /** A sentence about matches of a regular expression. */
    public static final class CaptureGroupCheckBuilder extends MultipleFind<String> {
        private final Function<Integer, MultipleFinder<List<String>>> groups;

        CaptureGroupCheckBuilder(RegexFinder<String> finder) {
            this(finder, finder::groups);
        }

        /** @param groups the same pattern, giving so many groups */
        CaptureGroupCheckBuilder(
                MultipleFinder<String> finder, Function<Integer, MultipleFinder<List<String>>> groups) {
            super(finder);
            this.groups = groups;
        }

        /** @param count 2 to 8: the first so many groups of each match, as a list */
        public MultipleFind<List<String>> captureGroups(int count) {
            if (count < 2 || count > 8) {
                throw new DefinitionException("captureGroups takes 2 to 8, was " + count + ".");
            }
            return new MultipleFind<>(groups.apply(count));
        }
    }

    /** A sentence about JSON values at any number of places; as text unless a type is named. */
    public static final class JsonOfTypeMultipleFind extends MultipleFind<String> {
        private final JsonPathFinder<String> finder;

        JsonOfTypeMultipleFind(JsonPathFinder<String> finder) {
            super(finder);
            this.finder = finder;
        }

        public MultipleFind<String> ofString() {
            return this;
        }

        public MultipleFind<Boolean> ofBoolean() {
            return of(JsonType.BOOLEAN);
        }

        public MultipleFind<Integer> ofInt() {
            return of(JsonType.INT);
        }

        public MultipleFind<Long> ofLong() {
            return of(JsonType.LONG);
        }

        public MultipleFind<Double> ofDouble() {
            return of(JsonType.DOUBLE);
        }

        public MultipleFind<List<Object>> ofList() {
            return of(JsonType.LIST);
        }

        public MultipleFind<Map<String, Object>> ofMap() {
            return of(JsonType.MAP);
        }

        public MultipleFind<Object> ofObject() {
            return of(JsonType.OBJECT);
        }

        private <T> MultipleFind<T> of(JsonType<T> type) {
            return new MultipleFind<>(finder.as(type));
        }
    }

    /** A sentence about one JSON value; as text unless a type is named. */
    public static final class JsonOfTypeFind extends Find<String> {
        private final OfType finder;

        JsonOfTypeFind(OfType finder) {
            super(finder.as(JsonType.TEXT));
            this.finder = finder;
        }

        /** The same place in a document, giving another type. */
        @FunctionalInterface
        interface OfType {
            <T> Finder<T> as(JsonType<T> type);
        }

        public Find<String> ofString() {
            return this;
        }

        public Find<Boolean> ofBoolean() {
            return new Find<>(finder.as(JsonType.BOOLEAN));
        }

        public Find<Integer> ofInt() {
            return new Find<>(finder.as(JsonType.INT));
        }

        public Find<Long> ofLong() {
            return new Find<>(finder.as(JsonType.LONG));
        }

        public Find<Double> ofDouble() {
            return new Find<>(finder.as(JsonType.DOUBLE));
        }

        public Find<List<Object>> ofList() {
            return new Find<>(finder.as(JsonType.LIST));
        }

        public Find<Map<String, Object>> ofMap() {
            return new Find<>(finder.as(JsonType.MAP));
        }

        public Find<Object> ofObject() {
            return new Find<>(finder.as(JsonType.OBJECT));
        }
    }

    /** A sentence about elements of an HTML page; as text unless a type is named. */
    public static final class CssOfTypeMultipleFind extends MultipleFind<String> {
        private final CssFinder<String> finder;

        CssOfTypeMultipleFind(CssFinder<String> finder) {
            super(finder);
            this.finder = finder;
        }

        public MultipleFind<String> ofString() {
            return this;
        }

        /** The elements themselves; an attribute that was named does not matter. */
        public MultipleFind<Element> ofNode() {
            return new MultipleFind<>(finder.nodes());
        }
    }
}
