package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.dsl.Simulation;
import dev.onrush.report.ComparisonResult;
import dev.onrush.report.compare.Judgement;
import dev.onrush.testkit.ResponseTime;
import dev.onrush.testkit.TruthServer;

/** Ten pairs of runs of the same thing: at most one pair is called different. */
@Tag("nightly")
class EqualRunsTest {
    private static final String TARGET = "test.equal.target";
    private static final int PAIRS = 10;

    @TempDir
    Path folder;

    static final class Shop extends Simulation {
        {
            setUp(scenario("shop")
                            .exec(http("home").get("/"))
                            .exec(http("item").get("/item"))
                            .exec(http("basket").get("/basket"))
                            .injectOpen(constantUsersPerSec(100).during(10)))
                    .protocols(http.baseUrl(System.getProperty(TARGET)))
                    .warmUp(2);
        }
    }

    @Test
    void equalRunsAreNotCalledDifferent() {
        int alarms = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            ComparisonResult result = Onrush.compare(run(2 * pair), run(2 * pair + 1));
            boolean alarm = result.compared().anyShown(Judgement.WORSE)
                    || result.compared().anyShown(Judgement.BETTER);
            System.out.println("pair " + pair + ": " + String.join(" ", result.lines()));
            alarms += alarm ? 1 : 0;
        }

        assertThat(alarms).isLessThanOrEqualTo(1);
    }

    private Path run(long seed) {
        try (TruthServer server = TruthServer.setup()
                .responseTime(ResponseTime.logNormal(Duration.ofMillis(20), 0.5, seed))
                .start()) {
            System.setProperty(TARGET, server.url());
            return Onrush.run(
                            Shop.class,
                            RunOptions.defaults().quiet().results(folder).withoutReport())
                    .folder()
                    .orElseThrow();
        } finally {
            System.clearProperty(TARGET);
        }
    }
}
