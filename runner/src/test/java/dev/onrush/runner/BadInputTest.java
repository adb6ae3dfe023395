package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthServer;

/** What cannot run: one clear error each, exit code 1, and nothing is sent. */
class BadInputTest {
    private static Path files = Path.of("");

    private final TruthServer server = TruthServer.start();

    @TempDir
    Path folder;

    @BeforeEach
    void point() {
        files = folder;
        System.setProperty(Simulations.TARGET, server.url());
    }

    @AfterEach
    void close() {
        System.clearProperty(Simulations.TARGET);
        server.close();
    }

    static final class NoSetUp extends Simulation {}

    static final class TwoSetUps extends Simulation {
        {
            setUp(Simulations.one("one")).protocols(Simulations.target());
            setUp(Simulations.one("two"));
        }
    }

    static final class NoScenario extends Simulation {
        {
            setUp();
        }
    }

    static final class DuplicateNames extends Simulation {
        {
            setUp(Simulations.one("shop"), Simulations.one("shop")).protocols(Simulations.target());
        }
    }

    static final class EmptyName extends Simulation {
        {
            setUp(Simulations.one(" ")).protocols(Simulations.target());
        }
    }

    static final class NegativeDuration extends Simulation {
        {
            setUp(scenario("one").pause(1).injectOpen(rampUsers(5).during(-9)));
        }
    }

    static final class ZeroDuration extends Simulation {
        {
            setUp(scenario("one").pause(1).injectOpen(constantUsersPerSec(5).during(Duration.ZERO)));
        }
    }

    static final class NegativeRate extends Simulation {
        {
            setUp(scenario("one").pause(1).injectOpen(constantUsersPerSec(-5).during(1)));
        }
    }

    static final class RateNotANumber extends Simulation {
        {
            setUp(scenario("one")
                    .pause(1)
                    .injectOpen(rampUsersPerSec(1).to(Double.NaN).during(1)));
        }
    }

    static final class NegativePause extends Simulation {
        {
            setUp(scenario("one").pause(Duration.ofMillis(-1)).injectOpen(atOnceUsers(1)));
        }
    }

    private static PopulationBuilder fed(String file) {
        return scenario("fed")
                .feed(csv(files.resolve(file).toString()))
                .exec(http("home").get("/"))
                .injectOpen(atOnceUsers(1));
    }

    static final class MissingFeeder extends Simulation {
        {
            setUp(fed("none.csv")).protocols(Simulations.target());
        }
    }

    static final class FeederIsAFolder extends Simulation {
        {
            setUp(fed("folder.csv")).protocols(Simulations.target());
        }
    }

    static final class EmptyFeeder extends Simulation {
        {
            setUp(fed("empty.csv")).protocols(Simulations.target());
        }
    }

    static final class HeaderOnlyFeeder extends Simulation {
        {
            setUp(fed("header.csv")).protocols(Simulations.target());
        }
    }

    static final class RaggedFeeder extends Simulation {
        {
            setUp(fed("ragged.csv")).protocols(Simulations.target());
        }
    }

    static final class UnknownVariable extends Simulation {
        {
            setUp(scenario("one").exec(http("home").get("/#{nobodySetsThis}")).injectOpen(atOnceUsers(1)))
                    .protocols(Simulations.target());
        }
    }

    static final class UnknownFunction extends Simulation {
        {
            setUp(scenario("one").exec(http("home").get("/#{randomNothing()}")).injectOpen(atOnceUsers(1)))
                    .protocols(Simulations.target());
        }
    }

    static final class RelativeUrl extends Simulation {
        {
            setUp(scenario("one").exec(http("home").get("/home")).injectOpen(atOnceUsers(1)));
        }
    }

    static final class UnknownAssertionPath extends Simulation {
        {
            setUp(Simulations.one("one"))
                    .protocols(Simulations.target())
                    .assertions(details("hmoe").responseTime().max().lt(5));
        }
    }

