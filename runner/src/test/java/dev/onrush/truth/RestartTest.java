package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.LedgerEntry;
import dev.onrush.testkit.TruthServer;

/** A target that goes away and comes back: its users notice both, and none is lost (T27). */
@Tag("slow")
class RestartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path results;

    /** Twenty users who keep asking. */
    static final class Asking extends Simulation {
        {
            setUp(scenario("asking")
                            .during(Duration.ofMillis(4000))
                            .on(exec(http("home").get(Trial.text("url"))).pause(Duration.ofMillis(50)))
                            .injectOpen(atOnceUsers(20)))
                    .seed(1);
        }
    }

    private record Outage(TrialRun run, List<LedgerEntry> afterwards, long upAgainNanos, long arrivals) {}

    @Test
    void usersOfATargetThatComesBackGoOn() throws Exception {
        Figures.timed("T27", attempt -> outage(results.resolve("t27-" + attempt)), outage -> {
            TrialRun run = outage.run();
            Map<String, Long> failures = run.log().requests.stream()
                    .filter(request -> !request.attempt() && request.isKo())
                    .collect(Collectors.groupingBy(LogFacts.Request::errorClass, TreeMap::new, Collectors.counting()));
            long firstMillis =
                    TimeUnit.NANOSECONDS.toMillis(outage.afterwards().get(0).answeredNanos() - outage.upAgainNanos());
            long connections = outage.afterwards().stream()
                    .map(LedgerEntry::connection)
                    .distinct()
                    .count();
            Figures.print(
                    "T27",
                    "target down for 1.5 s: %s, lost first tries %d; first answer %d ms after it was back,"
                            + " users that got one %d of 20, users finished %d",
                    failures,
                    run.count("/generator/staleRetries"),
                    firstMillis,
                    connections,
                    run.count("/users/finished"));
            assertThat(failures.keySet())
                    .contains("connect.refused")
                    .isSubsetOf("connect.refused", "connect.reset", "read.reset", "read.eof_early");
            // Each user asks 20 times a second, and every time finds nobody there.
            assertThat(failures.get("connect.refused")).isBetween(20L * 10, 20L * 31);
            assertThat(firstMillis).isLessThan(1000);
            assertThat(connections).isEqualTo(20);
        });
    }

    private static Outage outage(Path folder) throws Exception {
        TruthServer before = TruthServer.start();
        CompletableFuture<TrialRun> running = CompletableFuture.supplyAsync(() ->
                Trial.of(Asking.class, folder).with("url", before.url("/")).runBesideServers());
        Awaitility.await().atMost(PATIENCE).until(() -> before.ledger().answered() > 100);
        before.close();
        TimeUnit.MILLISECONDS.sleep(1500); // the outage itself
        try (TruthServer after = TruthServer.setup().port(before.port()).start()) {
            long upAgainNanos = System.nanoTime();
            TrialRun run = running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Invariants.hold(run).scheduled(20).ended(Duration.ofSeconds(4), 0);
            assertThat(run.count("/users/finished")).as("lost users").isEqualTo(20);
            long arrivals = before.ledger().arrivals() + after.ledger().arrivals();
            return new Outage(run, after.ledger().entries(), upAgainNanos, arrivals);
        }
    }
}
