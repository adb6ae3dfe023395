package dev.onrush.core.scenario;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.protocol.ProtocolClient;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.setting.Settings;

/** One population of a plan on its way from steps to actions: where we are in the definition, and what a step may ask for. */
public interface Compilation {
    /** Compiles steps in order; the last goes on with {@code next}. */
    Action chain(List<Step> steps, Action next);

    /** The place of the step that is being compiled, as in {@code scenario "shop" > group "basket" > step 2 (pause), Shop.java:41}. */
    String place();

    /** Compiles steps inside a named span of the place, such as {@code group "basket"}. */
    Action inside(String span, List<Step> steps, Action next);

    /** As {@link #inside}, for the steps of a group of that name (null: it is not fixed). */
    default Action insideGroup(@Nullable String name, List<Step> steps, Action next) {
        return inside("group" + (name == null ? "" : " \"" + name + "\""), steps, next);
    }

    /** As {@link #inside}, for a block that may be left before its end: all blocks are asked before each step inside it, see {@link UserBlock#interrupted}. */
    default Action insideInterruptible(String span, List<Step> steps, Action next) {
        return inside(span, steps, next);
    }

    /** Reports a definition mistake at the current place. */
    void problem(String text);

    /** Reports a definition warning at the current place. */
    void warning(String text);

    /** What the engine offers. */
    ProtocolEnvironment environment();

    /** The most users of this population that can be there at once, on this generator. */
    long mostAtOnce();

    /** Whether the requests of this population wait for slots. */
    boolean isThrottled();

    /** Whether one user of each scenario is to show what it does: there is nobody to wait for. */
    boolean isTrial();

    Names names();

    Settings settings();

    /** Number of the population's scenario in the log. */
    int scenario();

    /** The population's protocol of that kind, else the plan's, else {@code otherwise}. */
    <P extends Protocol> P protocol(String kind, P otherwise);

    /** The run's one client for that protocol value. */
    ProtocolClient client(Protocol protocol);

    /** How pauses vary in this population; under a throttle there are none. */
    PauseType pauseType();

    /** A request of that name, in the group path of the current place, is part of the scenario. For assertions and for {@code --check}. {@code name} null: it is not fixed. */
    void request(@Nullable String name);

    /** A fixed path of a file that a step reads was found missing and so on goes through {@link #problem}; its feeders are registered here to be opened before the run. */
    void feeder(dev.onrush.core.feeder.Feeder feeder);

    /** The step evaluates that expression: its mistakes are reported here, and somebody must set the attributes it needs. */
    default void reads(Expression<?> expression) {
        expression.problems().forEach(this::problem);
        reads(expression.attributes());
    }

    /** The step was given that name, which must be fixed: an expression in it is a mistake. */
    default void fixedName(String name) {
        ExpressionCompiler.problemsOfFixed(name).forEach(this::problem);
    }

    /** The step needs those attributes: that nobody in the scenario sets one is a mistake. */
    default void reads(Set<String> attributes) {}

    /** The step sets those attributes. */
    default void sets(Set<String> attributes) {}

    /** The step runs an author's function, or a feeder of unknown records, that may set any attribute. */
    default void setsAny() {}
}
