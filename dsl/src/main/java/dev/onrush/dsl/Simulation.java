package dev.onrush.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.scenario.RunRules;

/**
 * One runnable load test: scenarios, injection, assertions. A subclass says in its constructor or an initialiser what to run,
 * with {@link #setUp} once.
 */
public abstract class Simulation {
    private @Nullable SetUp setUp;

    protected Simulation() {}

    /** Runs once, after the simulation was made and before any user. An exception in it ends the run before it begins. */
    public void before() {}

    /** Runs once, after the last user has ended and before the report; also when the run was stopped or crashed. */
    public void after() {}

    /** Says which populations run, side by side. Exactly once, in the constructor or an initialiser. */
    public final SetUp setUp(PopulationBuilder... populations) {
        return setUp(Arrays.asList(Require.notNull("setUp: populations", populations)));
    }

    /** As {@link #setUp(PopulationBuilder...)}. */
    public final SetUp setUp(List<PopulationBuilder> populations) {
        CallSite site = CallSite.of("setUp");
        SetUp first = setUp;
        if (first != null) {
            throw new DefinitionException("setUp was called a second time (" + site + "), the first was " + first.site
                    + ". Name all populations in one setUp.");
        }
        SetUp only = new SetUp(site, Require.notNull("setUp: populations", populations));
        setUp = only;
        return only;
    }

    final @Nullable SetUp setUp() {
        return setUp;
    }

    /** What holds for the whole run. Unlike the other values of the DSL it is changed by its words. */
    public static final class SetUp implements PauseWords<SetUp> {
        private final CallSite site;
        /** An element is null if its field was read before it was assigned. */
        private final List<@Nullable PopulationBuilder> populations;

        private final Map<String, Protocol> protocols = new LinkedHashMap<>();
        private final List<dev.onrush.core.assertion.Assertion> assertions = new ArrayList<>();
        private RunRules rules = RunRules.standard();

        private SetUp(CallSite site, List<? extends @Nullable PopulationBuilder> populations) {
            this.site = site;
            this.populations = new ArrayList<>(populations);
        }

        CallSite site() {
            return site;
        }

        List<@Nullable PopulationBuilder> populations() {
            return populations;
        }

        List<Protocol> protocols() {
            return List.copyOf(protocols.values());
        }

        List<dev.onrush.core.assertion.Assertion> assertions() {
            return List.copyOf(assertions);
        }

        RunRules rules() {
            return rules;
        }

        /** For all populations; one of a kind, a later one replaces the earlier, and a population's own wins. */
        public SetUp protocols(ProtocolBuilder... all) {
            return protocols(Arrays.asList(Require.notNull("protocols", all)));
        }

        /** As {@link #protocols(ProtocolBuilder...)}. */
        public SetUp protocols(List<? extends ProtocolBuilder> all) {
            CallSite.of("protocols");
            Arguments.protocols(all).forEach(protocol -> protocols.put(protocol.kind(), protocol));
            return this;
        }

        /** Tests of the whole run's statistics. */
        public SetUp assertions(Assertion... all) {
            return assertions(Arrays.asList(Require.notNull("assertions", all)));
        }

        /** As {@link #assertions(Assertion...)}. */
        public SetUp assertions(List<Assertion> all) {
            CallSite.of("assertions");
            Arguments.all("assertions: assertion", all).forEach(assertion -> assertions.add(assertion.definition()));
            return this;
        }

        /** The run stops after so many seconds; requests in flight then are in no statistic. */
        public SetUp maxDuration(long seconds) {
            return maxDuration(Require.positiveSeconds("maxDuration", seconds));
        }

        public SetUp maxDuration(Duration duration) {
            return with(rules.maxDuration(duration));
        }

        /** Caps the requests per second of all populations together. When the throttle is over, so is the run. */
        public SetUp throttle(ThrottleStep... steps) {
            return throttle(Arrays.asList(Require.notNull("throttle: steps", steps)));
        }

        /** As {@link #throttle(ThrottleStep...)}. */
        public SetUp throttle(List<ThrottleStep> steps) {
            return with(rules.throttle(Arguments.throttle(steps)));
        }

        @Override
        public SetUp pauses(PauseType type) {
            return with(rules.pauseType(PauseType.given(type)));
        }

        /** One seed for everything random in the run; by default a random one. */
        public SetUp seed(long value) {
            return with(rules.seed(value));
        }

        /** Requests and groups that were to start in the first so many seconds are left out of statistics and assertions. */
        public SetUp warmUp(long seconds) {
            return warmUp(Require.positiveSeconds("warmUp", seconds));
        }

        public SetUp warmUp(Duration duration) {
            return with(rules.warmUp(duration));
        }

        /** Exit code 4 if the generator itself cannot be trusted in this run. */
        public SetUp failOnUntrusted() {
            return with(rules.failOnUntrusted(true));
        }

        /** No profile may ask for more new users per second: a guard against typing errors. */
        public SetUp maxRate(double usersPerSecond) {
            return with(rules.maxRate(Arguments.limit("maxRate", usersPerSecond)));
        }

        /** The run stops with exit code 3 when more than that share of the requests of such a span failed. */
        public SetUp stopIfFailedAbove(double percent, long spanSeconds) {
            return stopIfFailedAbove(percent, Require.positiveSeconds("stopIfFailedAbove: duration", spanSeconds));
        }

        public SetUp stopIfFailedAbove(double percent, Duration span) {
            return with(rules.stopIfFailedAbove(Arguments.percent("stopIfFailedAbove: percent", percent), span));
        }

        /** Values masked wherever text leaves the run. */
        public SetUp secret(String... values) {
            return with(rules.secrets(Arguments.joined(rules.secrets(), "secret", values)));
        }

        /** Keeps up to five failed exchanges per error class and name. */
        public SetUp keepSamples() {
            return with(rules.keepSamples(true));
        }

        /** Host names, {@code *.} patterns or address ranges; a connection to anything else is refused. */
        public SetUp allowTargets(String... hosts) {
            return with(rules.allowTargets(Arguments.joined(rules.allowTargets(), "allowTargets", hosts)));
        }

        private SetUp with(RunRules changed) {
            rules = changed;
            return this;
        }
    }
}
