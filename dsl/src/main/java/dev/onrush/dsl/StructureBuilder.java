package dev.onrush.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.scenario.BlockingStep;
import dev.onrush.core.scenario.ConditionStep;
import dev.onrush.core.scenario.Equality;
import dev.onrush.core.scenario.EvenSwitchStep;
import dev.onrush.core.scenario.ExecStep;
import dev.onrush.core.scenario.ExitStep;
import dev.onrush.core.scenario.FeedStep;
import dev.onrush.core.scenario.GroupStep;
import dev.onrush.core.scenario.LoopStep;
import dev.onrush.core.scenario.LoopTest;
import dev.onrush.core.scenario.PaceStep;
import dev.onrush.core.scenario.PauseStep;
import dev.onrush.core.scenario.RandomSwitchStep;
import dev.onrush.core.scenario.RendezVousStep;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.scenario.StopStep;
import dev.onrush.core.scenario.SwitchStep;
import dev.onrush.core.scenario.TryStep;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/**
 * The words that scenarios and chains share: what a user does, step by step. Immutable: each word returns a new value of the
 * type it was called on.
 *
 * <p>A {@code String} may hold {@code #{…}} expressions unless it is a counter's or an attribute's name. A bare {@code long} is
 * seconds.
 *
 * @param <B> the type itself
 */
public abstract sealed class StructureBuilder<B extends StructureBuilder<B>> permits ChainBuilder, ScenarioBuilder {
    private final List<Step> steps;

    StructureBuilder(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    final List<Step> steps() {
        return steps;
    }

    abstract B with(List<Step> changed);

    final B plus(Step step) {
        return plus(List.of(step));
    }

    private B plus(List<Step> more) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(more);
        return with(all);
    }

    // ---- actions

    /** Changes the session; the returned one counts. The function runs on a thread that drives users: it must not block. */
    public B exec(Function<Session, ? extends Session> function) {
        return plus(new ExecStep(Arguments.change("exec: function", function), CallSite.of("exec")));
    }

    /** As {@link #exec(Function)} for a function that may block: it runs on a thread of its own, and only this user waits. */
    public B execBlocking(Function<Session, ? extends Session> function) {
        return plus(
                new BlockingStep(Arguments.change("execBlocking: function", function), CallSite.of("execBlocking")));
    }

    /** Does these, in order. */
    public B exec(Executable first, Executable... more) {
        CallSite.of("exec");
        return plus(stepsOf("exec", first, more));
    }

    /** Does these chains, in order. */
    public B exec(List<ChainBuilder> chains) {
        CallSite.of("exec");
        return plus(Arguments.all("exec: chain", chains).stream()
                .flatMap(chain -> chain.steps().stream())
                .toList());
    }

    /** A named span of steps, recorded with its duration; may nest; failed if a request in it failed. */
    public On<B> group(String name) {
        return group(Arguments.text("group: name", name));
    }

    /** As {@link #group(String)}. */
    public On<B> group(Function<Session, ? extends String> name) {
        return group(Arguments.text("group: name", name));
    }

    private On<B> group(Expression<String> name) {
        CallSite site = CallSite.of("group");
        return new On<>(self(), "group", body -> new GroupStep(name, body, site));
    }

    // ---- pauses

    /** Waits, as a person would; 0 is allowed. */
    public B pause(long seconds) {
        return pauseFixed(Arguments.wait("pause", seconds), null);
    }

    public B pause(long seconds, PauseType type) {
        return pauseFixed(Arguments.wait("pause", seconds), given(type));
    }

    public B pause(Duration duration) {
        return pauseFixed(Arguments.wait("pause", duration), null);
    }

    public B pause(Duration duration, PauseType type) {
        return pauseFixed(Arguments.wait("pause", duration), given(type));
    }

    /** The expression gives a duration, or a number of seconds. */
    public B pause(String duration) {
        return pauseOf(Arguments.duration("pause", duration), null, null);
    }

    public B pause(String duration, PauseType type) {
        return pauseOf(Arguments.duration("pause", duration), null, given(type));
    }

    public B pause(Function<Session, ? extends Duration> duration) {
        return pauseOf(Arguments.function("pause", duration), null, null);
    }

    public B pause(Function<Session, ? extends Duration> duration, PauseType type) {
        return pauseOf(Arguments.function("pause", duration), null, given(type));
    }

    /** Waits a time drawn uniformly from min (included) to max (excluded). */
    public B pause(long min, long max) {
        return pauseFixed(Arguments.wait("pause: min", min), Arguments.wait("pause: max", max), null);
    }

    public B pause(long min, long max, PauseType type) {
        return pauseFixed(Arguments.wait("pause: min", min), Arguments.wait("pause: max", max), given(type));
    }

    public B pause(Duration min, Duration max) {
        return pauseFixed(Arguments.wait("pause: min", min), Arguments.wait("pause: max", max), null);
    }

    public B pause(Duration min, Duration max, PauseType type) {
        return pauseFixed(Arguments.wait("pause: min", min), Arguments.wait("pause: max", max), given(type));
    }

    public B pause(String min, String max) {
        return pauseOf(Arguments.duration("pause: min", min), Arguments.duration("pause: max", max), null);
    }

    public B pause(String min, String max, PauseType type) {
        return pauseOf(Arguments.duration("pause: min", min), Arguments.duration("pause: max", max), given(type));
    }

    public B pause(Function<Session, ? extends Duration> min, Function<Session, ? extends Duration> max) {
        return pauseOf(Arguments.function("pause: min", min), Arguments.function("pause: max", max), null);
    }

    public B pause(
            Function<Session, ? extends Duration> min, Function<Session, ? extends Duration> max, PauseType type) {
        return pauseOf(Arguments.function("pause: min", min), Arguments.function("pause: max", max), given(type));
    }

    private B pauseFixed(Duration duration, @Nullable PauseType type) {
        return pauseOf(Expression.constant(duration), null, type);
    }

    private B pauseFixed(Duration min, Duration max, @Nullable PauseType type) {
        Arguments.inOrder("pause", min, max);
        return pauseOf(Expression.constant(min), Expression.constant(max), type);
    }

    private B pauseOf(Expression<Duration> min, @Nullable Expression<Duration> max, @Nullable PauseType type) {
        return plus(new PauseStep(
                Arguments.nanos(min),
                max == null ? null : Arguments.nanos(max),
                type == null ? null : PauseType.given(type),
                CallSite.of("pause")));
    }

