package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.Onrush;
import dev.onrush.dsl.Simulation;
import dev.onrush.report.ReportFiles;
import dev.onrush.testkit.ResponseTime;
import dev.onrush.testkit.TruthServer;

/** The parts of a split run, each on a generator of its own, make one report that tells what arrived at the target (M17, G41). */
@Tag("slow")
@Tag("beside")
class SplitRunTest {
    @TempDir
    Path results;

    static final class Shop extends Simulation {
        {
            setUp(scenario("shop")
                            .exec(http("home").get(Trial.text("url")))
                            .exec(http("basket").get(Trial.text("url")))
                            .injectOpen(constantUsersPerSec(60).during(1)))
                    .seed(7);
        }
    }

    @Test
    void makeOneReportOfTheWholeLoad() throws Exception {
        try (TruthServer server = TruthServer.setup()
                .responseTime(ResponseTime.uniform(Duration.ofMillis(2), Duration.ofMillis(30), 1))
                .start()) {
            Path[] runs = new Path[3];
            for (int part = 0; part < runs.length; part++) {
                TrialRun run = Trial.of(Shop.class, results)
                        .with("url", server.url("/"))
                        .setting("segment", part + "/" + runs.length)
                        .run();
                assertThat(run.figure("/users/started")).isEqualTo(20);
                runs[part] = run.folder();
            }

            ReportFiles files = Onrush.report(runs);

            JsonNode merged = JsonMapper.shared().readTree(Files.readString(files.summary()));
            assertThat(merged.at("/users/started").asLong()).isEqualTo(60);
            assertThat(merged.at("/total/count/ok").asLong())
                    .isEqualTo(120)
                    .isEqualTo(server.ledger().arrivals());
            assertThat(merged.at("/generators").size()).isEqualTo(3);
            assertThat(merged.at("/generators/2/segment").asString()).isEqualTo("2/3");
            assertThat(merged.at("/run/verdict/level").asString()).isNotEqualTo("INCOMPLETE");
            assertThat(files.page())
                    .content()
                    .contains("3 generators made this load")
                    .doesNotContain("This generator has part");
            JsonNode two = JsonMapper.shared()
                    .readTree(Files.readString(Onrush.report(runs[0], runs[2]).summary()));
            assertThat(two.at("/run/verdict/reasons/0/text").asString())
                    .startsWith("Segment 1/3 of the run: no log was named.");
        }
    }
}
