package dev.onrush.core.engine;

import java.time.Duration;
import java.util.List;

import dev.onrush.core.CallSite;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.ClosedStep;
import dev.onrush.core.injection.InjectionProfile;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.injection.OpenStep;
import dev.onrush.core.scenario.ConditionStep;
import dev.onrush.core.scenario.ExecStep;
import dev.onrush.core.scenario.GroupStep;
import dev.onrush.core.scenario.LoadPlan;
import dev.onrush.core.scenario.LoopStep;
import dev.onrush.core.scenario.LoopTest;
import dev.onrush.core.scenario.PaceStep;
import dev.onrush.core.scenario.PauseStep;
import dev.onrush.core.scenario.Population;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.scenario.Scenario;
import dev.onrush.core.scenario.SessionFunction;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.session.Expression;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.Clock;
import dev.onrush.core.time.ManualClock;

/** A run of an engine in a test, and short words for its steps. */
public final class TestRun {
    public static final CallSite HERE = new CallSite("Shop.java", 41);

    public final Names names = Names.withLimit(5000);
    public final Recorded recorded = new Recorded(names);
    public final Engine engine;
    private RunRules rules = RunRules.standard().seed(42);

    public TestRun() {
        this(new ManualClock(), Settings.defaults());
    }

    public TestRun(Clock clock, Settings settings) {
        engine =
                new Engine(EngineOptions.of(settings, names, thread -> recorded).clock(clock));
    }

    public TestRun rules(RunRules other) {
        rules = other.seed(42);
        return this;
    }

    public RunOutcome run(Population... populations) {
        return engine.run(plan(populations));
    }

    public RunPlan plan(Population... populations) {
        return new LoadPlan("Shop", List.of(populations), List.of(), List.of(), rules).compile(engine.environment());
    }

    public static Population users(String name, InjectionProfile profile, Step... steps) {
        return Population.of(new Scenario(name, List.of(steps), HERE), profile, HERE);
    }

    public static OpenProfile open(OpenStep... steps) {
        return new OpenProfile(List.of(steps));
    }

    public static ClosedProfile closed(ClosedStep... steps) {
        return new ClosedProfile(List.of(steps));
    }

    public static Step exec(SessionFunction function) {
        return new ExecStep(function, HERE);
    }

    public static Step pause(Duration length) {
        return new PauseStep(Expression.constant(length.toNanos()), null, null, HERE);
    }

    public static Step pace(Duration length) {
        return new PaceStep(Expression.constant(length.toNanos()), null, null, HERE);
    }

    public static Step repeat(int times, Step... steps) {
        return new LoopStep(
                "repeat", new LoopTest.Times(Expression.constant(times)), "turn", false, false, List.of(steps), HERE);
    }

    public static Step during(Duration length, Step... steps) {
        return new LoopStep(
                "during",
                new LoopTest.For(Expression.constant(length.toNanos())),
                null,
                true,
                false,
                List.of(steps),
                HERE);
    }

    public static Step forever(Step... steps) {
        return new LoopStep("forever", new LoopTest.Always(), null, false, false, List.of(steps), HERE);
    }

    public static Step group(String name, Step... steps) {
        return new GroupStep(Expression.constant(name), List.of(steps), HERE);
    }

    public static Step doIf(Expression<Boolean> condition, Step... steps) {
        return new ConditionStep("doIf", condition, List.of(steps), List.of(), HERE);
    }

    /** A request that takes so long and ends as the outcome says; nothing is sent. */
    public static Step request(String name, Duration length, byte outcome) {
        return new TimedRequest(name, length.toNanos(), outcome);
    }

    public static Step request(String name, Duration length) {
        return request(name, length, dev.onrush.core.eventlog.RequestSample.OK);
    }
}