    private static PauseType given(PauseType type) {
        return Require.notNull("pause: pause type", type);
    }

    // ---- pace

    /** The least time between two passes of this step. */
    public B pace(long seconds) {
        return paceOf(Arguments.duration("pace", seconds), null, null);
    }

    public B pace(long seconds, String counter) {
        return paceOf(Arguments.duration("pace", seconds), null, given("pace", counter));
    }

    public B pace(Duration duration) {
        return paceOf(Arguments.duration("pace", duration), null, null);
    }

    public B pace(Duration duration, String counter) {
        return paceOf(Arguments.duration("pace", duration), null, given("pace", counter));
    }

    public B pace(String duration) {
        return paceOf(Arguments.duration("pace", duration), null, null);
    }

    public B pace(String duration, String counter) {
        return paceOf(Arguments.duration("pace", duration), null, given("pace", counter));
    }

    public B pace(Function<Session, ? extends Duration> duration) {
        return paceOf(Arguments.function("pace", duration), null, null);
    }

    public B pace(Function<Session, ? extends Duration> duration, String counter) {
        return paceOf(Arguments.function("pace", duration), null, given("pace", counter));
    }

    /** The least time between two passes of this step, drawn uniformly anew for each. */
    public B pace(long min, long max) {
        return paceFixed(Require.positiveSeconds("pace: min", min), Require.positiveSeconds("pace: max", max), null);
    }

    public B pace(long min, long max, String counter) {
        return paceFixed(
                Require.positiveSeconds("pace: min", min),
                Require.positiveSeconds("pace: max", max),
                given("pace", counter));
    }

    public B pace(Duration min, Duration max) {
        return paceFixed(min, max, null);
    }

    public B pace(Duration min, Duration max, String counter) {
        return paceFixed(min, max, given("pace", counter));
    }

    public B pace(String min, String max, String counter) {
        return paceOf(
                Arguments.duration("pace: min", min), Arguments.duration("pace: max", max), given("pace", counter));
    }

    public B pace(Function<Session, ? extends Duration> min, Function<Session, ? extends Duration> max) {
        return paceOf(Arguments.function("pace: min", min), Arguments.function("pace: max", max), null);
    }

    public B pace(
            Function<Session, ? extends Duration> min, Function<Session, ? extends Duration> max, String counter) {
        return paceOf(
                Arguments.function("pace: min", min), Arguments.function("pace: max", max), given("pace", counter));
    }

    private B paceFixed(Duration min, Duration max, @Nullable String counter) {
        Expression<Duration> least = Arguments.duration("pace: min", min);
        Expression<Duration> most = Arguments.duration("pace: max", max);
        Arguments.inOrder("pace", min, max);
        return paceOf(least, most, counter);
    }

    private B paceOf(Expression<Duration> min, @Nullable Expression<Duration> max, @Nullable String counter) {
        return plus(new PaceStep(
                Arguments.nanos(min), max == null ? null : Arguments.nanos(max), counter, CallSite.of("pace")));
    }

    // ---- rendez-vous

    /** Holds the first so many users who come here, lets them go together, and holds nobody after that. */
    public B rendezVous(int users) {
        return rendezVousOf(users, Long.MAX_VALUE);
    }

    /** As {@link #rendezVous(int)}; those who wait are let go when the first of them has waited that long. */
    public B rendezVous(int users, Duration timeout) {
        return rendezVousOf(users, Require.positiveNanos("rendezVous: timeout", timeout));
    }

    private B rendezVousOf(int users, long timeoutNanos) {
        return plus(new RendezVousStep(
                Require.atLeast("rendezVous: users", 1, users), timeoutNanos, CallSite.of("rendezVous")));
    }

    // ---- loops

    /** So many times, 0 allowed. */
    public On<B> repeat(int times) {
        return repeatOf(Expression.constant(Require.notNegative("repeat: times", times)), null);
    }

    public On<B> repeat(int times, String counter) {
        return repeatOf(Expression.constant(Require.notNegative("repeat: times", times)), given("repeat", counter));
    }

    /** So many times; the number is read again before each turn. */
    public On<B> repeat(String times) {
        return repeatOf(Arguments.number("repeat: times", times), null);
    }

    public On<B> repeat(String times, String counter) {
        return repeatOf(Arguments.number("repeat: times", times), given("repeat", counter));
    }

    public On<B> repeat(Function<Session, ? extends Integer> times) {
        return repeatOf(Arguments.function("repeat: times", times), null);
    }

    public On<B> repeat(Function<Session, ? extends Integer> times, String counter) {
        return repeatOf(Arguments.function("repeat: times", times), given("repeat", counter));
    }

    private On<B> repeatOf(Expression<Integer> times, @Nullable String counter) {
        return loop("repeat", new LoopTest.Times(times), counter, false);
    }

    /** One turn per element, the element in that attribute, where the last one stays. */
    public On<B> foreach(List<?> elements, String attribute) {
        return foreachOf(Arguments.list("foreach: elements", elements), attribute, null);
    }

    public On<B> foreach(List<?> elements, String attribute, String counter) {
        return foreachOf(Arguments.list("foreach: elements", elements), attribute, given("foreach", counter));
    }

    /** As {@link #foreach(List, String)}; the list is read again before each turn. */
    public On<B> foreach(String elements, String attribute) {
        return foreachOf(Arguments.list("foreach: elements", elements), attribute, null);
    }

    public On<B> foreach(String elements, String attribute, String counter) {
        return foreachOf(Arguments.list("foreach: elements", elements), attribute, given("foreach", counter));
    }

    public On<B> foreach(Function<Session, ? extends List<?>> elements, String attribute) {
        return foreachOf(Arguments.function("foreach: elements", elements), attribute, null);
    }

    public On<B> foreach(Function<Session, ? extends List<?>> elements, String attribute, String counter) {
        return foreachOf(Arguments.function("foreach: elements", elements), attribute, given("foreach", counter));
    }

    private On<B> foreachOf(Expression<? extends List<?>> elements, String attribute, @Nullable String counter) {
        Require.notBlank("foreach: attribute", attribute);
        return loop("foreach", new LoopTest.Each(elements, attribute), counter, false);
    }

    /** Until that long has passed since the loop was entered; tested before each step of the body. */
    public On<B> during(long seconds) {
        return duringOf(Arguments.duration("during", seconds), null, true);
    }

