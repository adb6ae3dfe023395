package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.setting.Setting;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.FeederBuilder;

/** Records of feeders, in the requests they are made for. */
@Timeout(20)
class FeederWordsTest {
    private static Iterator<Map<String, Object>> numbers() {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Map.<String, Object>of("sku", "n" + i))
                .iterator();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a raw array is promised
    static Stream<Arguments> feeders() {
        return Stream.of(
                Arguments.of(feed(csv("words/items.csv")), "/#{sku}/#{price}", "/a1/10"),
                Arguments.of(feed(csv("words/items.csv", '\'')), "/#{sku}/#{price}", "/a1/10"),
                Arguments.of(feed(ssv("words/items.ssv", '\'')), "/#{sku}/#{note}", "/a1/x;y"),
                Arguments.of(feed(ssv("words/prices.ssv").circular()), "/#{sku}/#{price}", "/s1/9"),
                Arguments.of(feed(tsv("words/items.tsv")), "/#{sku}/#{price}", "/t1/5"),
                Arguments.of(feed(tsv("words/items.tsv", '\'')), "/#{sku}/#{price}", "/t1/5"),
                Arguments.of(feed(separatedValues("words/items.csv", ',')), "/#{sku}", "/a1"),
                Arguments.of(
                        feed(separatedValues("words/items.txt", '#', '\'')), "/#{sku}?#{price.exists()}", "/h1?true"),
                Arguments.of(feed(jsonFile("words/items.json")), "/#{sku}/#{tags(1)}", "/j1/y"),
                Arguments.of(feed(jsonlFile("words/items.jsonl")), "/#{sku}/#{o.k}", "/l1/1"),
                Arguments.of(feed(arrayFeeder(new Map[] {Map.of("sku", "r1")})), "/#{sku}", "/r1"),
                Arguments.of(feed(listFeeder(List.of(Map.of("sku", "q1"))).queue()), "/#{sku}", "/q1"),
                Arguments.of(feed(csv("words/items.csv"), 2), "/#{sku(0)}/#{sku(1)}", "/a1/b2"),
                Arguments.of(feed(csv("words/items.csv"), "#{n}"), "/#{sku(1)}", "/b2"),
                Arguments.of(feed(csv("words/items.csv"), s -> 3), "/#{sku(-1)}", "/c3"),
                Arguments.of(
                        feed(csv("words/items.csv").transform((key, value) -> key + value.length())),
                        "/#{sku}/#{price}",
                        "/sku2/price2"),
                Arguments.of(feed(numbers()), "/#{sku}", "/n0"),
                Arguments.of(feed(numbers(), 2), "/#{sku(1)}", "/n1"),
                Arguments.of(feed(numbers(), "#{n}"), "/#{sku(1)}", "/n1"),
                Arguments.of(feed(numbers(), s -> 1), "/#{sku(0)}", "/n0"),
                Arguments.of(feed(FeederWordsTest::numbers), "/#{sku}", "/n0"),
                Arguments.of(feed(FeederWordsTest::numbers, 1), "/#{sku(0)}", "/n0"),
                Arguments.of(feed(FeederWordsTest::numbers, "#{n}"), "/#{sku(1)}", "/n1"),
                Arguments.of(feed(FeederWordsTest::numbers, s -> 1), "/#{sku(0)}", "/n0"));
    }

    @ParameterizedTest
    @MethodSource("feeders")
    void aRecordIsInTheNextRequest(ChainBuilder feed, String url, String sent) {
        try (Target target = Target.start()) {
            Trial trial =
                    Trial.of(target, exec(s -> s.set("n", 2)), feed, http("x").get(url));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly(sent);
        }
    }

