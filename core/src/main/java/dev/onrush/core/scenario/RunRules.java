package dev.onrush.core.scenario;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Require;
import dev.onrush.core.engine.RunPlan.FailureLimit;

/**
 * What holds for a run as a whole.
 *
 * @param seed null: drawn when the run begins
 * @param warmUp zero: none
 * @param maxDuration null: no limit
 * @param maxRate new users per second that no profile may exceed; 0: no limit
 * @param failureLimit null: none
 * @param secrets values to be masked wherever text leaves the run
 * @param allowTargets hosts that may be connected to; empty: all
 */
public record RunRules(
        PauseType pauseType,
        @Nullable Long seed,
        Duration warmUp,
        @Nullable Duration maxDuration,
        boolean failOnUntrusted,
        double maxRate,
        @Nullable FailureLimit failureLimit,
        List<String> secrets,
        boolean keepSamples,
        List<String> allowTargets) {
    public RunRules {
        secrets = List.copyOf(secrets);
        allowTargets = List.copyOf(allowTargets);
    }

    /** Constant pauses, a random seed, and no limit. */
    public static RunRules standard() {
        return new RunRules(
                PauseType.constant(), null, Duration.ZERO, null, false, 0, null, List.of(), false, List.of());
    }

    public RunRules pauseType(PauseType type) {
        return new RunRules(
                type,
                seed,
                warmUp,
                maxDuration,
                failOnUntrusted,
                maxRate,
                failureLimit,
                secrets,
                keepSamples,
                allowTargets);
    }

    public RunRules seed(long value) {
        return new RunRules(
                pauseType,
                value,
                warmUp,
                maxDuration,
                failOnUntrusted,
                maxRate,
                failureLimit,
                secrets,
                keepSamples,
                allowTargets);
    }

    public RunRules warmUp(Duration length) {
        Require.positiveNanos("warmUp", length);
        return new RunRules(
                pauseType,
                seed,
                length,
                maxDuration,
                failOnUntrusted,
                maxRate,
                failureLimit,
                secrets,
                keepSamples,
                allowTargets);
    }

    /** The same, and every request counts. */
    public RunRules withoutWarmUp() {
        return new RunRules(
                pauseType,
                seed,
                Duration.ZERO,
                maxDuration,
                failOnUntrusted,
                maxRate,
                failureLimit,
                secrets,
                keepSamples,
                allowTargets);
    }

    public RunRules maxDuration(Duration longest) {
        Require.positiveNanos("maxDuration", longest);
        return new RunRules(
                pauseType,
                seed,
                warmUp,
                longest,
                failOnUntrusted,
                maxRate,
                failureLimit,
                secrets,
                keepSamples,
                allowTargets);
    }

    public RunRules failOnUntrusted(boolean fail) {
        return new RunRules(
                pauseType, seed, warmUp, maxDuration, fail, maxRate, failureLimit, secrets, keepSamples, allowTargets);
    }

    public RunRules maxRate(double usersPerSecond) {
        Require.notNegative("maxRate", usersPerSecond);
        return new RunRules(
                pauseType,
                seed,
                warmUp,
                maxDuration,
                failOnUntrusted,
                usersPerSecond,
                failureLimit,
                secrets,
                keepSamples,
                allowTargets);
    }

    public RunRules stopIfFailedAbove(double percent, Duration window) {
        Require.notNegative("stopIfFailedAbove: percent", percent);
        FailureLimit limit = new FailureLimit(percent, Require.positiveNanos("stopIfFailedAbove: duration", window));
        return new RunRules(
                pauseType,
                seed,
                warmUp,
                maxDuration,
                failOnUntrusted,
                maxRate,
                limit,
                secrets,
                keepSamples,
                allowTargets);
    }

    public RunRules secrets(List<String> values) {
        return new RunRules(
                pauseType,
                seed,
                warmUp,
                maxDuration,
                failOnUntrusted,
                maxRate,
                failureLimit,
                values,
                keepSamples,
                allowTargets);
    }

    public RunRules keepSamples(boolean keep) {
        return new RunRules(
                pauseType,
                seed,
                warmUp,
                maxDuration,
                failOnUntrusted,
                maxRate,
                failureLimit,
                secrets,
                keep,
                allowTargets);
    }

    public RunRules allowTargets(List<String> targets) {
        return new RunRules(
                pauseType,
                seed,
                warmUp,
                maxDuration,
                failOnUntrusted,
                maxRate,
                failureLimit,
                secrets,
                keepSamples,
                targets);
    }
}