    public On<B> during(long seconds, String counter) {
        return duringOf(Arguments.duration("during", seconds), given("during", counter), true);
    }

    /** @param exitAsap whether the time is tested before each step of the body, not only before each turn */
    public On<B> during(long seconds, boolean exitAsap) {
        return duringOf(Arguments.duration("during", seconds), null, exitAsap);
    }

    public On<B> during(long seconds, String counter, boolean exitAsap) {
        return duringOf(Arguments.duration("during", seconds), given("during", counter), exitAsap);
    }

    public On<B> during(Duration duration) {
        return duringOf(Arguments.duration("during", duration), null, true);
    }

    public On<B> during(Duration duration, String counter) {
        return duringOf(Arguments.duration("during", duration), given("during", counter), true);
    }

    public On<B> during(Duration duration, boolean exitAsap) {
        return duringOf(Arguments.duration("during", duration), null, exitAsap);
    }

    public On<B> during(Duration duration, String counter, boolean exitAsap) {
        return duringOf(Arguments.duration("during", duration), given("during", counter), exitAsap);
    }

    public On<B> during(String duration) {
        return duringOf(Arguments.duration("during", duration), null, true);
    }

    public On<B> during(String duration, String counter) {
        return duringOf(Arguments.duration("during", duration), given("during", counter), true);
    }

    public On<B> during(String duration, boolean exitAsap) {
        return duringOf(Arguments.duration("during", duration), null, exitAsap);
    }

    public On<B> during(String duration, String counter, boolean exitAsap) {
        return duringOf(Arguments.duration("during", duration), given("during", counter), exitAsap);
    }

    public On<B> during(Function<Session, ? extends Duration> duration) {
        return duringOf(Arguments.function("during", duration), null, true);
    }

    public On<B> during(Function<Session, ? extends Duration> duration, String counter) {
        return duringOf(Arguments.function("during", duration), given("during", counter), true);
    }

    public On<B> during(Function<Session, ? extends Duration> duration, boolean exitAsap) {
        return duringOf(Arguments.function("during", duration), null, exitAsap);
    }

    public On<B> during(Function<Session, ? extends Duration> duration, String counter, boolean exitAsap) {
        return duringOf(Arguments.function("during", duration), given("during", counter), exitAsap);
    }

    private On<B> duringOf(Expression<Duration> duration, @Nullable String counter, boolean exitAsap) {
        return loop("during", new LoopTest.For(Arguments.nanos(duration)), counter, exitAsap);
    }

    /** Until the user is ended from outside, or by {@link #exitHere}. */
    public On<B> forever() {
        return foreverOf(null);
    }

    public On<B> forever(String counter) {
        return foreverOf(given("forever", counter));
    }

    private On<B> foreverOf(@Nullable String counter) {
        return loop("forever", new LoopTest.Always(), counter, false);
    }

    private On<B> loop(String word, LoopTest test, @Nullable String counter, boolean exitAsap) {
        return loop(word, test, counter, exitAsap, false);
    }

    private On<B> loop(String word, LoopTest test, @Nullable String counter, boolean exitAsap, boolean atLeastOnce) {
        CallSite site = CallSite.of(word);
        return new On<>(self(), word, body -> new LoopStep(word, test, counter, exitAsap, atLeastOnce, body, site));
    }

    // ---- loops with conditions

    /** As long as the condition holds, which is tested before each turn. */
    public On<B> asLongAs(String condition) {
        return asLongAsOf(Arguments.condition("asLongAs: condition", condition), null, false);
    }

    public On<B> asLongAs(String condition, String counter) {
        return asLongAsOf(Arguments.condition("asLongAs: condition", condition), given("asLongAs", counter), false);
    }

    /** @param exitAsap whether the condition is also tested before each step of the body */
    public On<B> asLongAs(String condition, boolean exitAsap) {
        return asLongAsOf(Arguments.condition("asLongAs: condition", condition), null, exitAsap);
    }

    public On<B> asLongAs(String condition, String counter, boolean exitAsap) {
        return asLongAsOf(Arguments.condition("asLongAs: condition", condition), given("asLongAs", counter), exitAsap);
    }

    public On<B> asLongAs(Function<Session, ? extends Boolean> condition) {
        return asLongAsOf(Arguments.function("asLongAs: condition", condition), null, false);
    }

    public On<B> asLongAs(Function<Session, ? extends Boolean> condition, String counter) {
        return asLongAsOf(Arguments.function("asLongAs: condition", condition), given("asLongAs", counter), false);
    }

    public On<B> asLongAs(Function<Session, ? extends Boolean> condition, boolean exitAsap) {
        return asLongAsOf(Arguments.function("asLongAs: condition", condition), null, exitAsap);
    }

    public On<B> asLongAs(Function<Session, ? extends Boolean> condition, String counter, boolean exitAsap) {
        return asLongAsOf(Arguments.function("asLongAs: condition", condition), given("asLongAs", counter), exitAsap);
    }

    private On<B> asLongAsOf(Expression<Boolean> condition, @Nullable String counter, boolean exitAsap) {
        return loop("asLongAs", new LoopTest.While(condition), counter, exitAsap);
    }

    /** At least one turn, and further ones as long as the condition holds, which is tested after each. */
    public On<B> doWhile(String condition) {
        return doWhileOf(Arguments.condition("doWhile: condition", condition), null);
    }

    public On<B> doWhile(String condition, String counter) {
        return doWhileOf(Arguments.condition("doWhile: condition", condition), given("doWhile", counter));
    }

    public On<B> doWhile(Function<Session, ? extends Boolean> condition) {
        return doWhileOf(Arguments.function("doWhile: condition", condition), null);
    }

    public On<B> doWhile(Function<Session, ? extends Boolean> condition, String counter) {
        return doWhileOf(Arguments.function("doWhile: condition", condition), given("doWhile", counter));
    }

    private On<B> doWhileOf(Expression<Boolean> condition, @Nullable String counter) {
        return loop("doWhile", new LoopTest.While(condition), counter, false, true);
    }

