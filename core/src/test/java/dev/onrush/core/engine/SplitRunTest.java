package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.HERE;
import static dev.onrush.core.engine.TestRun.closed;
import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.injection.ArrivalProcess;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.ClosedStep;
import dev.onrush.core.injection.ConstantConcurrent;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.injection.NothingFor;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.injection.RampConcurrent;
import dev.onrush.core.injection.RampRate;
import dev.onrush.core.injection.RampUsers;
import dev.onrush.core.injection.StaircaseRate;
import dev.onrush.core.injection.StressPeakUsers;
import dev.onrush.core.injection.ThrottleProfile;
import dev.onrush.core.injection.ThrottleStep;
import dev.onrush.core.scenario.LoadPlan;
import dev.onrush.core.scenario.Population;
import dev.onrush.core.scenario.RendezVousStep;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.ManualClock;

/** Generators that have a part of a run each make, together, the run that one would make. */
class SplitRunTest {
    /** One generator's part. */
    private record Part(Recorded recorded, List<PopulationProgress> populations) {}

    private static Part part(int index, int of, RunRules rules, Population... populations) {
        TestRun run = new TestRun(new ManualClock(), Settings.of(Map.of(Setting.SEGMENT, index + "/" + of)));
        run.rules(rules);
        return new Part(run.recorded, run.run(populations).populations());
    }

    private static List<Part> split(int of, RunRules rules, Population... populations) {
        return IntStream.range(0, of)
                .mapToObj(index -> part(index, of, rules, populations))
                .toList();
    }

    private static List<Recorded.Start> starts(List<Part> parts) {
        return parts.stream()
                .flatMap(part -> part.recorded().starts.stream())
                .sorted(Comparator.comparingLong(Recorded.Start::intendedNanos)
                        .thenComparingLong(Recorded.Start::userId))
                .toList();
    }

    private static List<Long> instants(List<Part> parts) {
        return starts(parts).stream().map(Recorded.Start::intendedNanos).toList();
    }

    private static List<Recorded.Start> whole(RunRules rules, Population... populations) {
        return starts(split(1, rules, populations));
    }

    static Stream<OpenProfile> openProfiles() {
        return Stream.of(
                open(new AtOnceUsers(10), new NothingFor(ofSeconds(3)), new AtOnceUsers(1)),
                open(new RampUsers(17, ofSeconds(9))),
                open(new ConstantRate(7.3, ofSeconds(10))),
                open(new RampRate(0, 9, ofSeconds(10)), new ConstantRate(9, ofMillis(2345))),
                open(new StaircaseRate(2, 4, ofSeconds(3), 1, ofSeconds(1))),
                open(new StressPeakUsers(50, ofSeconds(10))),
                open(new ConstantRate(8, ofSeconds(10), ArrivalProcess.RANDOMIZED)),
                open(new RampRate(1, 12, ofSeconds(10), ArrivalProcess.POISSON), new AtOnceUsers(3)));
    }

    @ParameterizedTest
    @MethodSource("openProfiles")
    void everyOpenProfileIsSharedOutUserByUser(OpenProfile profile) {
        Population[] both = {
            users("first", profile, exec(s -> s)), users("second", open(new AtOnceUsers(4)), exec(s -> s))
        };
        List<Part> parts = split(3, RunRules.standard(), both);

        assertThat(starts(parts)).isEqualTo(whole(RunRules.standard(), both)).hasSizeGreaterThan(10);
        for (int index = 0; index < 3; index++) {
            int mine = index;
            assertThat(parts.get(index).recorded().starts)
                    .isNotEmpty()
                    .allMatch(start -> (start.userId() - 1) / 2 % 3 == mine);
            assertThat(parts.get(index).populations())
                    .allMatch(each -> each.scheduled() == each.started() && each.started() == each.finished());
        }
    }

    static Stream<ClosedProfile> closedProfiles() {
        return Stream.of(
                closed(new ConstantConcurrent(7, ofSeconds(5))),
                closed(new RampConcurrent(0, 10, ofSeconds(10))),
                closed(new RampConcurrent(2, 5, ofSeconds(3)), new ConstantConcurrent(9, ofSeconds(3))),
                closed(ClosedProfile.staircase(3, 3, ofSeconds(2), 1, ofSeconds(1))
                        .toArray(ClosedStep[]::new)),
                closed(ClosedProfile.staircase(2, 3, ofSeconds(2), 0, ZERO).toArray(ClosedStep[]::new)));
    }

    @ParameterizedTest
    @MethodSource("closedProfiles")
    void everyClosedProfileIsSharedOutUserByUser(ClosedProfile profile) {
        Population population = users("closed", profile, pause(ofMillis(900)));
        List<Part> parts = split(3, RunRules.standard(), population);

        assertThat(instants(parts))
                .isEqualTo(whole(RunRules.standard(), population).stream()
                        .map(Recorded.Start::intendedNanos)
                        .toList());
        assertThat(starts(parts)).extracting(Recorded.Start::userId).doesNotHaveDuplicates();
    }

