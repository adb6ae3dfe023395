package dev.onrush.core.scenario;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Require;
import dev.onrush.core.engine.RunPlan.FailureLimit;
import dev.onrush.core.injection.ThrottleProfile;

/** What holds for a run as a whole. An immutable value: each change gives a new one. */
public final class RunRules {
    private static final RunRules STANDARD = new RunRules();

    /** The parts, changed only in a copy that nobody else has seen yet. */
    private PauseType pauseType = PauseType.constant();

    private @Nullable Long seed;
    private Duration warmUp = Duration.ZERO;
    private @Nullable Duration maxDuration;
    private boolean failOnUntrusted;
    private double maxRate;
    private @Nullable FailureLimit failureLimit;
    private List<String> secrets = List.of();
    private boolean keepSamples;
    private List<String> allowTargets = List.of();
    private @Nullable ThrottleProfile throttle;
    private boolean trial;

    private RunRules() {}

    private RunRules(RunRules other) {
        pauseType = other.pauseType;
        seed = other.seed;
        warmUp = other.warmUp;
        maxDuration = other.maxDuration;
        failOnUntrusted = other.failOnUntrusted;
        maxRate = other.maxRate;
        failureLimit = other.failureLimit;
        secrets = other.secrets;
        keepSamples = other.keepSamples;
        allowTargets = other.allowTargets;
        throttle = other.throttle;
        trial = other.trial;
    }

    /** Constant pauses, a random seed, and no limit. */
    public static RunRules standard() {
        return STANDARD;
    }

    public PauseType pauseType() {
        return pauseType;
    }

    /** Null: drawn when the run begins. */
    public @Nullable Long seed() {
        return seed;
    }

    /** Zero: none. */
    public Duration warmUp() {
        return warmUp;
    }

    /** Null: no limit. */
    public @Nullable Duration maxDuration() {
        return maxDuration;
    }

    public boolean failOnUntrusted() {
        return failOnUntrusted;
    }

    /** New users per second that no profile may exceed; 0: no limit. */
    public double maxRate() {
        return maxRate;
    }

    /** Null: none. */
    public @Nullable FailureLimit failureLimit() {
        return failureLimit;
    }

    /** Values to be masked wherever text leaves the run. */
    public List<String> secrets() {
        return secrets;
    }

    public boolean keepSamples() {
        return keepSamples;
    }

    /** Hosts that may be connected to; empty: all. */
    public List<String> allowTargets() {
        return allowTargets;
    }

    /** Caps the requests of all populations together; null: nothing does. */
    public @Nullable ThrottleProfile throttle() {
        return throttle;
    }

    /** Whether one user of each scenario is to show what it does. */
    public boolean isTrial() {
        return trial;
    }

    public RunRules pauseType(PauseType type) {
        return with(rules -> rules.pauseType = type);
    }

    public RunRules seed(long value) {
        return with(rules -> rules.seed = value);
    }

    public RunRules warmUp(Duration length) {
        Require.positiveNanos("warmUp", length);
        return with(rules -> rules.warmUp = length);
    }

    public RunRules withoutWarmUp() {
        return with(rules -> rules.warmUp = Duration.ZERO);
    }

    public RunRules maxDuration(Duration longest) {
        Require.positiveNanos("maxDuration", longest);
        return with(rules -> rules.maxDuration = longest);
    }

    public RunRules failOnUntrusted(boolean fail) {
        return with(rules -> rules.failOnUntrusted = fail);
    }

    public RunRules maxRate(double usersPerSecond) {
        Require.notNegative("maxRate", usersPerSecond);
        return with(rules -> rules.maxRate = usersPerSecond);
    }

    public RunRules stopIfFailedAbove(double percent, Duration window) {
        Require.notNegative("stopIfFailedAbove: percent", percent);
        FailureLimit limit = new FailureLimit(percent, Require.positiveNanos("stopIfFailedAbove: duration", window));
        return with(rules -> rules.failureLimit = limit);
    }

    public RunRules secrets(List<String> values) {
        return with(rules -> rules.secrets = List.copyOf(values));
    }

    public RunRules keepSamples(boolean keep) {
        return with(rules -> rules.keepSamples = keep);
    }

    public RunRules allowTargets(List<String> targets) {
        return with(rules -> rules.allowTargets = List.copyOf(targets));
    }

    public RunRules throttle(ThrottleProfile cap) {
        return with(rules -> rules.throttle = cap);
    }

    /** For {@link Population#asTrial}: nothing is held back. */
    public RunRules asTrial() {
        return with(rules -> {
            rules.trial = true;
            rules.throttle = null;
        });
    }

    private RunRules with(Consumer<RunRules> change) {
        RunRules changed = new RunRules(this);
        change.accept(changed);
        return changed;
    }
}