    /** As long as the condition holds, and at most that long; both are tested before each step of the body. */
    public On<B> asLongAsDuring(String condition, long seconds) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", seconds),
                null,
                true);
    }

    public On<B> asLongAsDuring(String condition, long seconds, String counter) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", seconds),
                given("asLongAsDuring", counter),
                true);
    }

    /** @param exitAsap whether both are tested before each step of the body, not only before each turn */
    public On<B> asLongAsDuring(String condition, long seconds, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", seconds),
                null,
                exitAsap);
    }

    public On<B> asLongAsDuring(String condition, long seconds, String counter, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", seconds),
                given("asLongAsDuring", counter),
                exitAsap);
    }

    public On<B> asLongAsDuring(String condition, Duration duration) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                null,
                true);
    }

    public On<B> asLongAsDuring(String condition, Duration duration, String counter) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                true);
    }

    public On<B> asLongAsDuring(String condition, Duration duration, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> asLongAsDuring(String condition, Duration duration, String counter, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                exitAsap);
    }

    public On<B> asLongAsDuring(String condition, String duration) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                null,
                true);
    }

    public On<B> asLongAsDuring(String condition, String duration, String counter) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                true);
    }

    public On<B> asLongAsDuring(String condition, String duration, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> asLongAsDuring(String condition, String duration, String counter, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                exitAsap);
    }

    public On<B> asLongAsDuring(String condition, Function<Session, ? extends Duration> duration) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.function("asLongAsDuring: duration", duration),
                null,
                true);
    }

    public On<B> asLongAsDuring(String condition, Function<Session, ? extends Duration> duration, String counter) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.function("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                true);
    }

    public On<B> asLongAsDuring(String condition, Function<Session, ? extends Duration> duration, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.function("asLongAsDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> asLongAsDuring(
            String condition, Function<Session, ? extends Duration> duration, String counter, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.condition("asLongAsDuring: condition", condition),
                Arguments.function("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                exitAsap);
    }

    public On<B> asLongAsDuring(Function<Session, ? extends Boolean> condition, long seconds) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", seconds),
                null,
                true);
    }

    public On<B> asLongAsDuring(Function<Session, ? extends Boolean> condition, long seconds, String counter) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", seconds),
                given("asLongAsDuring", counter),
                true);
    }

    public On<B> asLongAsDuring(Function<Session, ? extends Boolean> condition, long seconds, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", seconds),
                null,
                exitAsap);
    }

    public On<B> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, long seconds, String counter, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", seconds),
                given("asLongAsDuring", counter),
                exitAsap);
    }

    public On<B> asLongAsDuring(Function<Session, ? extends Boolean> condition, Duration duration) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                null,
                true);
    }

    public On<B> asLongAsDuring(Function<Session, ? extends Boolean> condition, Duration duration, String counter) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                true);
    }

    public On<B> asLongAsDuring(Function<Session, ? extends Boolean> condition, Duration duration, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, Duration duration, String counter, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                exitAsap);
    }

    public On<B> asLongAsDuring(Function<Session, ? extends Boolean> condition, String duration) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                null,
                true);
    }

    public On<B> asLongAsDuring(Function<Session, ? extends Boolean> condition, String duration, String counter) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                true);
    }

    public On<B> asLongAsDuring(Function<Session, ? extends Boolean> condition, String duration, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, String duration, String counter, boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.duration("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                exitAsap);
    }

    public On<B> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, Function<Session, ? extends Duration> duration) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.function("asLongAsDuring: duration", duration),
                null,
                true);
    }

    public On<B> asLongAsDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            String counter) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.function("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                true);
    }

    public On<B> asLongAsDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.function("asLongAsDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> asLongAsDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            String counter,
            boolean exitAsap) {
        return asLongAsDuringOf(
                Arguments.function("asLongAsDuring: condition", condition),
                Arguments.function("asLongAsDuring: duration", duration),
                given("asLongAsDuring", counter),
                exitAsap);
    }

    private On<B> asLongAsDuringOf(
            Expression<Boolean> condition, Expression<Duration> duration, @Nullable String counter, boolean exitAsap) {
        LoopTest both = new LoopTest.Both(new LoopTest.While(condition), new LoopTest.For(Arguments.nanos(duration)));
        return loop("asLongAsDuring", both, counter, exitAsap, false);
    }

    /** At least one turn, and further ones as {@link #asLongAsDuring(String, long)}. */
    public On<B> doWhileDuring(String condition, long seconds) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", seconds),
                null,
                true);
    }

    public On<B> doWhileDuring(String condition, long seconds, String counter) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", seconds),
                given("doWhileDuring", counter),
                true);
    }

    /** @param exitAsap whether both are tested before each step of the body, not only before each turn */
    public On<B> doWhileDuring(String condition, long seconds, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", seconds),
                null,
                exitAsap);
    }

    public On<B> doWhileDuring(String condition, long seconds, String counter, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", seconds),
                given("doWhileDuring", counter),
                exitAsap);
    }

    public On<B> doWhileDuring(String condition, Duration duration) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                null,
                true);
    }

    public On<B> doWhileDuring(String condition, Duration duration, String counter) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                true);
    }

    public On<B> doWhileDuring(String condition, Duration duration, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> doWhileDuring(String condition, Duration duration, String counter, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                exitAsap);
    }

    public On<B> doWhileDuring(String condition, String duration) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                null,
                true);
    }

    public On<B> doWhileDuring(String condition, String duration, String counter) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                true);
    }

    public On<B> doWhileDuring(String condition, String duration, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> doWhileDuring(String condition, String duration, String counter, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                exitAsap);
    }

    public On<B> doWhileDuring(String condition, Function<Session, ? extends Duration> duration) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.function("doWhileDuring: duration", duration),
                null,
                true);
    }

    public On<B> doWhileDuring(String condition, Function<Session, ? extends Duration> duration, String counter) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.function("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                true);
    }

    public On<B> doWhileDuring(String condition, Function<Session, ? extends Duration> duration, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.function("doWhileDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> doWhileDuring(
            String condition, Function<Session, ? extends Duration> duration, String counter, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.condition("doWhileDuring: condition", condition),
                Arguments.function("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                exitAsap);
    }

    public On<B> doWhileDuring(Function<Session, ? extends Boolean> condition, long seconds) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", seconds),
                null,
                true);
    }

    public On<B> doWhileDuring(Function<Session, ? extends Boolean> condition, long seconds, String counter) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", seconds),
                given("doWhileDuring", counter),
                true);
    }

    public On<B> doWhileDuring(Function<Session, ? extends Boolean> condition, long seconds, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", seconds),
                null,
                exitAsap);
    }

    public On<B> doWhileDuring(
            Function<Session, ? extends Boolean> condition, long seconds, String counter, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", seconds),
                given("doWhileDuring", counter),
                exitAsap);
    }

    public On<B> doWhileDuring(Function<Session, ? extends Boolean> condition, Duration duration) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                null,
                true);
    }

    public On<B> doWhileDuring(Function<Session, ? extends Boolean> condition, Duration duration, String counter) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                true);
    }

    public On<B> doWhileDuring(Function<Session, ? extends Boolean> condition, Duration duration, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> doWhileDuring(
            Function<Session, ? extends Boolean> condition, Duration duration, String counter, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                exitAsap);
    }

    public On<B> doWhileDuring(Function<Session, ? extends Boolean> condition, String duration) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                null,
                true);
    }

    public On<B> doWhileDuring(Function<Session, ? extends Boolean> condition, String duration, String counter) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                true);
    }

    public On<B> doWhileDuring(Function<Session, ? extends Boolean> condition, String duration, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> doWhileDuring(
            Function<Session, ? extends Boolean> condition, String duration, String counter, boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.duration("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                exitAsap);
    }

    public On<B> doWhileDuring(
            Function<Session, ? extends Boolean> condition, Function<Session, ? extends Duration> duration) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.function("doWhileDuring: duration", duration),
                null,
                true);
    }

    public On<B> doWhileDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            String counter) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.function("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                true);
    }

    public On<B> doWhileDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.function("doWhileDuring: duration", duration),
                null,
                exitAsap);
    }

    public On<B> doWhileDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            String counter,
            boolean exitAsap) {
        return doWhileDuringOf(
                Arguments.function("doWhileDuring: condition", condition),
                Arguments.function("doWhileDuring: duration", duration),
                given("doWhileDuring", counter),
                exitAsap);
    }

    private On<B> doWhileDuringOf(
            Expression<Boolean> condition, Expression<Duration> duration, @Nullable String counter, boolean exitAsap) {
        LoopTest both = new LoopTest.Both(new LoopTest.While(condition), new LoopTest.For(Arguments.nanos(duration)));
        return loop("doWhileDuring", both, counter, exitAsap, true);
    }

    // ---- conditions and switches

    /** Only if the condition holds. */
    public Then<B> doIf(String condition) {
        return doIfOf(Arguments.condition("doIf: condition", condition));
    }

    public Then<B> doIf(Function<Session, ? extends Boolean> condition) {
        return doIfOf(Arguments.function("doIf: condition", condition));
    }

    private Then<B> doIfOf(Expression<Boolean> condition) {
        CallSite site = CallSite.of("doIf");
        return new Then<>(self(), "doIf", body -> new ConditionStep("doIf", condition, body, List.of(), site));
    }

    /** One if the condition holds, another if not. */
    public ThenOrElse<B> doIfOrElse(String condition) {
        return doIfOrElseOf(Arguments.condition("doIfOrElse: condition", condition));
    }

    public ThenOrElse<B> doIfOrElse(Function<Session, ? extends Boolean> condition) {
        return doIfOrElseOf(Arguments.function("doIfOrElse: condition", condition));
    }

    private ThenOrElse<B> doIfOrElseOf(Expression<Boolean> condition) {
        CallSite site = CallSite.of("doIfOrElse");
        return new ThenOrElse<>(
                self(),
                "doIfOrElse",
                (body, otherwise) -> new ConditionStep("doIfOrElse", condition, body, otherwise, site));
    }

    /** One of some branches, drawn by their percentages; the rest up to 100 % is skipped. */
    public RandomSwitch<B> randomSwitch() {
        return new RandomSwitch<>(self(), CallSite.of("randomSwitch"));
    }

    // ---- equality and further switches

    /** Only if both are equal, as {@code equals} says: text "1" and number 1 are not. */
    public Then<B> doIfEquals(String actual, String expected) {
        return doIfEqualsOf(new Equality(
                Arguments.value("doIfEquals: actual", actual), Arguments.value("doIfEquals: expected", expected)));
    }

    public Then<B> doIfEquals(String actual, Object expected) {
        return doIfEqualsOf(new Equality(
                Arguments.value("doIfEquals: actual", actual), Arguments.value("doIfEquals: expected", expected)));
    }

    public Then<B> doIfEquals(String actual, Function<Session, ?> expected) {
        return doIfEqualsOf(new Equality(
                Arguments.value("doIfEquals: actual", actual), Arguments.value("doIfEquals: expected", expected)));
    }

    public Then<B> doIfEquals(Function<Session, ?> actual, String expected) {
        return doIfEqualsOf(new Equality(
                Arguments.value("doIfEquals: actual", actual), Arguments.value("doIfEquals: expected", expected)));
    }

    public Then<B> doIfEquals(Function<Session, ?> actual, Object expected) {
        return doIfEqualsOf(new Equality(
                Arguments.value("doIfEquals: actual", actual), Arguments.value("doIfEquals: expected", expected)));
    }

    public Then<B> doIfEquals(Function<Session, ?> actual, Function<Session, ?> expected) {
        return doIfEqualsOf(new Equality(
                Arguments.value("doIfEquals: actual", actual), Arguments.value("doIfEquals: expected", expected)));
    }

    private Then<B> doIfEqualsOf(Expression<Boolean> equal) {
        CallSite site = CallSite.of("doIfEquals");
        return new Then<>(self(), "doIfEquals", body -> new ConditionStep("doIfEquals", equal, body, List.of(), site));
    }

    /** One if both are equal, as {@code equals} says, another if not. */
    public ThenOrElse<B> doIfEqualsOrElse(String actual, String expected) {
        return doIfEqualsOrElseOf(new Equality(
                Arguments.value("doIfEqualsOrElse: actual", actual),
                Arguments.value("doIfEqualsOrElse: expected", expected)));
    }

    public ThenOrElse<B> doIfEqualsOrElse(String actual, Object expected) {
        return doIfEqualsOrElseOf(new Equality(
                Arguments.value("doIfEqualsOrElse: actual", actual),
                Arguments.value("doIfEqualsOrElse: expected", expected)));
    }

    public ThenOrElse<B> doIfEqualsOrElse(String actual, Function<Session, ?> expected) {
        return doIfEqualsOrElseOf(new Equality(
                Arguments.value("doIfEqualsOrElse: actual", actual),
                Arguments.value("doIfEqualsOrElse: expected", expected)));
    }

    public ThenOrElse<B> doIfEqualsOrElse(Function<Session, ?> actual, String expected) {
        return doIfEqualsOrElseOf(new Equality(
                Arguments.value("doIfEqualsOrElse: actual", actual),
                Arguments.value("doIfEqualsOrElse: expected", expected)));
    }

    public ThenOrElse<B> doIfEqualsOrElse(Function<Session, ?> actual, Object expected) {
        return doIfEqualsOrElseOf(new Equality(
                Arguments.value("doIfEqualsOrElse: actual", actual),
                Arguments.value("doIfEqualsOrElse: expected", expected)));
    }

    public ThenOrElse<B> doIfEqualsOrElse(Function<Session, ?> actual, Function<Session, ?> expected) {
        return doIfEqualsOrElseOf(new Equality(
                Arguments.value("doIfEqualsOrElse: actual", actual),
                Arguments.value("doIfEqualsOrElse: expected", expected)));
    }

    private ThenOrElse<B> doIfEqualsOrElseOf(Expression<Boolean> equal) {
        CallSite site = CallSite.of("doIfEqualsOrElse");
        return new ThenOrElse<>(
                self(),
                "doIfEqualsOrElse",
                (body, otherwise) -> new ConditionStep("doIfEqualsOrElse", equal, body, otherwise, site));
    }

    /** The case whose key equals the value, as {@code equals} says; none: skipped. */
    public Switch<B> doSwitch(String value) {
        return new Switch<>(self(), CallSite.of("doSwitch"), Arguments.value("doSwitch: value", value));
    }

    public Switch<B> doSwitch(Function<Session, ?> value) {
        return new Switch<>(self(), CallSite.of("doSwitch"), Arguments.value("doSwitch: value", value));
    }

    /** The case whose key equals the value, as {@code equals} says; none: what {@code orElse} says. */
    public SwitchOrElse<B> doSwitchOrElse(String value) {
        return new SwitchOrElse<>(
                self(), CallSite.of("doSwitchOrElse"), Arguments.value("doSwitchOrElse: value", value));
    }

    public SwitchOrElse<B> doSwitchOrElse(Function<Session, ?> value) {
        return new SwitchOrElse<>(
                self(), CallSite.of("doSwitchOrElse"), Arguments.value("doSwitchOrElse: value", value));
    }

    /** One of some branches, drawn by their percentages; the rest up to 100 % is what {@code orElse} says. */
    public RandomSwitchOrElse<B> randomSwitchOrElse() {
        return new RandomSwitchOrElse<>(self(), CallSite.of("randomSwitchOrElse"));
    }

    /** One of some branches by chance, each equally likely. */
    public EvenSwitch<B> uniformRandomSwitch() {
        return new EvenSwitch<>(self(), "uniformRandomSwitch", false);
    }

    /** One of some branches, in turn over all users. */
    public EvenSwitch<B> roundRobinSwitch() {
        return new EvenSwitch<>(self(), "roundRobinSwitch", true);
    }

    // ---- errors and leaving

    /** At the first failure inside back to the start, up to so many attempts in total; after the last the user stays failed. 1 or more. */
    public On<B> tryMax(int times) {
        return tryMaxOf(Expression.constant(Require.atLeast("tryMax: times", 1, times)), null);
    }

    public On<B> tryMax(int times, String counter) {
        return tryMaxOf(Expression.constant(Require.atLeast("tryMax: times", 1, times)), given("tryMax", counter));
    }

    public On<B> tryMax(String times) {
        return tryMaxOf(Arguments.number("tryMax: times", times), null);
    }

    public On<B> tryMax(String times, String counter) {
        return tryMaxOf(Arguments.number("tryMax: times", times), given("tryMax", counter));
    }

    public On<B> tryMax(Function<Session, ? extends Integer> times) {
        return tryMaxOf(Arguments.function("tryMax: times", times), null);
    }

    public On<B> tryMax(Function<Session, ? extends Integer> times, String counter) {
        return tryMaxOf(Arguments.function("tryMax: times", times), given("tryMax", counter));
    }

    private On<B> tryMaxOf(Expression<Integer> times, @Nullable String counter) {
        CallSite site = CallSite.of("tryMax");
        return new On<>(self(), "tryMax", body -> new TryStep("tryMax", times, counter, body, site));
    }

    /** At the first failure inside, on behind the block; the user stays failed. */
    public On<B> exitBlockOnFail() {
        CallSite site = CallSite.of("exitBlockOnFail");
        return new On<>(
                self(),
                "exitBlockOnFail",
                body -> new TryStep("exitBlockOnFail", Expression.constant(1), null, body, site));
    }

    /** The user ends here. */
    public B exitHere() {
        return exitOf("exitHere", Expression.constant(true));
    }

    /** The user ends here if the condition holds. */
    public B exitHereIf(String condition) {
        return exitOf("exitHereIf", Arguments.condition("exitHereIf: condition", condition));
    }

    public B exitHereIf(Function<Session, ? extends Boolean> condition) {
        return exitOf("exitHereIf", Arguments.function("exitHereIf: condition", condition));
    }

    /** The user ends here if it is failed. */
    public B exitHereIfFailed() {
        return exitOf("exitHereIfFailed", UserSession::isFailed);
    }

    private B exitOf(String word, Expression<Boolean> condition) {
        return plus(new ExitStep(word, condition, CallSite.of(word)));
    }

    /** The run stops at once, with that message in the report. */
    public B stopLoadGenerator(String message) {
        return stopOf(
                "stopLoadGenerator",
                Arguments.text("stopLoadGenerator: message", message),
                Expression.constant(true),
                false);
    }

    public B stopLoadGenerator(Function<Session, ? extends String> message) {
        return stopOf(
                "stopLoadGenerator",
                Arguments.text("stopLoadGenerator: message", message),
                Expression.constant(true),
                false);
    }

    /** As {@link #stopLoadGenerator(String)} if the condition holds. */
    public B stopLoadGeneratorIf(String message, String condition) {
        return stopOf(
                "stopLoadGeneratorIf",
                Arguments.text("stopLoadGeneratorIf: message", message),
                Arguments.condition("stopLoadGeneratorIf: condition", condition),
                false);
    }

    public B stopLoadGeneratorIf(String message, Function<Session, ? extends Boolean> condition) {
        return stopOf(
                "stopLoadGeneratorIf",
                Arguments.text("stopLoadGeneratorIf: message", message),
                Arguments.function("stopLoadGeneratorIf: condition", condition),
                false);
    }

    public B stopLoadGeneratorIf(Function<Session, ? extends String> message, String condition) {
        return stopOf(
                "stopLoadGeneratorIf",
                Arguments.text("stopLoadGeneratorIf: message", message),
                Arguments.condition("stopLoadGeneratorIf: condition", condition),
                false);
    }

    public B stopLoadGeneratorIf(
            Function<Session, ? extends String> message, Function<Session, ? extends Boolean> condition) {
        return stopOf(
                "stopLoadGeneratorIf",
                Arguments.text("stopLoadGeneratorIf: message", message),
                Arguments.function("stopLoadGeneratorIf: condition", condition),
                false);
    }

    // ---- older words

    /** An older form of {@link #exitBlockOnFail()}, with the steps of the block. */
    public B exitBlockOnFail(Executable first, Executable... more) {
        return exitBlockOnFail().on(first, more);
    }

    /** An older name of {@link #stopLoadGenerator(String)}. */
    public B stopInjector(String message) {
        return stopLoadGenerator(message);
    }

    public B stopInjector(Function<Session, ? extends String> message) {
        return stopLoadGenerator(message);
    }

    /** An older name of {@link #stopLoadGeneratorIf(String, String)}. */
    public B stopInjectorIf(String message, String condition) {
        return stopLoadGeneratorIf(message, condition);
    }

    public B stopInjectorIf(String message, Function<Session, ? extends Boolean> condition) {
        return stopLoadGeneratorIf(message, condition);
    }

    public B stopInjectorIf(Function<Session, ? extends String> message, String condition) {
        return stopLoadGeneratorIf(message, condition);
    }

    public B stopInjectorIf(
            Function<Session, ? extends String> message, Function<Session, ? extends Boolean> condition) {
        return stopLoadGeneratorIf(message, condition);
    }

    // ---- crash

    /** The run stops at once with exit code 3, with that message in the report. */
    public B crashLoadGenerator(String message) {
        return stopOf(
                "crashLoadGenerator",
                Arguments.text("crashLoadGenerator: message", message),
                Expression.constant(true),
                true);
    }

    public B crashLoadGenerator(Function<Session, ? extends String> message) {
        return stopOf(
                "crashLoadGenerator",
                Arguments.text("crashLoadGenerator: message", message),
                Expression.constant(true),
                true);
    }

    /** As {@link #crashLoadGenerator(String)} if the condition holds. */
    public B crashLoadGeneratorIf(String message, String condition) {
        return stopOf(
                "crashLoadGeneratorIf",
                Arguments.text("crashLoadGeneratorIf: message", message),
                Arguments.condition("crashLoadGeneratorIf: condition", condition),
                true);
    }

    public B crashLoadGeneratorIf(String message, Function<Session, ? extends Boolean> condition) {
        return stopOf(
                "crashLoadGeneratorIf",
                Arguments.text("crashLoadGeneratorIf: message", message),
                Arguments.function("crashLoadGeneratorIf: condition", condition),
                true);
    }

    public B crashLoadGeneratorIf(Function<Session, ? extends String> message, String condition) {
        return stopOf(
                "crashLoadGeneratorIf",
                Arguments.text("crashLoadGeneratorIf: message", message),
                Arguments.condition("crashLoadGeneratorIf: condition", condition),
                true);
    }

    public B crashLoadGeneratorIf(
            Function<Session, ? extends String> message, Function<Session, ? extends Boolean> condition) {
        return stopOf(
                "crashLoadGeneratorIf",
                Arguments.text("crashLoadGeneratorIf: message", message),
                Arguments.function("crashLoadGeneratorIf: condition", condition),
                true);
    }

    private B stopOf(String word, Expression<String> message, Expression<Boolean> condition, boolean isCrash) {
        return plus(new StopStep(word, message, condition, isCrash, CallSite.of(word)));
    }

    // ---- feeders

    /** Sets the attributes of the next record. */
    public B feed(FeederBuilder<?> feeder) {
        return feedOf(Arguments.feeder(feeder), null);
    }

    /** Takes so many records: each attribute is a list of their values. */
    public B feed(FeederBuilder<?> feeder, int records) {
        return feedOf(Arguments.feeder(feeder), Arguments.records(records));
    }

    public B feed(FeederBuilder<?> feeder, String records) {
        return feedOf(Arguments.feeder(feeder), Arguments.number("feed: records", records));
    }

    public B feed(FeederBuilder<?> feeder, Function<Session, ? extends Integer> records) {
        return feedOf(Arguments.feeder(feeder), Arguments.function("feed: records", records));
    }

    public B feed(Iterator<Map<String, Object>> feeder) {
        return feedOf(Arguments.feeder(feeder), null);
    }

    public B feed(Iterator<Map<String, Object>> feeder, int records) {
        return feedOf(Arguments.feeder(feeder), Arguments.records(records));
    }

    public B feed(Iterator<Map<String, Object>> feeder, String records) {
        return feedOf(Arguments.feeder(feeder), Arguments.number("feed: records", records));
    }

    public B feed(Iterator<Map<String, Object>> feeder, Function<Session, ? extends Integer> records) {
        return feedOf(Arguments.feeder(feeder), Arguments.function("feed: records", records));
    }

    public B feed(Supplier<Iterator<Map<String, Object>>> feeder) {
        return feedOf(Arguments.feeder(feeder), null);
    }

    public B feed(Supplier<Iterator<Map<String, Object>>> feeder, int records) {
        return feedOf(Arguments.feeder(feeder), Arguments.records(records));
    }

    public B feed(Supplier<Iterator<Map<String, Object>>> feeder, String records) {
        return feedOf(Arguments.feeder(feeder), Arguments.number("feed: records", records));
    }

    public B feed(Supplier<Iterator<Map<String, Object>>> feeder, Function<Session, ? extends Integer> records) {
        return feedOf(Arguments.feeder(feeder), Arguments.function("feed: records", records));
    }

    private B feedOf(Feeder feeder, @Nullable Expression<Integer> records) {
        return plus(new FeedStep(feeder, records, CallSite.of("feed")));
    }

    // ---- halfway

    @SuppressWarnings("unchecked")
    private B self() {
        return (B) this;
    }

    private static String given(String word, String counter) {
        return Require.notBlank(word + ": counter", counter);
    }

    private static List<Step> stepsOf(String word, Executable first, Executable... more) {
        List<Executable> all = new ArrayList<>();
        all.add(first);
        all.addAll(Arrays.asList(Require.notNull(word + ": steps", more)));
        return Arguments.all(word + ": step", all).stream()
                .flatMap(executable -> executable.toChainBuilder().steps().stream())
                .toList();
    }

    /** A block without its steps. */
    public static final class On<B extends StructureBuilder<B>> {
        private final B before;
        private final String word;
        private final Function<List<Step>, Step> block;

        private On(B before, String word, Function<List<Step>, Step> block) {
            this.before = before;
            this.word = word;
            this.block = block;
        }

        public B on(Executable first, Executable... more) {
            return before.plus(block.apply(stepsOf(word, first, more)));
        }
    }

    /** A condition without its steps. */
    public static final class Then<B extends StructureBuilder<B>> {
        private final On<B> block;

        private Then(B before, String word, Function<List<Step>, Step> block) {
            this.block = new On<>(before, word, block);
        }

        public B then(Executable first, Executable... more) {
            return block.on(first, more);
        }
    }

    /** A condition without its two branches. */
    public static final class ThenOrElse<B extends StructureBuilder<B>> {
        private final B before;
        private final String word;
        private final Branches branches;

        private ThenOrElse(B before, String word, Branches branches) {
            this.before = before;
            this.word = word;
            this.branches = branches;
        }

        public OrElse<B> then(Executable first, Executable... more) {
            List<Step> body = stepsOf(word, first, more);
            return new OrElse<>(before, word, otherwise -> branches.step(body, otherwise));
        }
    }

    /** A condition without its second branch. */
    public static final class OrElse<B extends StructureBuilder<B>> {
        private final On<B> block;

        private OrElse(B before, String word, Function<List<Step>, Step> block) {
            this.block = new On<>(before, word, block);
        }

        public B orElse(Executable first, Executable... more) {
            return block.on(first, more);
        }
    }

    /** A random switch without its branches. */
    public static final class RandomSwitch<B extends StructureBuilder<B>> {
        private final B before;
        private final CallSite site;

        private RandomSwitch(B before, CallSite site) {
            this.before = before;
            this.site = site;
        }

        public B on(Choice.WithWeight... branches) {
            return on(Arrays.asList(Require.notNull("randomSwitch: branches", branches)));
        }

        public B on(List<Choice.WithWeight> branches) {
            return before.plus(
                    new RandomSwitchStep("randomSwitch", weighted("randomSwitch", branches), List.of(), site));
        }
    }

    private static List<RandomSwitchStep.Branch> weighted(String word, List<Choice.WithWeight> branches) {
        return Arguments.all(word + ": branch", branches).stream()
                .map(branch -> new RandomSwitchStep.Branch(
                        branch.percent(), branch.chain().steps()))
                .toList();
    }

    /** A random switch without its branches, and without what the rest does. */
    public static final class RandomSwitchOrElse<B extends StructureBuilder<B>> {
        private final B before;
        private final CallSite site;

        private RandomSwitchOrElse(B before, CallSite site) {
            this.before = before;
            this.site = site;
        }

        public OrElse<B> on(Choice.WithWeight... branches) {
            return on(Arrays.asList(Require.notNull("randomSwitchOrElse: branches", branches)));
        }

        public OrElse<B> on(List<Choice.WithWeight> branches) {
            List<RandomSwitchStep.Branch> all = weighted("randomSwitchOrElse", branches);
            return new OrElse<>(
                    before,
                    "randomSwitchOrElse",
                    otherwise -> new RandomSwitchStep("randomSwitchOrElse", all, otherwise, site));
        }
    }

    /** A switch without its cases. */
    public static final class Switch<B extends StructureBuilder<B>> {
        private final B before;
        private final CallSite site;
        private final Expression<?> value;

        private Switch(B before, CallSite site, Expression<?> value) {
            this.before = before;
            this.site = site;
            this.value = value;
        }

        public B on(Choice.WithKey... cases) {
            return on(Arrays.asList(Require.notNull("doSwitch: cases", cases)));
        }

        public B on(List<Choice.WithKey> cases) {
            return before.plus(new SwitchStep("doSwitch", value, keyed("doSwitch", cases), List.of(), site));
        }
    }

    private static List<SwitchStep.Branch> keyed(String word, List<Choice.WithKey> cases) {
        return Arguments.all(word + ": case", cases).stream()
                .map(each -> new SwitchStep.Branch(each.key(), each.chain().steps()))
                .toList();
    }

    /** A switch without its cases, and without what the others do. */
    public static final class SwitchOrElse<B extends StructureBuilder<B>> {
        private final B before;
        private final CallSite site;
        private final Expression<?> value;

        private SwitchOrElse(B before, CallSite site, Expression<?> value) {
            this.before = before;
            this.site = site;
            this.value = value;
        }

        public OrElse<B> on(Choice.WithKey... cases) {
            return on(Arrays.asList(Require.notNull("doSwitchOrElse: cases", cases)));
        }

        public OrElse<B> on(List<Choice.WithKey> cases) {
            List<SwitchStep.Branch> all = keyed("doSwitchOrElse", cases);
            return new OrElse<>(
                    before,
                    "doSwitchOrElse",
                    otherwise -> new SwitchStep("doSwitchOrElse", value, all, otherwise, site));
        }
    }

    /** A switch whose branches are equal, without them: each executable is one. */
    public static final class EvenSwitch<B extends StructureBuilder<B>> {
        private final B before;
        private final String word;
        private final boolean inTurn;
        private final CallSite site;

        private EvenSwitch(B before, String word, boolean inTurn) {
            this.before = before;
            this.word = word;
            this.inTurn = inTurn;
            this.site = CallSite.of(word);
        }

        public B on(Executable first, Executable... more) {
            List<Executable> all = new ArrayList<>();
            all.add(first);
            all.addAll(Arrays.asList(Require.notNull(word + ": branches", more)));
            return of(all);
        }

        public B on(List<ChainBuilder> branches) {
            return of(branches);
        }

        private B of(List<? extends Executable> branches) {
            return before.plus(new EvenSwitchStep(
                    word,
                    inTurn,
                    Arguments.all(word + ": branch", branches).stream()
                            .map(branch -> branch.toChainBuilder().steps())
                            .toList(),
                    site));
        }
    }

    @FunctionalInterface
    private interface Branches {
        Step step(List<Step> body, List<Step> otherwise);
    }
}
