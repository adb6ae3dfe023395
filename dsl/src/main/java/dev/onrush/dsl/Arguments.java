package dev.onrush.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.core.check.JmesPathFunctions;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.feeder.IteratorFeeder;
import dev.onrush.core.injection.ThrottleProfile;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;

/** From what an author passes to a word to the one typed form; refuses what is wrong by itself. */
final class Arguments {
    private static final long LONGEST_SECONDS = Long.MAX_VALUE / 1_000_000_000;

    private Arguments() {}

    static Expression<String> text(String what, @Nullable String text) {
        return ExpressionCompiler.text(Require.notNull(what, text));
    }

    static Expression<String> text(String what, @Nullable Function<Session, ? extends String> function) {
        return function(what, function);
    }

    static Expression<Integer> number(String what, @Nullable String text) {
        return ExpressionCompiler.number(Require.notNull(what, text));
    }

    static Expression<Boolean> condition(String what, @Nullable String text) {
        return ExpressionCompiler.condition(Require.notNull(what, text));
    }

    static Expression<Duration> duration(String what, @Nullable String text) {
        return ExpressionCompiler.duration(Require.notNull(what, text));
    }

    static Expression<Duration> duration(String what, long seconds) {
        return Expression.constant(Require.positiveSeconds(what, seconds));
    }

    static Expression<Duration> duration(String what, @Nullable Duration duration) {
        Require.positiveNanos(what, duration);
        return Expression.constant(Require.notNull(what, duration));
    }

    /** Seconds, 0 or more. */
    static Duration wait(String what, long seconds) {
        if (seconds < 0) {
            throw new DefinitionException(what + " must not be negative, was " + seconds + " s.");
        }
        if (seconds > LONGEST_SECONDS) {
            throw new DefinitionException(
                    what + " must be at most " + LONGEST_SECONDS + " s (292 years), was " + seconds + " s.");
        }
        return Duration.ofSeconds(seconds);
    }

    /** A duration, 0 or more. */
    static Duration wait(String what, @Nullable Duration duration) {
        Require.nanosOrZero(what, duration);
        return Require.notNull(what, duration);
    }

    /** Refuses bounds that are the wrong way round. */
    static void inOrder(String word, Duration min, Duration max) {
        if (min.compareTo(max) > 0) {
            throw new DefinitionException(word + ": min must not be above max, were " + min + " and " + max
                    + ". Exchange them, or use one value.");
        }
    }

    static Expression<Object> value(String what, @Nullable String text) {
        return ExpressionCompiler.value(Require.notNull(what, text));
    }

    static Expression<Object> value(String what, @Nullable Object value) {
        return Expression.constant(Require.notNull(what, value));
    }

    static Expression<?> value(String what, @Nullable Function<Session, ?> function) {
        return function(what, function);
    }

    static <T> Expression<T> function(String what, @Nullable Function<Session, ? extends T> function) {
        return SessionFunction.of(Require.notNull(what, function));
    }

    /** A function that changes the session; that it gave null is told by core. */
    @SuppressWarnings("NullAway") // null is an author's mistake that must reach core
    static dev.onrush.core.scenario.SessionFunction change(
            String what, @Nullable Function<Session, ? extends Session> function) {
        Function<Session, ? extends Session> given = Require.notNull(what, function);
        return session -> {
            Session changed = given.apply(new Session(session));
            return changed == null ? null : changed.core;
        };
    }

    static Expression<Long> nanos(Expression<Duration> duration) {
        return new Mapped<>(duration, Duration::toNanos);
    }

    static Expression<List<?>> list(String what, @Nullable String text) {
        return ExpressionCompiler.list(Require.notNull(what, text));
    }

    static Expression<List<?>> list(String what, @Nullable List<?> elements) {
        return Expression.constant(Collections.unmodifiableList(new ArrayList<>(Require.notNull(what, elements))));
    }

    static Expression<Integer> records(int number) {
        return Expression.constant(Require.notNegative("feed: records", number));
    }

    static Feeder feeder(@Nullable FeederBuilder<?> feeder) {
        return Require.notNull("feed: feeder", feeder).feeder();
    }

    static Feeder feeder(@Nullable Iterator<Map<String, Object>> records) {
        Iterator<Map<String, Object>> given = Require.notNull("feed: feeder", records);
        return new IteratorFeeder(() -> given);
    }

    static Feeder feeder(@Nullable Supplier<Iterator<Map<String, Object>>> records) {
        return new IteratorFeeder(Require.notNull("feed: feeder", records));
    }

    /** Texts by name, none of them null. */
    static Map<String, String> texts(String what, @Nullable Map<String, String> texts) {
        Map<String, String> all = new LinkedHashMap<>();
        Require.notNull(what, texts)
                .forEach((name, text) ->
                        all.put(Require.notNull(what + ": name", name), Require.notNull(what + ": value", text)));
        return all;
    }

    /** Functions that JMESPath can call: each of a name of its own. */
    static List<JmesPathFunctions.Named> functions(@Nullable List<JmesPathFunction> functions) {
        Map<String, JmesPathFunctions.Named> named = new LinkedHashMap<>();
        for (JmesPathFunction function : all("registerJmesPathFunctions: function", functions)) {
            String name = Require.notBlank("registerJmesPathFunctions: name", function.name());
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new DefinitionException("registerJmesPathFunctions: \"" + name
                        + "\" cannot be called. Use letters, digits and underscores.");
            }
            if (named.put(name, new JmesPathFunctions.Named(name, function::call)) != null) {
                throw new DefinitionException("registerJmesPathFunctions: two functions are named \"" + name
                        + "\". Give every function a name of its own.");
            }
        }
        return List.copyOf(named.values());
    }

    static List<Protocol> protocols(@Nullable List<? extends ProtocolBuilder> builders) {
        return all("protocols: protocol", builders).stream()
                .map(ProtocolBuilder::toProtocol)
                .toList();
    }

    static ThrottleProfile throttle(@Nullable List<ThrottleStep> steps) {
        CallSite.of("throttle");
        return new ThrottleProfile(
                all("throttle: step", steps).stream().map(ThrottleStep::step).toList());
    }

    /** A limit above 0: in core's rules 0 means that there is none. */
    static double limit(String what, double value) {
        if (Require.notNegative(what, value) == 0) {
            throw new DefinitionException(what + " must be above 0, was 0. Leave it out for no limit.");
        }
        return value;
    }

    static double percent(String what, double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new DefinitionException(what + " must be from 0 to 100, was " + percent + ".");
        }
        return percent;
    }

    /** More texts behind those there are; none of them empty. */
    static List<String> joined(List<String> earlier, String word, String @Nullable ... more) {
        List<String> joined = new ArrayList<>(earlier);
        all(word + ": value", Arrays.asList(Require.notNull(word, more)))
                .forEach(value -> joined.add(Require.notBlank(word + ": value", value)));
        return joined;
    }

    /** The elements of a list parameter: at least one, none of them null. */
    static <T> List<T> all(String what, @Nullable List<? extends @Nullable T> values) {
        List<T> all = new ArrayList<>();
        int number = 0;
        for (@Nullable T value : Require.notNull(what + " list", values)) {
            number++;
            all.add(Require.notNull(what + " " + number, value));
        }
        if (all.isEmpty()) {
            throw new DefinitionException(what + ": at least one is needed, none was given.");
        }
        return List.copyOf(all);
    }
}
