package dev.onrush.core.scenario;

import static dev.onrush.core.engine.TestRun.HERE;
import static dev.onrush.core.engine.TestRun.closed;
import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.group;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.onrush.core.CallSite;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;
import dev.onrush.core.engine.RunPlan;
import dev.onrush.core.engine.RunPlan.KnownRequest;
import dev.onrush.core.engine.TestRun;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.ConstantConcurrent;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.injection.NothingFor;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

class LoadPlanTest {
    private final TestRun run = new TestRun();

    @Test
    void reportsAllMistakesAtOnceEachWithItsPlace() {
        run.rules(RunRules.standard()
                .warmUp(ofSeconds(10))
                .maxDuration(ofSeconds(10))
                .maxRate(5));
        Step toss = new RandomSwitchStep(
                "randomSwitch",
                List.of(
                        new RandomSwitchStep.Branch(60, List.of(exec(s -> s))),
                        new RandomSwitchStep.Branch(50, List.of(new Broken("inner")))),
                List.of(),
                new CallSite("Shop.java", 50));

        assertThatThrownBy(() -> run.plan(
                        users(
                                "shop",
                                open(new ConstantRate(6, ofSeconds(10))),
                                new Broken("first"),
                                group("basket", toss)),
                        users("shop", closed(new ConstantConcurrent(3, ofSeconds(1))))
                                .maxUsers(2)))
                .isInstanceOfSatisfying(
                        DefinitionException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        new Problem(
                                                "",
                                                "warmUp is PT10S and maxDuration PT10S: nothing would be measured. Make the warm-up shorter or the run longer."),
                                        new Problem(
                                                "scenario \"shop\", Shop.java:41",
                                                "the profile asks for 6.0 new users per second, and maxRate is 5.0. Lower the profile or raise maxRate."),
                                        new Problem(
                                                "scenario \"shop\" > step 1 (broken), Shop.java:41",
                                                "first is broken."),
                                        new Problem(
                                                "scenario \"shop\" > group \"basket\" > randomSwitch > step 1 (broken), Shop.java:41",
                                                "inner is broken."),
                                        new Problem(
                                                "scenario \"shop\" > group \"basket\" > step 1 (randomSwitch), Shop.java:50",
                                                "the branches add up to 110.0 %. Make them at most 100 % together."),
                                        new Problem(
                                                "scenario \"shop\", Shop.java:41",
                                                "a second scenario has this name (the first: Shop.java:41). Give each scenario a name of its own."),
                                        new Problem(
                                                "scenario \"shop\", Shop.java:41",
                                                "the scenario has no steps. Give it at least one, as in exec(http(\"home\").get(\"/\"))."),
                                        new Problem(
                                                "scenario \"shop\", Shop.java:41",
                                                "the profile wants up to 3 users at once, and maxUsers is 2. Raise maxUsers or lower the profile.")));
    }

    @Test
    void refusesAPlanWithoutPopulations() {
        assertThatThrownBy(run::plan)
                .hasMessage(
                        "setUp names no population. Pass at least one, as in setUp(scenario.injectOpen(atOnceUsers(1))).");
    }

    @Test
    void refusesAnAttributeThatNobodySets() {
        assertThatThrownBy(() -> run.plan(users(
                        "shop",
                        open(new AtOnceUsers(1)),
                        new PauseStep(reading("think"), null, null, HERE),
                        repeat(2, new PauseStep(reading("turn"), null, null, HERE)))))
                .hasMessage(
                        "scenario \"shop\" > step 1 (pause), Shop.java:41: #{think} is read, and no step of the scenario sets it."
                                + " Set it before, with feed, saveAs or exec, or correct the name.");
    }

    @Test
    void letsAnAttributePassThatAFunctionMaySet() {
        RunPlan plan = run.plan(users(
                "shop",
                open(new AtOnceUsers(1)),
                exec(s -> s.set("think", 5L)),
                new PauseStep(reading("think"), null, null, HERE)));

        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void warnsOfAProfileThatStartsNobody() {
        RunPlan nobody = run.plan(users("shop", open(new ConstantRate(0, ofSeconds(5))), request("home", ofMillis(1))));
        RunPlan waiting = run.plan(users("shop", open(new NothingFor(ofSeconds(1))), request("home", ofMillis(1))));
        RunPlan one = run.plan(users("shop", open(new AtOnceUsers(1)), request("home", ofMillis(1))));

        assertThat(nobody.warnings())
                .containsExactly("scenario \"shop\": its profile starts no user (0 users/s for 5 s).");
        assertThat(waiting.warnings())
                .containsExactly("scenario \"shop\": its profile starts no user (nobody for 1 s).");
        assertThat(one.warnings()).isEmpty();
    }

    @Test
    void listsItsRequestsInOrder() {
        RunPlan plan = run.plan(users(
                "shop",
                open(new AtOnceUsers(7)),
                request("home", ofMillis(1)),
                group("basket", request("add", ofMillis(1)), group("pay", request("card", ofMillis(1)))),
                pause(ofSeconds(1))));

        assertThat(plan.requests())
                .containsExactly(
                        new KnownRequest(List.of(), "home"),
                        new KnownRequest(List.of("basket"), "add"),
                        new KnownRequest(List.of("basket", "pay"), "card"));
        assertThat(plan.groups()).containsExactly(List.of("basket"), List.of("basket", "pay"));
        assertThat(plan.allNamesFixed()).isTrue();
        assertThat(plan.expectedUsers()).isEqualTo(Optional.of(7L));
    }

    @Test
    void describesItselfInWords() {
        RunPlan plan = run.plan(
                users("shop", open(new ConstantRate(2, ofSeconds(10))), pause(ofSeconds(1)))
                        .maxUsers(4),
                users("admin", closed(new ConstantConcurrent(3, ofSeconds(5))), pause(ofSeconds(1))));

        assertThat(plan.expectedUsers()).isEmpty();
        assertThat(plan.describe().get(0)).startsWith("shop: ").endsWith(" (20 users, at most 4 at once)");
        assertThat(plan.describe().get(1)).startsWith("admin: ").endsWith(" (at most 3 at once)");
        assertThat(plan.describe().get(2)).startsWith("admin: In a closed model");
    }

    private static Expression<Long> reading(String attribute) {
        return new Expression<>() {
            @Override
            public Long evaluate(UserSession session) {
                return (Long) session.get(attribute);
            }

            @Override
            public Set<String> attributes() {
                return Set.of(attribute);
            }
        };
    }

    private record Broken(String name) implements Step {
        @Override
        public dev.onrush.core.engine.Action compile(Compilation compilation, dev.onrush.core.engine.Action next) {
            compilation.problem(name + " is broken.");
            return next;
        }

        @Override
        public String word() {
            return "broken";
        }

        @Override
        public CallSite site() {
            return HERE;
        }
    }
}