    static final class NullScenario extends Simulation {
        private final PopulationBuilder first = first();

        {
            setUp(first, null).protocols(Simulations.target());
        }

        private static PopulationBuilder first() {
            return Simulations.one("one");
        }
    }

    static final class FailingConstructor extends Simulation {
        {
            Object none = System.getProperty("no.such.property");
            setUp(Simulations.one(none.toString()));
        }
    }

    static final class SeveralAtOnce extends Simulation {
        {
            setUp(
                            scenario("shop").injectOpen(atOnceUsers(1)),
                            fed("none.csv"),
                            scenario("shop")
                                    .exec(http("relative").get("/home"))
                                    .exec(http("old").get("http://127.0.0.1:9/${style}"))
                                    .injectOpen(atOnceUsers(1)))
                    .assertions(details("nothing").failedRequests().count().is(0L));
        }
    }

    @Test
    void isRefusedWithWhatWhereAndWhatToDo() throws IOException {
        Files.createDirectory(folder.resolve("folder.csv"));
        Files.createFile(folder.resolve("empty.csv"));
        Files.writeString(folder.resolve("header.csv"), "id,name\n");
        Files.writeString(folder.resolve("ragged.csv"), "id,name\n1,a\n2\n3,c\n");
        String dir = Pattern.quote(folder.toString());
        Map<Class<? extends Simulation>, String> texts = new LinkedHashMap<>();
        texts.put(
                NoSetUp.class,
                "simulation .*NoSetUp: setUp was not called\\. Call it once in the constructor, as in .*");
        texts.put(
                TwoSetUps.class,
                ".*setUp was called a second time .*BadInputTest\\.java:\\d+.* Name all populations in one setUp\\.");
        texts.put(NoScenario.class, "setUp names no population\\. Pass at least one, as in .*");
        texts.put(
                DuplicateNames.class,
                "scenario \"shop\", Simulations\\.java:\\d+: a second scenario has this name .* Give each scenario a name of its own\\.");
        texts.put(
                EmptyName.class,
                "scenario \" \", Simulations\\.java:\\d+: a scenario needs a name\\. Give it one that tells what its users do\\.");
        texts.put(
                NegativeDuration.class,
                ".*BadInputTest\\.java:\\d+: rampUsers.*duration must be positive, was -9 s\\..*");
        texts.put(
                ZeroDuration.class,
                ".*BadInputTest\\.java:\\d+: constantUsersPerSec.*duration must be positive, was PT0S\\..*");
        texts.put(
                NegativeRate.class,
                ".*BadInputTest\\.java:\\d+: constantUsersPerSec: rate must be a finite number of 0 or more, was -5\\.0\\.");
        texts.put(
                RateNotANumber.class,
                ".*BadInputTest\\.java:\\d+: rampUsersPerSec: to must be a finite number of 0 or more, was NaN\\.");
        texts.put(NegativePause.class, ".*BadInputTest\\.java:\\d+: pause must not be negative, was PT-0\\.001S\\.");
        texts.put(MissingFeeder.class, ".*BadInputTest\\.java:\\d+: .*" + dir + "/none\\.csv.*");
        texts.put(FeederIsAFolder.class, ".*BadInputTest\\.java:\\d+: .*" + dir + "/folder\\.csv.*");
        texts.put(EmptyFeeder.class, ".*BadInputTest\\.java:\\d+: .*" + dir + "/empty\\.csv.*");
        texts.put(HeaderOnlyFeeder.class, ".*BadInputTest\\.java:\\d+: .*" + dir + "/header\\.csv.*");
        texts.put(RaggedFeeder.class, ".*ragged\\.csv, line 3: 2 columns expected \\(id, name\\), 1 found\\..*");
        texts.put(
                UnknownVariable.class,
                ".*BadInputTest\\.java:\\d+: #\\{nobodySetsThis} is read, and no step of the scenario sets it\\. .*");
        texts.put(UnknownFunction.class, ".*BadInputTest\\.java:\\d+.*randomNothing.*");
        texts.put(RelativeUrl.class, ".*BadInputTest\\.java:\\d+: .*/home.*baseUrl.*");
        texts.put(UnknownAssertionPath.class, "assertion on \"hmoe\", BadInputTest\\.java:\\d+: .*home.*");
        texts.put(
                NullScenario.class,
                "setUp, BadInputTest\\.java:\\d+: population 2 is null\\. A field must be assigned above.*");
        texts.put(
                FailingConstructor.class,
                "simulation .*FailingConstructor, BadInputTest\\.java:\\d+: making the simulation failed with .*NullPointer.*");
        List<String> wrong = new ArrayList<>();
        texts.forEach((simulation, text) -> {
            RunResult result = Onrush.run(
                    simulation,
                    RunOptions.defaults().results(folder.resolve("out")).quiet());
            if (result.exitCode() != 1
                    || result.problems().size() != 1
                    || !result.problems().get(0).matches(text)) {
                wrong.add(simulation.getSimpleName() + " " + result.exitCode() + " " + result.problems());
            }
        });

        System.out.println("FIGURE bad input and G21 refused " + (texts.size() - wrong.size()) + "/" + texts.size()
                + ", requests sent " + server.ledger().arrivals());
        assertThat(wrong).isEmpty();
        assertThat(server.ledger().arrivals()).isZero();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void severalProblemsAreAllListed() {
        Told told = Told.by("--simulation", SeveralAtOnce.class.getName(), "--results", folder.toString());

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.errLines()).allSatisfy(line -> assertThat(line).startsWith("onrush: "));
        assertThat(told.err())
                .contains("scenario \"shop\"", "none.csv", "/home", "${style}", "assertion on \"nothing\"");
        assertThat(told.errLines()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void aResultsFolderThatCannotBeWrittenIsRefusedBeforeTheRun() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        String tooLong = "x".repeat(300);
        List<Path> unusable = List.of(
                file,
                file.resolve("below"),
                Path.of("/proc/onrush"),
                Path.of("/sys/onrush"),
                folder.resolve(tooLong),
                Path.of("/dev/null/results"));
        int refused = 0;
        for (Path results : unusable) {
            Told told = Told.by("--simulation", Simulations.One.class.getName(), "--results", results.toString());
            assertThat(told.errLines())
                    .as(results.toString())
                    .singleElement()
                    .asString()
                    .matches(
                            "onrush: results folder " + Pattern.quote(results.toString())
                                    + ": cannot be written \\(.+\\)\\. Choose another with --results DIR or -Donrush\\.results=DIR\\.");
            assertThat(told.exitCode()).isEqualTo(1);
            refused++;
        }
        System.setProperty("onrush.results", "nul\u0000name");
        try {
            Told told = Told.by("--simulation", Simulations.One.class.getName());
            assertThat(told.err()).startsWith("onrush: results folder nul\\u0000name: cannot be written");
            assertThat(told.exitCode()).isEqualTo(1);
        } finally {
            System.clearProperty("onrush.results");
        }

        System.out.println("FIGURE G38 unusable results folders refused " + (refused + 1) + "/7, requests sent "
                + server.ledger().arrivals());
        assertThat(server.ledger().arrivals()).isZero();
    }

    @Test
    void aWrongSettingIsRefused() {
        System.setProperty("onrush.grace", "soon");
        try {
            assertThat(Told.by("--simulation", Simulations.One.class.getName(), "--results", folder.toString())
                            .errLines())
                    .containsExactly(
                            "onrush: setting onrush.grace (system property): a duration such as 250ms, 10s, 5m or 1h"
                                    + " is expected, was \"soon\".");
        } finally {
            System.clearProperty("onrush.grace");
        }
    }
}
