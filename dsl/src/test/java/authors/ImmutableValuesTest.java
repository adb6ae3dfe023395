package authors;

import static authors.WordRun.request;
import static dev.onrush.dsl.CoreDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.OpenInjectionStep;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.ScenarioBuilder;

/** Each call gives a new value: what it was called on stays what it was. */
class ImmutableValuesTest {
    @Test
    void chainsStayWhatTheyWere() {
        ChainBuilder one = request("a").toChainBuilder();
        assertThat(one.exec(request("b"))).isNotSameAs(one);
        assertThat(one.pause(1)
                        .repeat(2)
                        .on(one)
                        .group("g")
                        .on(one)
                        .doIf("true")
                        .then(one))
                .isNotSameAs(one);

        assertThat(WordRun.of(one).paths()).containsExactly("a");
        assertThat(WordRun.of(one.exec(request("b"))).paths()).containsExactly("a", "b");
    }

    @Test
    void halfwayValuesMayBeUsedTwice() {
        var twice = repeat(2);
        var condition = doIfOrElse("true").then(request("yes"));
        var draw = randomSwitch();

        assertThat(WordRun.of(twice.on(request("a"))).paths()).containsExactly("a", "a");
        assertThat(WordRun.of(twice.on(request("b"))).paths()).containsExactly("b", "b");
        assertThat(WordRun.of(condition.orElse(request("n"))).paths()).containsExactly("yes");
        assertThat(WordRun.of(condition.orElse(request("m"))).paths()).containsExactly("yes");
        assertThat(WordRun.of(draw.on(percent(100).then(request("x")))).paths()).containsExactly("x");
        assertThat(WordRun.of(draw.on(percent(100).then(request("y")))).paths()).containsExactly("y");
    }

    @Test
    void scenariosStayWhatTheyWere() {
        ScenarioBuilder base = scenario("s").exec(request("a"));
        ScenarioBuilder longer = base.exec(request("b"));

        assertThat(WordRun.of(base.injectOpen(atOnceUsers(1))).paths()).containsExactly("a");
        assertThat(WordRun.of(longer.injectOpen(atOnceUsers(1))).paths()).containsExactly("a", "b");
    }

    @Test
    void populationsStayWhatTheyWere() {
        PopulationBuilder base = scenario("s").exec(pause(1), request("a")).injectOpen(atOnceUsers(3));
        PopulationBuilder capped = base.maxUsers(1).disablePauses();

        assertThat(WordRun.of(base).intendedMillis()).containsExactly(1000L, 1000L, 1000L);
        assertThat(WordRun.of(capped).intendedMillis()).containsOnly(0L);
    }

    @Test
    void injectionStepsStayWhatTheyWere() {
        var even = constantUsersPerSec(2).during(2);
        var stairs = incrementUsersPerSec(1).times(2).eachLevelLasting(1);
        assertThat(List.of(even.randomized(), even.poisson(), stairs.startingFrom(5)))
                .doesNotContain(even, stairs);
        assertThat(stairs.separatedByRampsLasting(Duration.ofSeconds(9))).isNotSameAs(stairs);

        assertThat(starts(even)).containsExactly(0L, 500L, 1000L, 1500L);
        assertThat(starts(stairs)).containsExactly(1000L);
    }

    @Test
    void closedStaircasesStayWhatTheyWere() {
        var stairs = incrementConcurrentUsers(1).times(2).eachLevelLasting(1).startingFrom(1);
        assertThat(stairs.startingFrom(7)).isNotSameAs(stairs);

        assertThat(WordRun.of(scenario("s").exec(request("a"), pause(9)).injectClosed(stairs))
                        .intendedMillis())
                .containsExactly(0L, 1000L);
    }

    @Test
    void whatIsPassedInIsCopied() {
        List<ChainBuilder> chains = new ArrayList<>(List.of(request("a").toChainBuilder()));
        List<String> elements = new ArrayList<>(List.of("one"));
        Map<String, Object> record = new HashMap<>(Map.of("x", 1));
        List<Object> seen = new ArrayList<>();
        ChainBuilder chain = exec(chains)
                .foreach(elements, "e")
                .on(request("element"))
                .feed(listFeeder(List.of(record)))
                .exec(session -> {
                    seen.add(session.get("x"));
                    return session;
                });

        chains.clear();
        elements.add("two");
        record.put("x", 2);

        assertThat(WordRun.of(chain).paths()).containsExactly("a", "element");
        assertThat(seen).containsExactly(1);
    }

    private static List<Long> starts(OpenInjectionStep step) {
        return WordRun.of(scenario("s").exec(request("start")).injectOpen(step)).intendedMillis();
    }
}