    @Test
    void oneBuilderIsOneCursorForAllUsers() {
        try (Target target = Target.start()) {
            FeederBuilder<String> items = csv("words/items.csv").queue();
            Trial trial = Trial.of(
                    http.baseUrl(target.url()), 3, feed(items), http("x").get("/#{sku}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactlyInAnyOrder("/a1", "/b2", "/c3");
        }
    }

    @Test
    void ordersOfEveryKind() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    repeat(4)
                            .on(
                                    feed(csv("words/items.csv").circular()),
                                    http("c").get("/#{sku}")),
                    repeat(3)
                            .on(
                                    feed(csv("words/items.csv").shuffle()),
                                    http("s").get("/#{sku}")),
                    repeat(30)
                            .on(feed(csv("words/items.csv").random()), http("r").get("/#{sku}")));

            assertThat(trial.failures()).isEmpty();
            List<String> targets = target.targets();
            assertThat(targets.subList(0, 4)).containsExactly("/a1", "/b2", "/c3", "/a1");
            assertThat(targets.subList(4, 7)).containsExactlyInAnyOrder("/a1", "/b2", "/c3");
            assertThat(targets.subList(7, 37)).contains("/a1", "/b2", "/c3");
        }
    }

    /** In a window of one record any order is that of the file. */
    @Test
    void aBatchIsAllThatIsInMemoryOfAFile() {
        try (Target target = Target.start()) {
            FeederBuilder.Batchable<String> items = csv("words/items.csv");
            Trial trial = Trial.of(
                    target,
                    repeat(3).on(feed(items.batch(1).random()), http("r").get("/#{sku}")),
                    repeat(3).on(feed(items.shuffle().batch(1)), http("s").get("/#{sku}")),
                    repeat(3).on(feed(items.batch().random()), http("w").get("/#{sku}")),
                    feed(items.eager()),
                    http("e").get("/#{sku}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets().subList(0, 6)).containsExactly("/a1", "/b2", "/c3", "/a1", "/b2", "/c3");
            assertThat(target.targets().subList(6, 10))
                    .isSubsetOf("/a1", "/b2", "/c3")
                    .endsWith("/a1");
            assertThat(trial.marks)
                    .anyMatch(mark -> mark.endsWith(
                            "words/items.csv: was read as it goes; its records were mixed in a window of 1."))
                    .anyMatch(mark -> mark.endsWith(
                            "words/items.csv: was read as it goes; its records were mixed in a window of 2000."));
        }
    }

    @Test
    void anEagerFeederIsHeldWholeHoweverLargeItsFileIs() {
        String setting = Setting.FEEDER_LARGE_FILE_MIB.systemProperty();
        System.setProperty(setting, "0");
        try (Target target = Target.start()) {
            Trial large =
                    Trial.of(target, feed(csv("words/items.csv")), http("l").get("/#{sku}"));
            Trial eager = Trial.of(
                    target,
                    feed(csv("words/items.csv").batch(7).eager()),
                    http("e").get("/#{sku}"));

            assertThat(target.targets()).containsExactly("/a1", "/a1");
            assertThat(large.marks).anyMatch(mark -> mark.endsWith("words/items.csv: was read as it goes."));
            assertThat(eager.marks).noneMatch(mark -> mark.contains("as it goes"));
        } finally {
            System.clearProperty(setting);
        }
    }

    @Test
    void anEmptyFeederStopsTheRunWithCode3AndAReport() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target, repeat(9).on(feed(csv("words/items.csv")), http("x").get("/#{sku}")));

            assertThat(trial.result.exitCode()).isEqualTo(3);
            assertThat(target.targets()).containsExactly("/a1", "/b2", "/c3");
            assertThat(trial.statistics().total().ok()).isEqualTo(3);
        }
    }

    @Test
    void fewerThanAskedForIsEmptyToo() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    repeat(9).on(feed(csv("words/items.csv"), 2), http("x").get("/#{sku(0)}")));

            assertThat(trial.result.exitCode()).isEqualTo(3);
            assertThat(target.targets()).containsExactly("/a1");
        }
    }

    @Test
    void aUserMayEndAloneWhenItsFeederIsEmpty() {
        try (Target target = Target.start()) {
            FeederBuilder<String> once = csv("words/items.csv").stopUserWhenEmpty();
            Trial trial = Trial.of(
                    http.baseUrl(target.url()), 5, feed(once), http("x").get("/#{sku}"));

            assertThat(trial.result.exitCode()).isZero();
            assertThat(target.came).hasSize(3);
            assertThat(trial.userEnds).filteredOn(UserEnd.FEEDER_EMPTY::equals).hasSize(2);
        }
    }

    @Test
    void missingAndRaggedFilesAreToldTogetherAndNothingIsSent() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("x").get("/"),
                    feed(csv("words/none.csv")),
                    feed(csv("words/items.ssv")),
                    feed(jsonFile("words/items.csv")));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .anySatisfy(problem -> assertThat(problem).contains("words/none.csv"))
                    .allSatisfy(problem -> assertThat(problem).contains("FeederWordsTest.java:"));
            assertThat(target.came).isEmpty();
        }
    }
}
