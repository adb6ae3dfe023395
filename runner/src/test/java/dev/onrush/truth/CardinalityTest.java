package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthServer;

/** Ids in the names of requests: so many are kept apart, the rest is folded, said and counted (G15). */
@Tag("slow")
@Tag("beside")
class CardinalityTest {
    private static final int USERS = 20;

    @TempDir
    Path results;

    /** Asks for one item after another, each under a name of its own. */
    static final class IdInName extends Simulation {
        {
            setUp(scenario("ids")
                            .repeat(Trial.number("each"), "i")
                            .on(exec(session -> session.set(
                                            "id", session.userId() * Trial.number("each") + session.<Integer>get("i")))
                                    .exec(http("GET /items/#{id}").get(Trial.text("url"))))
                            .injectOpen(atOnceUsers(USERS)))
                    .seed(1);
        }
    }

    private TrialRun ids(int ids, String heap) throws Exception {
        try (TruthServer server = TruthServer.setup().keepEntries(false).start()) {
            Trial trial = Trial.of(IdInName.class, results)
                    .with("url", server.url("/"))
                    .with("each", ids / USERS);
            try (ChildRun child = trial.child("-Xmx" + heap).start()) {
                ChildResult result = child.await(Duration.ofMinutes(10));
                TrialRun run = trial.after(result);
                assertThat(result.exitCode()).as(result.toString()).isZero();
                assertThat(server.ledger().arrivals()).isEqualTo(ids);
                assertThat(result.out() + " " + result.err())
                        .contains("request name \"GET /items/")
                        .contains("more than 5000 names; it and all new ones are counted as \"other\". Keep ids out of"
                                + " names: name requests by their pattern, such as \"GET /items/:id\".");
                return run;
            }
        }
    }

    private static void judge(TrialRun run, int ids) throws IOException {
        assertThat(run.folder().resolve("index.html"))
                .content()
                .contains("more than 5000 names; it and all new ones are counted as", "Keep ids out of names");
        long inNames = 0;
        long other = 0;
        for (JsonNode request : run.summary().at("/requests")) {
            long count = request.at("/count/ok").asLong();
            if (request.get("name").asString().equals("other")) {
                other = count;
            } else {
                assertThat(count).isEqualTo(1);
                inNames += count;
            }
        }
        assertThat(inNames).isEqualTo(5000);
        assertThat(other).isEqualTo(ids - 5000);
        assertThat(run.count("/total/count/ok")).isEqualTo(ids);
        // Folded names are counted by hash: never too many.
        assertThat(run.count("/generator/namesFolded")).isBetween((long) (0.5 * (ids - 5000)), (long) ids - 5000);
        Figures.print(
                "G15",
                "%d ids as names: kept 5000, in \"other\" %d, total %d, folded names as told %d; heap used at most"
                        + " %d MiB; page %.1f MB",
                ids,
                other,
                run.count("/total/count/ok"),
                run.count("/generator/namesFolded"),
                run.log().heapMaxBytes >> 20,
                run.folder().resolve("index.html").toFile().length() / 1e6);
    }

    @Test
    void aHundredThousandIdsAsNamesAreFoldedAndTold() throws Exception {
        judge(ids(100_000, "256m"), 100_000);
    }

    @Test
    @Tag("nightly")
    void aMillionIdsAsNamesAreFoldedAndTold() throws Exception {
        judge(ids(1_000_000, "256m"), 1_000_000);
    }

    @Test
    void metersAndLiveFiguresFoldTheSameNames() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = Trial.of(IdInName.class, results)
                    .with("url", server.url("/"))
                    .with("each", 300)
                    .property("onrush.names.limit", "100")
                    .registry(registry)
                    .run();

            Invariants.hold(run).measured(registry);
            long meters = registry.find("onrush.requests").tag("outcome", "OK").functionCounters().stream()
                    .map(counter -> counter.getId().getTag("name"))
                    .distinct()
                    .count();
            Figures.print("G15", "names.limit 100, 6000 ids: names in Micrometer %d", meters);
            assertThat(meters).isEqualTo(101);
        }
    }
}
