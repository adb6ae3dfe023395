package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.core.setting.Setting;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;

/** One run on several generators: each does its part, and all parts are the whole. */
@Timeout(60)
class SplitWordsTest {
    private static final String TARGET = "test.split.target";

    private static Trial part(String segment, Target target, boolean withSeed) {
        FeederBuilder<Object> records = listFeeder(IntStream.range(0, 9)
                .mapToObj(i -> Map.<String, Object>of("sku", "n" + i))
                .toList());
        System.setProperty(Setting.SEGMENT.systemProperty(), segment);
        try {
            return Trial.of(simulation -> {
                Simulation.SetUp all = simulation.setUp(
                        scenario("cut")
                                .feed(records.shard())
                                .exec(http("cut").get(s -> "/cut/" + s.userId() + "/" + s.get("sku")))
                                .injectOpen(rampUsers(9).during(Duration.ofMillis(90))),
                        scenario("whole")
                                .exec(http("whole").get("/whole"))
                                .injectOpen(atOnceUsers(2))
                                .noShard());
                all.protocols(http.baseUrl(target.url()));
                if (withSeed) {
                    all.seed(7);
                }
            });
        } finally {
            System.clearProperty(Setting.SEGMENT.systemProperty());
        }
    }

    @Test
    void generatorsShareUsersAndRecordsAndEachTellsWhichPartItHad() {
        try (Target target = Target.start()) {
            List<Long> starts = new ArrayList<>();
            for (int index = 0; index < 3; index++) {
                Trial trial = part(index + "/3", target, true);

                assertThat(trial.failures()).isEmpty();
                assertThat(trial.statistics().run().header())
                        .containsEntry("segment", index + "/3")
                        .containsEntry("setting.segment", index + "/3")
                        .containsEntry("seed", "7");
                assertThat(trial.result.folder().orElseThrow().getFileName().toString())
                        .endsWith("-part" + index + "of3");
                assertThat(trial.paths().stream().filter("cut"::equals)).hasSize(3);
                assertThat(trial.paths().stream().filter("whole"::equals)).hasSize(2);
                starts.addAll(trial.requests.stream()
                        .filter(request -> request.path().equals("cut"))
                        .map(Trial.Request::intended)
                        .toList());
            }
            Trial alone = part("0/1", target, true);

            assertThat(alone.statistics().run().header()).doesNotContainKeys("segment", "setting.segment");
            assertThat(starts)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 9).mapToObj(i -> i * 10_000L).toList());
            assertThat(target.targets().stream()
                            .filter(each -> each.startsWith("/cut"))
                            .limit(9))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 9)
                            .mapToObj(i -> "/cut/" + (2 * i + 1) + "/n" + i)
                            .toList());
        }
    }

    @Test
    void partsThatThereAreNotAndPartsWithoutACommonSeedAreRefused() {
        try (Target target = Target.start()) {
            Trial noSuch = part("3/3", target, true);
            Trial noSeed = part("0/3", target, false);

            assertThat(noSuch.result.exitCode()).isEqualTo(1);
            assertThat(noSuch.result.problems())
                    .containsExactly(
                            "setting onrush.segment (system property): i/n such as 0/3 (i counts the n generators"
                                    + " from 0) is expected, was \"3/3\".");
            assertThat(noSeed.result.exitCode()).isEqualTo(1);
            assertThat(noSeed.result.problems())
                    .singleElement()
                    .asString()
                    .contains("generators that share a run need one seed");
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void deploymentInfoTellsWhichGeneratorThisIs(@TempDir Path results) throws InterruptedException {
        try (Target target = Target.start();
                ChildRun child = ChildRun.of(Onrush.class)
                        .jvm(
                                "-D" + TARGET + "=" + target.url(),
                                "-D" + Setting.SEGMENT.systemProperty() + "=2/4",
                                "-D" + Setting.SEED.systemProperty() + "=11",
                                "-D" + Setting.CONNECT_BASELINE.systemProperty() + "=0",
                                "-D" + Setting.RESULTS.systemProperty() + "=" + results)
                        .arguments("--simulation", Telling.class.getName())
                        .start()) {
            ChildResult result = child.await(Duration.ofSeconds(40));

            assertThat(result.exitCode()).as(result.toString()).isZero();
            assertThat(target.targets()).containsExactly("/2/4/2/4/3");
        }
    }

    /** Its users tell the server what {@code deploymentInfo} tells them. */
    public static final class Telling extends Simulation {
        public Telling() {
            String url =
                    "/" + deploymentInfo.indexOfLoadGeneratorInRun + "/" + deploymentInfo.numberOfLoadGeneratorsInRun
                            + "/" + deploymentInfo.indexOfLoadGeneratorInLocation + "/"
                            + deploymentInfo.numberOfLoadGeneratorsInLocation;
            setUp(scenario("telling")
                            .exec(http("tell").get(s -> url + "/" + s.userId()))
                            .injectOpen(atOnceUsers(4)))
                    .protocols(http.baseUrl(System.getProperty(TARGET)));
        }
    }
}
