package authors;

import static dev.onrush.dsl.CoreDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;
import dev.onrush.core.engine.Engine;
import dev.onrush.core.engine.EngineOptions;
import dev.onrush.core.engine.RunPlan;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.setting.Settings;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.LoadedSimulation;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Simulation;

class LoadedSimulationTest {
    private static final PopulationBuilder BROWSE =
            scenario("browse").exec(pause(1)).injectOpen(atOnceUsers(1));

    static class Sound extends Simulation {
        static final List<String> CALLS = new ArrayList<>();

        {
            setUp(BROWSE).seed(7);
        }

        @Override
        public void before() {
            CALLS.add("before");
        }

        @Override
        public void after() {
            CALLS.add("after");
        }
    }

    @Test
    void offersThePlanAndTheAuthorsHooks() {
        LoadedSimulation loaded = LoadedSimulation.load(Sound.class);
        loaded.before();
        loaded.after();

        assertThat(loaded.plan().simulation()).isEqualTo("Sound");
        assertThat(loaded.plan().rules().seed()).isEqualTo(7);
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.warnings()).isEmpty();
        assertThat(Sound.CALLS).containsExactly("before", "after");
    }

    static class Forgetful extends Simulation {}

    @Test
    void tellsThatSetUpIsMissing() {
        assertThatThrownBy(() -> LoadedSimulation.load(Forgetful.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("simulation authors.LoadedSimulationTest$Forgetful: setUp was not called. Call it once in"
                        + " the constructor, as in setUp(scenario.injectOpen(atOnceUsers(1))).");
    }

    static class Twice extends Simulation {
        {
            setUp(BROWSE);
            setUp(BROWSE);
        }
    }

    @Test
    void refusesASecondSetUp() {
        assertThat(problemOf(Twice.class).toString())
                .matches("simulation authors\\.LoadedSimulationTest\\$Twice, LoadedSimulationTest\\.java:\\d+:"
                        + " setUp was called a second time \\(LoadedSimulationTest\\.java:\\d+\\), the first was"
                        + " LoadedSimulationTest\\.java:\\d+\\. Name all populations in one setUp\\.");
    }

    static class Early extends Simulation {
        {
            setUp(BROWSE, late);
        }

        static PopulationBuilder late;
    }

    @Test
    void tellsOfAPopulationUsedBeforeItWasAssigned() {
        LoadedSimulation loaded = LoadedSimulation.load(Early.class);

        assertThat(loaded.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.place()).matches("setUp, LoadedSimulationTest\\.java:\\d+");
            assertThat(problem.text())
                    .isEqualTo("population 2 is null. A field must be assigned above the place that uses it.");
        });
    }

    static class Negative extends Simulation {
        ChainBuilder wait = pause(-1);
    }

    @Test
    void tellsWhereAnArgumentWasRefused() {
        assertThat(problemOf(Negative.class).toString())
                .matches("simulation authors\\.LoadedSimulationTest\\$Negative, LoadedSimulationTest\\.java:\\d+:"
                        + " pause must not be negative, was -1 s\\.");
    }

    static class Broken extends Simulation {
        final ScenarioBuilder scenario = null;

        {
            setUp(scenario.injectOpen(atOnceUsers(1)));
        }
    }

    @Test
    void turnsWhatTheConstructorThrowsIntoOneProblem() {
        Problem problem = problemOf(Broken.class);

        assertThat(problem.place())
                .matches("simulation authors\\.LoadedSimulationTest\\$Broken, LoadedSimulationTest\\.java:\\d+");
        assertThat(problem.text())
                .startsWith("making the simulation failed with java.lang.NullPointerException: ")
                .endsWith(". Correct the line; a field must be assigned above the place that uses it.");
    }

    static class BrokenStatics extends Simulation {
        static final int USERS = Integer.parseInt("many");
    }

    @Test
    void turnsWhatAStaticInitialiserThrowsIntoOneProblem() {
        Problem problem = problemOf(BrokenStatics.class);

        assertThat(problem.text())
                .isEqualTo("making the simulation failed with java.lang.NumberFormatException: For input string:"
                        + " \"many\". Correct the line; a field must be assigned above the place that uses it.");
        assertThat(problem.place()).contains("LoadedSimulationTest.java:");
    }

    abstract static class Abstract extends Simulation {}

    static class WithParameter extends Simulation {
        WithParameter(int users) {
            setUp(scenario("s").exec(pause(1)).injectOpen(atOnceUsers(users)));
        }
    }

    @Test
    void refusesAClassThatCannotBeRun() {
        assertThat(problemOf(String.class))
                .hasToString("class java.lang.String: is not a simulation. Let it extend dev.onrush.dsl.Simulation.");
        assertThat(problemOf(Abstract.class))
                .hasToString("class authors.LoadedSimulationTest$Abstract: is abstract. Name a subclass that is not.");
        assertThat(problemOf(WithParameter.class))
                .hasToString("class authors.LoadedSimulationTest$WithParameter: has no constructor without"
                        + " parameters. Add one; an inner class must be static.");
    }

    static class Unused extends Simulation {
        static final ChainBuilder FORGOTTEN = pause(3);
        static final ChainBuilder USED = pause(4);
        private final ChainBuilder nested =
                group("cart").on(repeat(2).on(doIf("#{a}").then(USED)));
        private final ChainBuilder none = ChainBuilder.EMPTY;
        private final ScenarioBuilder idle = scenario("idle").exec(USED);
        private final ScenarioBuilder busy = scenario("busy").exec(nested);

        {
            setUp(busy.pause(1).injectOpen(atOnceUsers(1)));
        }
    }

    @Test
    void warnsOfChainsAndScenariosThatArePartOfNoPopulation() {
        assertThat(LoadedSimulation.load(Unused.class).warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "field Unused.FORGOTTEN: is part of no population."
                                + " Use it in a scenario that setUp names, or remove it.",
                        "field Unused.idle: is part of no population."
                                + " Use it in a scenario that setUp names, or remove it.");
    }

    static class WordsInBefore extends Simulation {
        {
            setUp(BROWSE);
        }

        @Override
        public void before() {
            pause(1);
        }
    }

    @Test
    void refusesWordsOnceTheRunBegins() {
        LoadedSimulation loaded = LoadedSimulation.load(WordsInBefore.class);

        assertThatThrownBy(loaded::before)
                .isInstanceOf(DefinitionException.class)
                .hasMessageMatching(
                        "pause \\(LoadedSimulationTest\\.java:\\d+\\) was called while the simulation runs, and"
                                + " builds a step\\. Build it before the run, and decide with doIf\\.");
    }

    static class ManyMistakes extends Simulation {
        {
            setUp(
                            scenario("a").injectOpen(atOnceUsers(1)),
                            scenario("a").exec(pause(1)).injectOpen(atOnceUsers(1)),
                            scenario(" ").exec(pause(1)).injectOpen(atOnceUsers(1)),
                            scenario("#{c}").exec(pause(1)).injectOpen(atOnceUsers(1)),
                            scenario("d").exec(pause("${think}")).injectOpen(atOnceUsers(1)),
                            scenario("e").exec(pause("#{")).injectOpen(atOnceUsers(1)),
                            scenario("f").exec(pause("#{nobody}")).injectOpen(atOnceUsers(1)),
                            scenario("g")
                                    .repeat(2, "#{i}")
                                    .on(pause(1))
                                    .pace(1, "#{lap}")
                                    .foreach(List.of(1), "#{x}")
                                    .on(pause(1))
                                    .injectOpen(atOnceUsers(1)),
                            scenario("h")
                                    .randomSwitch()
                                    .on(percent(70).then(pause(1)), percent(60).then(pause(1)))
                                    .injectOpen(atOnceUsers(1)),
                            scenario("i")
                                    .exec(pause(1))
                                    .injectClosed(constantConcurrentUsers(9).during(1))
                                    .maxUsers(3),
                            scenario("j").feed(csv("missing.csv")).injectOpen(atOnceUsers(1)),
                            scenario("k")
                                    .exec(pause(1))
                                    .injectOpen(constantUsersPerSec(1000).during(1)))
                    .maxDuration(5)
                    .warmUp(5)
                    .maxRate(100)
                    .assertions(
                            details("k", "nothing").responseTime().max().lt(5),
                            details("#{x}").responseTime().max().lt(5));
        }
    }

    @Test
    void findsAllMistakesAtOnceEachWithItsPlace() {
        LoadedSimulation loaded = LoadedSimulation.load(ManyMistakes.class);

        DefinitionException found = catchThrowableOfType(DefinitionException.class, () -> compile(loaded));

        List<String> mistakes = found.problems().stream()
                .map(problem -> problem.toString().replaceAll("java:\\d+", "java:0"))
                .toList();
        assertThat(mistakes)
                .containsExactly(
                        "warmUp is PT5S and maxDuration PT5S: nothing would be measured. Make the warm-up shorter or the run longer.",
                        "scenario \"a\", LoadedSimulationTest.java:0: the scenario has no steps. Give it at least one, as in exec(http(\"home\").get(\"/\")).",
                        "scenario \"a\", LoadedSimulationTest.java:0: a second scenario has this name (the first: LoadedSimulationTest.java:0). Give each scenario a name of its own.",
                        "scenario \" \", LoadedSimulationTest.java:0: a scenario needs a name. Give it one that tells what its users do.",
                        "scenario \"#{c}\", LoadedSimulationTest.java:0: the name of a scenario is fixed, and #{…} in it is not looked at. Write a plain name.",
                        "scenario \"d\" > step 1 (pause), LoadedSimulationTest.java:0: \"${think}\", position 1: ${think} is not an expression. Write #{think}, or \\${think} for the characters themselves.",
                        "scenario \"e\" > step 1 (pause), LoadedSimulationTest.java:0: \"#{\", position 1: #{ is never closed. Add the missing }, or write \\#{ for the characters themselves.",
                        "scenario \"f\" > step 1 (pause), LoadedSimulationTest.java:0: #{nobody} is read, and no step of the scenario sets it. Set it before, with feed, saveAs or exec, or correct the name.",
                        "scenario \"g\" > step 1 (repeat), LoadedSimulationTest.java:0: \"#{i}\" is a fixed name: #{ has no effect in it. Remove the expression.",
                        "scenario \"g\" > step 2 (pace), LoadedSimulationTest.java:0: \"#{lap}\" is a fixed name: #{ has no effect in it. Remove the expression.",
                        "scenario \"g\" > step 3 (foreach), LoadedSimulationTest.java:0: \"#{x}\" is a fixed name: #{ has no effect in it. Remove the expression.",
                        "scenario \"h\" > step 1 (randomSwitch), LoadedSimulationTest.java:0: the branches add up to 130.0 %. Make them at most 100 % together.",
                        "scenario \"i\", LoadedSimulationTest.java:0: the profile wants up to 9 users at once, and maxUsers is 3. Raise maxUsers or lower the profile.",
                        "scenario \"j\" > step 1 (feed), LoadedSimulationTest.java:0: missing.csv: no such file, neither on the class path nor in "
                                + System.getProperty("user.dir") + ". Correct the path.",
                        "scenario \"k\", LoadedSimulationTest.java:0: the profile asks for 1000.0 new users per second, and maxRate is 100.0. Lower the profile or raise maxRate.",
                        "assertion on \"k > nothing\", LoadedSimulationTest.java:0: no request and no group of the simulation has that path; no name is known. A path is groups, then request; a scenario is not part of it.",
                        "assertion on \"#{x}\", LoadedSimulationTest.java:0: \"#{x}\" is a fixed name: #{ has no effect in it. Remove the expression.");
    }

    private static RunPlan compile(LoadedSimulation loaded) {
        Names names = Names.withLimit(100);
        Engine engine = new Engine(EngineOptions.of(Settings.defaults(), names, thread -> {
            throw new AssertionError("nothing is run here");
        }));
        return loaded.plan().compile(engine.environment(), loaded.problems());
    }

    private static Problem problemOf(Class<?> type) {
        DefinitionException refused =
                catchThrowableOfType(DefinitionException.class, () -> LoadedSimulation.load(type));
        assertThat(refused.problems()).hasSize(1);
        return refused.problems().get(0);
    }
}
