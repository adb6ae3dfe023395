package dev.onrush.runner;

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
import dev.onrush.report.compare.Figure;
import dev.onrush.report.compare.Judgement;
import dev.onrush.testkit.ResponseTime;
import dev.onrush.testkit.TruthServer;

/** Real runs against a real server, compared in every way that an author has. */
@Tag("slow")
@Tag("beside")
class ComparingRunTest {
    @TempDir
    Path folder;

    static final class Steady extends Simulation {
        {
            setUp(scenario("shop")
                            .exec(http("item").get("/"))
                            .injectOpen(constantUsersPerSec(300).during(4)))
                    .protocols(Simulations.target())
                    .warmUp(1);
        }
    }

    @Test
    void aSlowerTargetIsWorseAndFailsTheGate() {
        Path before = run(20, 1);
        Path after = run(50, 2);

        Told failed = Told.by("--compare", before.toString(), "--with", after.toString(), "--fail-if-worse-by", "20");
        Told held = Told.by(
                "--compare",
                before.toString(),
                "--with",
                after.toString(),
                "--fail-if-worse-by",
                "900",
                "--results",
                folder.resolve("compared").toString());
        ComparisonResult again = Onrush.compare(after, before);

        assertThat(failed.exitCode()).as(failed.out()).isEqualTo(2);
        assertThat(failed.errLines())
                .anySatisfy(line -> assertThat(line).matches("onrush: item: p50 is worse by .*, limit 20 %\\."));
        assertThat(failed.outLines())
                .anySatisfy(line -> assertThat(line).matches("  item: p50 \\+[0-9.]+ %, worse"))
                .contains("Comparison: " + after.resolve("comparison.html").toAbsolutePath());
        assertThat(after.resolve("comparison.json")).exists();
        assertThat(held.exitCode()).isZero();
        assertThat(folder.resolve("compared/comparison.html")).exists();
        assertThat(again.compared().requests().get(0).of(Figure.P50).judgement())
                .isEqualTo(Judgement.BETTER);
        assertThat(again.page()).isEqualTo(before.resolve("comparison.html"));
    }

    private Path run(int millis, long seed) {
        try (TruthServer server = TruthServer.setup()
                .responseTime(ResponseTime.logNormal(Duration.ofMillis(millis), 0.3, seed))
                .start()) {
            System.setProperty(Simulations.TARGET, server.url());
            return Onrush.run(
                            Steady.class,
                            RunOptions.defaults().quiet().results(folder).withoutReport())
                    .folder()
                    .orElseThrow();
        } finally {
            System.clearProperty(Simulations.TARGET);
        }
    }
}