    @Test
    void aFallingTargetIsKeptToByAllTogether() {
        ClosedProfile profile =
                closed(new ConstantConcurrent(10, ofSeconds(5)), new RampConcurrent(10, 2, ofSeconds(8)));
        List<Part> parts = split(3, RunRules.standard(), users("closed", profile, pause(ofMillis(900))));

        TreeMap<Long, Integer> changes = new TreeMap<>();
        parts.forEach(part -> {
            part.recorded().starts.forEach(start -> changes.merge(start.actualNanos(), 1, Integer::sum));
            part.recorded().ends.forEach(end -> changes.merge(end.atNanos(), -1, Integer::sum));
        });
        int present = 0;
        int most = 0;
        for (Map.Entry<Long, Integer> change : changes.entrySet()) {
            present += change.getValue();
            most = Math.max(most, present);
            assertThat(present).as("at %d", change.getKey()).isGreaterThanOrEqualTo(profile.target(change.getKey()));
        }
        assertThat(most).isEqualTo(10);
        assertThat(present).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void capsAddUpToTheWhole(int segments) {
        List<Part> parts = split(
                segments,
                RunRules.standard(),
                users("capped", open(new AtOnceUsers(20)), pause(ofSeconds(1))).maxUsers(8));

        assertThat(parts.stream()
                        .mapToLong(part -> part.populations().get(0).started())
                        .sum())
                .isEqualTo(8);
        assertThat(parts.stream()
                        .mapToLong(part -> part.populations().get(0).droppedAtCap())
                        .sum())
                .isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void aThrottleIsSharedOutSlotBySlot(int segments) {
        RunRules throttled = RunRules.standard()
                .throttle(new ThrottleProfile(
                        List.of(new ThrottleStep.Reach(10, ofSeconds(2)), new ThrottleStep.Hold(ofSeconds(3)))));
        Population many = users("many", open(new AtOnceUsers(100)), request("home", ofMillis(10)));

        List<Long> together = split(segments, throttled, many).stream()
                .flatMap(part -> part.recorded().requests.stream())
                .filter(each -> each.outcome() == RequestSample.OK)
                .map(Recorded.Request::intendedNanos)
                .sorted()
                .toList();

        List<Long> alone = part(0, 1, throttled, many).recorded().requests.stream()
                .filter(each -> each.outcome() == RequestSample.OK)
                .map(Recorded.Request::intendedNanos)
                .toList();
        assertThat(together).isEqualTo(alone).hasSizeGreaterThan(38);
    }

    @Test
    void aUserDrawsTheSameWhereverItRuns() {
        Map<Long, Integer> alone = new TreeMap<>();
        part(0, 1, RunRules.standard(), drawing(alone));
        Map<Long, Integer> together = new TreeMap<>();
        split(4, RunRules.standard(), drawing(together));

        assertThat(together).isEqualTo(alone).hasSize(30);
    }

    private static Population drawing(Map<Long, Integer> drawn) {
        return users("drawing", open(new AtOnceUsers(30)), exec(session -> {
            drawn.put(session.identity().userId(), session.identity().random().nextInt());
            return session;
        }));
    }

    @Test
    void aPopulationThatIsNotCutRunsWholeOnEachGeneratorAndItsUsersHaveIdsOfTheirOwn() {
        List<Part> parts = split(
                3,
                RunRules.standard(),
                users("cut", open(new AtOnceUsers(7)), exec(s -> s)),
                users("whole", open(new AtOnceUsers(5)), pause(ofSeconds(1)))
                        .maxUsers(4)
                        .whole(),
                users("closed", closed(new ConstantConcurrent(4, ofSeconds(1))), pause(ofSeconds(1)))
                        .whole());

        assertThat(parts).allSatisfy(part -> {
            assertThat(part.populations().get(1).started()).isEqualTo(4);
            assertThat(part.populations().get(1).droppedAtCap()).isEqualTo(1);
            assertThat(part.populations().get(2).started()).isEqualTo(4);
        });
        assertThat(starts(parts))
                .extracting(Recorded.Start::userId)
                .hasSize(7 + 3 * 4 + 3 * 4)
                .doesNotHaveDuplicates();
    }

    @Test
    void aRendezVousIsOfTheUsersOfOneGenerator() {
        Population meeting =
                users("meeting", open(new RampUsers(6, ofSeconds(6))), new RendezVousStep(2, Long.MAX_VALUE, HERE));

        assertThat(split(3, RunRules.standard(), meeting))
                .allSatisfy(
                        part -> assertThat(part.populations().get(0).finished()).isEqualTo(2));
        Population tooMany =
                users("meeting", open(new RampUsers(6, ofSeconds(6))), new RendezVousStep(3, Long.MAX_VALUE, HERE));
        assertThatThrownBy(() -> part(0, 3, RunRules.standard(), tooMany))
                .hasMessageContaining("it waits for 3 users, and at most 2 of this scenario are there at once");
    }

    @Test
    void generatorsWithoutACommonSeedAreRefused() {
        List<String> problems = new ArrayList<>();
        for (Map<Setting, String> settings :
                List.of(Map.of(Setting.SEGMENT, "1/3"), Map.of(Setting.SEGMENT, "1/3", Setting.SEED, "-7"))) {
            TestRun run = new TestRun(new ManualClock(), Settings.of(settings));
            try {
                RunPlan plan = new LoadPlan(
                                "Shop",
                                List.of(users("a", open(new AtOnceUsers(1)), exec(s -> s))),
                                List.of(),
                                List.of(),
                                RunRules.standard())
                        .compile(run.engine.environment());
                problems.add(plan.seed() + " " + plan.warnings());
            } catch (DefinitionException e) {
                problems.add(e.getMessage());
            }
        }

        assertThat(problems)
                .containsExactly(
                        "setting onrush.segment: is 1/3, and generators that share a run need one seed, or each would draw its own."
                                + " Give all of them the same with -Donrush.seed=N, or put .seed(N) behind setUp.",
                        "-7 [This generator has part 1/3 of the run (onrush.segment): one user in 3,"
                                + " and its share of all limits. Its report and its assertions tell of this part alone.]");
    }
}
