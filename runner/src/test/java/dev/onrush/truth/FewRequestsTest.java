package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthServer;

/** Runs of next to nothing give a report that says so, and percentiles that mean nothing are marked (M14, M21). */
class FewRequestsTest {
    @TempDir
    Path results;

    /** One user, so many requests, and a limit if asked for. */
    static final class Few extends Simulation {
        {
            var setUp = setUp(scenario("few")
                            .repeat(Trial.number("count"))
                            .on(http("get").get(Trial.text("url")))
                            .injectOpen(atOnceUsers(1)))
                    .seed(1);
            if (Boolean.parseBoolean(Trial.text("limit"))) {
                setUp.assertions(global().responseTime().percentile4().lt(10_000));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false, 0", "1, false, 0", "2, false, 0", "0, true, 2", "1, true, 0", "2, true, 0"})
    void aRunOfNextToNothingIsAValidReportThatSaysSo(int count, boolean limit, int exitCode) throws Exception {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = Trial.of(Few.class, results)
                    .with("url", server.url("/"))
                    .with("count", count)
                    .with("limit", limit)
                    .run();

            Invariants.hold(run).scheduled(1).arrived(server.ledger()).open().ended(Duration.ofSeconds(1), exitCode);
            String page = Files.readString(run.folder().resolve("index.html"));
            assertThat(run.count("/total/count/total")).isEqualTo(count);
            assertThat(page)
                    .contains(
                            switch (count) {
                                case 0 -> "No request was completed in this run.";
                                case 1 ->
                                    "Only 1 request was completed: read the times as single measurements, not as a distribution.";
                                default ->
                                    "Only 2 requests were completed: read the times as single measurements, not as a distribution.";
                            })
                    .contains("Percentiles are nearest rank on merged histograms of 3 digits")
                    .contains("data-fact=\"percentile-method\" data-value=\"nearest-rank-hdr-3\"");
            if (count == 0) {
                assertThat(run.console()).contains("No request was completed.");
                assertThat(run.summary().at("/total/responseTime/p50").isNull()).isTrue();
                assertThat(run.summary().at("/requests")).isEmpty();
            } else {
                // n < 100 / (100 − p): true of one request for every p above 0, of two for those above 50.
                assertThat(run.console()).contains("* too few requests for this percentile");
                assertThat(run.page().at("/rows/0/responseFew").asInt())
                        .as("columns min p50 p75 p95 p99 p99.9 max mean stdDev")
                        .isEqualTo(count == 1 ? 0b000111110 : 0b000111100);
                assertThat(page).contains("<td class=\"few\">").contains("n too small");
            }
            if (limit) {
                assertThat(run.summary().at("/assertions/0/passed").asBoolean()).isEqualTo(count > 0);
                assertThat(run.summary().at("/assertions/0/actual").isNull()).isEqualTo(count == 0);
            }
            Figures.print(
                    "M21",
                    "%d requests, %s: valid report, exit code %d",
                    count,
                    limit ? "a limit on p99" : "no assertion",
                    run.exitCode());
        }
    }

    /** A percentile that there is not. */
    static final class Above100 extends Simulation {
        {
            setUp(scenario("s").exec(http("get").get("http://127.0.0.1:1/")).injectOpen(atOnceUsers(1)))
                    .assertions(global().responseTime().percentile(100.1).lt(1));
        }
    }

    @Test
    void aPercentileOutsideOf0To100IsRefusedBeforeTheRun() {
        RunResult assertion =
                Onrush.run(Above100.class, RunOptions.defaults().quiet().results(results));
        System.setProperty("onrush.report.percentile1", "-1");
        RunResult setting;
        try {
            System.setProperty("truth.url", "http://127.0.0.1:1/");
            System.setProperty("truth.count", "1");
            System.setProperty("truth.limit", "false");
            setting = Onrush.run(Few.class, RunOptions.defaults().quiet().results(results));
        } finally {
            for (String key : new String[] {"onrush.report.percentile1", "truth.url", "truth.count", "truth.limit"}) {
                System.clearProperty(key);
            }
        }

        assertThat(assertion.exitCode()).isEqualTo(1);
        assertThat(assertion.problems()).anyMatch(problem -> problem.contains("100.1"));
        assertThat(setting.exitCode()).isEqualTo(1);
        assertThat(setting.problems())
                .anyMatch(problem -> problem.contains("report.percentile1") && problem.contains("-1"));
        assertThat(results).isEmptyDirectory();
        Figures.print("M14", "percentiles 100.1 (assertion) and -1 (setting): refused before the run 2/2");
    }
}
