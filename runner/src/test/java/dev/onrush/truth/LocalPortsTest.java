package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.health.LocalPorts;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.testkit.TruthServer;

/** Local ports: the warning before the run, closing with a reset, and what connecting takes before the run. */
class LocalPortsTest {
    private static final int USERS = 50;
    private static final String TIME_WAIT = "06";

    @TempDir
    Path results;

    /** Each user has a connection of its own and closes it. */
    static final class OwnConnections extends Simulation {
        {
            HttpProtocolBuilder protocol = http.baseUrl(Trial.text("url"));
            setUp(scenario("arrivals")
                            .exec(http("get").get("/"))
                            .injectOpen(rampUsers(USERS).during(Duration.ofMillis(500))))
                    .protocols(Boolean.parseBoolean(Trial.text("reset")) ? protocol.closeWithReset() : protocol)
                    .seed(1);
        }
    }

    @Test
    void connectionsClosedWithAResetLeaveNoPortTaken() throws IOException {
        int politely = timeWaits(false, "false");
        int withReset = timeWaits(true, "false");
        int bySetting = timeWaits(false, "true");

        Figures.print(
                "closeWithReset",
                "%d connections each: in TIME_WAIT afterwards %d, with the word %d, with the setting %d",
                USERS,
                politely,
                withReset,
                bySetting);
        assumeTrue(politely >= USERS * 9 / 10, "this machine keeps no connections in TIME_WAIT: " + politely);
        assertThat(withReset).isZero();
        assertThat(bySetting).isZero();
    }

    private int timeWaits(boolean word, String setting) throws IOException {
        try (TruthServer server = TruthServer.start()) {
            Trial trial = Trial.of(OwnConnections.class, results.resolve(word + "-" + setting))
                    .with("url", server.url())
                    .with("reset", word)
                    .property("onrush.connect.baseline", "0");
            TrialRun run =
                    (setting.equals("true") ? trial.property("onrush.http.closeWithReset", "true") : trial).run();
            Invariants.hold(run).due("get", USERS).arrived(server.ledger()).ended(Duration.ofSeconds(1), 0);
            assertThat(run.count("/total/count/ok")).isEqualTo(USERS);
            return timeWaitsTo(server.port());
        }
    }

    /** Connections of this machine to that port whose client side waits for its port to be free again. */
    private static int timeWaitsTo(int port) throws IOException {
        String remote = String.format(Locale.ROOT, ":%04X", port);
        int found = 0;
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            assumeTrue(Files.isReadable(Path.of(file)), file + " is needed to count connections in TIME_WAIT");
            for (String line : Files.readAllLines(Path.of(file))) {
                String[] words = line.trim().split("\\s+");
                if (words.length > 3 && words[2].endsWith(remote) && words[3].equals(TIME_WAIT)) {
                    found++;
                }
            }
        }
        return found;
    }

    @Test
    void connectingIsMeasuredBeforeTheRunAndNothingIsSent() {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = own(server.url(), "3");

            Invariants.hold(run).due("get", USERS).arrived(server.ledger()).ended(Duration.ofSeconds(1), 0);
            assertThat(server.ledger().arrivals()).isEqualTo(USERS);
            assertThat(server.connectionsAccepted()).isEqualTo(USERS + 3);
            String told = run.summary()
                    .at("/generator/connectBaseline")
                    .get(server.url())
                    .asString();
            Figures.print("connect.baseline", "%s", told);
            assertThat(told).matches("\\d+\\.\\d{3} ms \\(median of 3, min \\d+\\.\\d{3}, max \\d+\\.\\d{3}\\)");
            assertThat(run.honesty()).containsEntry("connect", server.url());
            assertThat(run.html()).contains(server.url() + ": " + told);
        }
    }

    @Test
    void connectingBeforeTheRunCanBeSwitchedOff() {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = own(server.url(), "0");

            assertThat(server.connectionsAccepted()).isEqualTo(USERS);
            assertThat(run.summary().at("/generator/connectBaseline").size()).isZero();
        }
    }

    @Test
    void aTargetThatCannotBeConnectedIsOnlyNoted() {
        TruthServer server = TruthServer.start();
        String url = server.url();
        server.close();

        TrialRun run = own(url, "3");

        assertThat(run.exitCode()).isZero();
        assertThat(run.summary().at("/generator/connectBaseline").get(url).asString())
                .isEqualTo("not connected: Connection refused");
    }

    private TrialRun own(String url, String connects) {
        return Trial.of(OwnConnections.class, results)
                .with("url", url)
                .with("reset", false)
                .property("onrush.connect.baseline", connects)
                .run();
    }

    @Test
    void aLoadThatNeedsMorePortsThanThereAreIsWarnedOfBeforeAnythingIsSent() throws Exception {
        long ports = LocalPorts.available();
        assumeTrue(ports > 0, "this machine does not tell its local ports");
        try (TruthServer server = TruthServer.start()) {
            long perSecond = ports / 60 + 1;

            assertThat(check(server, perSecond, false))
                    .anyMatch(line ->
                            line.matches(".*\\d+ users start within 60 s, each with a connection of its own, and this"
                                    + " machine has " + ports + " local ports .*closeWithReset.*"));
            assertThat(check(server, ports / 60, false)).noneMatch(line -> line.contains("local ports"));
            assertThat(check(server, perSecond, true)).noneMatch(line -> line.contains("local ports"));
            assertThat(server.connectionsAccepted()).isZero();
        }
    }

    private List<String> check(TruthServer server, long perSecond, boolean reset) throws InterruptedException {
        Trial trial = Trial.of(TooMany.class, results)
                .with("url", server.url())
                .with("rate", perSecond)
                .with("reset", reset);
        try (var child = trial.child().arguments("--check").start()) {
            var result = child.await(Duration.ofSeconds(30));
            assertThat(result.exitCode()).isZero();
            return result.out();
        }
    }

    /** Never run, only looked at. */
    static final class TooMany extends Simulation {
        {
            HttpProtocolBuilder protocol = http.baseUrl(Trial.text("url"));
            setUp(scenario("arrivals")
                            .exec(http("get").get("/"))
                            .injectOpen(
                                    constantUsersPerSec(Trial.number("rate")).during(60)))
                    .protocols(Boolean.parseBoolean(Trial.text("reset")) ? protocol.closeWithReset() : protocol);
        }
    }
}
