package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Choice;
import dev.onrush.dsl.PauseType;
import dev.onrush.dsl.Session;
import dev.onrush.dsl.StructureBuilder.On;

/** Each way to say a time, a number, a list or a condition, with requests to a real server behind it. */
@Timeout(30)
class OverloadWordsTest {
    private static final Duration TEN = Duration.ofMillis(10);
    private static final Duration TENTH = Duration.ofMillis(100);
    private static final Function<Session, Duration> TEN_TOO = session -> TEN;

    /** What one user asks for. */
    private static List<Trial.Request> requests(ChainBuilder chain) {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(target, exec(session -> session.set("ten", TEN)), chain);

            assertThat(trial.failures()).isEmpty();
            return trial.requests;
        }
    }

    private static List<String> targets(ChainBuilder... chains) {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(target, exec(List.of(chains)));

            assertThat(trial.failures()).isEmpty();
            return target.targets();
        }
    }

    private static ChainBuilder get(String path) {
        return exec(http("x").get(path));
    }

    /** How long after the end of the request before each of them was due, in microseconds. */
    private static List<Long> waits(List<ChainBuilder> pauses) {
        ChainBuilder chain = get("/");
        for (ChainBuilder pause : pauses) {
            chain = chain.exec(pause).exec(get("/"));
        }
        List<Trial.Request> requests = requests(chain);
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i < requests.size(); i++) {
            waits.add(requests.get(i).intended() - requests.get(i - 1).end());
        }
        return waits;
    }

    @Test
    void pauses() {
        PauseType same = constantPauses;

        assertThat(waits(List.of(pause(0), pause(0, same), pause(0, 0), pause(0, 0, same))))
                .containsOnly(0L);
        assertThat(waits(List.of(
                        pause(TEN),
                        pause(TEN, same),
                        pause(TEN, TEN),
                        pause(TEN, TEN, same),
                        pause("#{ten}"),
                        pause("#{ten}", same),
                        pause("#{ten}", "#{ten}"),
                        pause("#{ten}", "#{ten}", same),
                        pause(TEN_TOO),
                        pause(TEN_TOO, same),
                        pause(TEN_TOO, TEN_TOO),
                        pause(TEN_TOO, TEN_TOO, same))))
                .hasSize(12)
                .containsOnly(10_000L);
    }

    @Test
    void pauseTypes() {
        Duration five = Duration.ofMillis(5);

        assertThat(waits(List.of(pause(TEN, disabledPauses), pause(TEN, PauseType.Disabled))))
                .containsOnly(0L);
        assertThat(waits(List.of(
                        pause(TEN, constantPauses), pause(TEN, PauseType.Constant), pause(1, customPauses(s -> 10L)))))
                .containsOnly(10_000L);
        assertThat(waits(Collections.nCopies(
                        5,
                        exec(
                                pause(TEN, uniformPausesPlusOrMinusDuration(five)),
                                pause(TEN, uniformPausesPlusOrMinusPercentage(50))))))
                .allSatisfy(wait -> assertThat(wait).isBetween(10_000L, 30_000L))
                .doesNotHaveDuplicates();
        assertThat(waits(List.of(
                        pause(TEN, exponentialPauses),
                        pause(TEN, PauseType.Exponential),
                        pause(TEN, normalPausesWithStdDevDuration(five)),
                        pause(TEN, normalPausesWithPercentageDuration(50)))))
                .allSatisfy(wait -> assertThat(wait).isBetween(0L, 500_000L).isNotEqualTo(10_000L))
                .doesNotHaveDuplicates();
    }

    @Test
    void paces() {
        for (ChainBuilder pace : List.of(
                pace(TEN),
                pace(TEN, "lap"),
                pace(TEN, TEN),
                pace(TEN, TEN, "lap"),
                pace("#{ten}"),
                pace("#{ten}", "lap"),
                pace("#{ten}", "#{ten}", "lap"),
                pace(TEN_TOO),
                pace(TEN_TOO, "lap"),
                pace(TEN_TOO, TEN_TOO),
                pace(TEN_TOO, TEN_TOO, "lap"))) {
            List<Trial.Request> two = requests(repeat(2).on(pace, get("/")));

            assertThat(two.get(1).intended() - two.get(0).intended()).isEqualTo(10_000);
        }
    }

    /** The first pass is due at once, and the counter keeps when the next one will be. */
    @Test
    void pacesInSeconds() {
        assertThat(targets(pace(1), pace(1, "a"), pace(1, 2), pace(1, 2, "b"), get("/#{a.exists()}/#{b.exists()}")))
                .containsExactly("/true/true");
    }

    @Test
    void turns() {
        Function<Session, List<Integer>> ids = session -> List.of(7, 8);

        assertThat(targets(
                        exec(s -> s.set("two", 2).set("ids", List.of(7, 8))),
                        repeat(2).on(get("/a")),
                        repeat(2, "i").on(get("/b#{i}")),
                        repeat("#{two}").on(get("/c")),
                        repeat("#{two}", "i").on(get("/d#{i}")),
                        repeat(s -> 2).on(get("/e")),
                        repeat(s -> 2, "i").on(get("/f#{i}")),
                        foreach(List.of(7, 8), "id").on(get("/g#{id}")),
                        foreach(List.of(7, 8), "id", "i").on(get("/h#{id}#{i}")),
                        foreach("#{ids}", "id").on(get("/i#{id}")),
                        foreach("#{ids}", "id", "i").on(get("/j#{id}#{i}")),
                        foreach(ids, "id").on(get("/k#{id}")),
                        foreach(ids, "id", "i").on(get("/l#{id}#{i}"))))
                .containsExactly(
                        "/a", "/a", "/b0", "/b1", "/c", "/c", "/d0", "/d1", "/e", "/e", "/f0", "/f1", "/g7", "/g8",
                        "/h70", "/h81", "/i7", "/i8", "/j70", "/j81", "/k7", "/k8", "/l70", "/l81");
    }

    @Test
    void turnsAsLongAsAConditionHolds() {
        Function<Session, Boolean> more = session -> session.getBoolean("more");
        ChainBuilder begin = exec(s -> s.set("more", true));
        ChainBuilder end = exec(s -> s.set("more", false));

        assertThat(targets(
                        begin, asLongAs("#{more}").on(end, get("/a")),
                        begin, asLongAs("#{more}", "i").on(end, get("/b#{i}")),
                        begin, asLongAs("#{more}", true).on(get("/c"), end, get("/never")),
                        begin, asLongAs("#{more}", "i", true).on(get("/d#{i}"), end, get("/never")),
                        begin, asLongAs(more).on(end, get("/e")),
                        begin, asLongAs(more, "i").on(end, get("/f#{i}")),
                        begin, asLongAs(more, true).on(get("/g"), end, get("/never")),
                        begin, asLongAs(more, "i", true).on(get("/h#{i}"), end, get("/never")),
                        begin, doWhile("#{more}").on(end, get("/i")),
                        begin, doWhile("#{more}", "i").on(end, get("/j#{i}")),
                        begin, doWhile(more).on(end, get("/k")),
                        begin, doWhile(more, "i").on(end, get("/l#{i}"))))
                .containsExactly("/a", "/b0", "/c", "/d0", "/e", "/f0", "/g", "/h0", "/i", "/j0", "/k", "/l0");
    }

    /** One user for each, side by side; those that count show it. */
    @Test
    void turnsForATime() {
        List<On<ChainBuilder>> loops = List.of(
                during(1),
                during(1, "i"),
                during(1, false),
                during(1, "i", false),
                during(TENTH),
                during(TENTH, "i"),
                during(TENTH, false),
                during(TENTH, "i", false),
                during("#{tenth}"),
                during("#{tenth}", "i"),
                during("#{tenth}", false),
                during("#{tenth}", "i", false),
                during(session -> TENTH),
                during(session -> TENTH, "i"),
                during(session -> TENTH, false),
                during(session -> TENTH, "i", false));
        List<Choice.WithKey> users = new ArrayList<>();
        for (int n = 0; n < loops.size(); n++) {
            String url = n % 2 == 0 ? "/" : "/#{i}";
            users.add(onCase((long) n + 1)
                    .then(loops.get(n).on(exec(http("loop " + n).get(url)), pause(TEN))));
        }
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()),
                    loops.size(),
                    exec(session -> session.set("tenth", TENTH)),
                    doSwitch(Session::userId).on(users));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.userEnds).hasSize(loops.size()).containsOnly(UserEnd.THROUGH);
            for (int n = 0; n < loops.size(); n++) {
                String name = "loop " + n;
                List<Trial.Request> turns = trial.requests.stream()
                        .filter(request -> request.path().equals(name))
                        .toList();
                assertThat(turns).as(name).isNotEmpty();
                assertThat(turns.get(turns.size() - 1).actual() - turns.get(0).actual())
                        .as(name)
                        .isBetween(n < 4 ? 500_000L : 0, n < 4 ? 1_400_000L : 499_999L);
            }
        }
    }

    @Test
    void branches() {
        Function<Session, Object> gold = session -> session.get("tier");
        Function<Session, Object> same = session -> "gold";
        ChainBuilder never = get("/never");

        assertThat(targets(
                        exec(s -> s.set("tier", "gold").set("n", 3).set("yes", true)),
                        doIf("#{yes}").then(get("/a")),
                        doIf(s -> true).then(get("/b")),
                        doIfOrElse("#{yes}").then(get("/c")).orElse(never),
                        doIfOrElse(s -> false).then(never).orElse(get("/d")),
                        doIfEquals("#{tier}", "gold").then(get("/e")),
                        doIfEquals("#{n}", 3).then(get("/f")),
                        doIfEquals("#{tier}", same).then(get("/g")),
                        doIfEquals(gold, "#{tier}").then(get("/h")),
                        doIfEquals(gold, (Object) "gold").then(get("/i")),
                        doIfEquals(gold, same).then(get("/j")),
                        doIfEqualsOrElse("#{tier}", "gold").then(get("/k")).orElse(never),
                        doIfEqualsOrElse("#{n}", 4).then(never).orElse(get("/l")),
                        doIfEqualsOrElse("#{tier}", same).then(get("/m")).orElse(never),
                        doIfEqualsOrElse(gold, "#{n}").then(never).orElse(get("/n")),
                        doIfEqualsOrElse(gold, (Object) "gold").then(get("/o")).orElse(never),
                        doIfEqualsOrElse(gold, same).then(get("/p")).orElse(never),
                        doSwitch("#{tier}").on(onCase("gold").then(get("/q"))),
                        doSwitch(gold).on(List.of(onCase("gold").then(get("/r")))),
                        doSwitchOrElse("#{n}").on(onCase(4).then(never)).orElse(get("/s")),
                        doSwitchOrElse(gold)
                                .on(List.of(onCase("x").then(never)))
                                .orElse(get("/t")),
                        randomSwitch().on(List.of(percent(100).then(get("/u")))),
                        randomSwitchOrElse().on(List.of(percent(0).then(never))).orElse(get("/v")),
                        tryMax(1).on(get("/w")),
                        tryMax(1, "i").on(get("/x#{i}")),
                        tryMax("#{n}").on(get("/y")),
                        tryMax("#{n}", "i").on(get("/z#{i}")),
                        tryMax(s -> 1).on(get("/1")),
                        tryMax(s -> 1, "i").on(get("/2#{i}"))))
                .containsExactly(
                        "/a", "/b", "/c", "/d", "/e", "/f", "/g", "/h", "/i", "/j", "/k", "/l", "/m", "/n", "/o", "/p",
                        "/q", "/r", "/s", "/t", "/u", "/v", "/w", "/x0", "/y", "/z0", "/1", "/20");
    }

    /** What would take seconds is looked at in its beginning. */
    @Test
    void profilesInSeconds() {
        try (Target target = Target.start()) {
            assertThat(starts(target, rampUsers(10).during(1))).startsWith(0L, 100_000L, 200_000L);
            assertThat(starts(target, constantUsersPerSec(10).during(1))).startsWith(0L, 100_000L, 200_000L);
            assertThat(starts(target, rampUsersPerSec(10).to(10).during(1))).startsWith(0L, 100_000L, 200_000L);
            assertThat(starts(
                            target,
                            incrementUsersPerSec(10)
                                    .times(2)
                                    .eachLevelLasting(1)
                                    .startingFrom(10)))
                    .startsWith(0L, 100_000L, 200_000L);
            assertThat(starts(
                            target,
                            incrementUsersPerSec(50)
                                    .times(2)
                                    .eachLevelLasting(1)
                                    .separatedByRampsLasting(1)))
                    .startsWith(0L, 200_000L); // 25 t² = 1
            assertThat(starts(target, stressPeakUsers(3).during(1))).containsExactly(0L);
        }
    }

    private static List<Long> starts(Target target, dev.onrush.dsl.OpenInjectionStep step) {
        Trial trial = Trial.of(simulation -> simulation
                .setUp(scenario("s").exec(http("x").get("/")).injectOpen(step))
                .protocols(List.of(http.baseUrl(target.url())))
                .maxDuration(Duration.ofMillis(300)));
        assertThat(trial.failures()).isEmpty();
        return trial.userStarts;
    }
}
