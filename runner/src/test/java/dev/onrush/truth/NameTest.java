package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.DnsAnswer;
import dev.onrush.testkit.DnsServer;
import dev.onrush.testkit.SynBlackHole;
import dev.onrush.testkit.TruthServer;

/** Names that do not resolve, resolve slowly (T22, T23), to several addresses, or to others than before (T24). */
@Tag("slow")
class NameTest {
    private static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path results;

    /** Fifty users of each name, each with one request. */
    static final class Unresolved extends Simulation {
        {
            setUp(List.of("gone", "broken", "empty", "zero", "good").stream()
                            .map(name -> scenario(name)
                                    .exec(http(name).get("http://" + name + ".test:" + PORT + "/"))
                                    .injectOpen(rampUsers(50).during(1)))
                            .toList())
                    .seed(1);
        }
    }

    static final class UnresolvedScene implements Scene {
        @Override
        public void play(Path folder) throws Exception {
            try (DnsServer dns = DnsServer.start(53)
                            .name("broken.test", DnsAnswer.serverFailure())
                            .name("empty.test", DnsAnswer.empty())
                            .name("zero.test", DnsAnswer.of("0.0.0.0"))
                            .name("good.test", DnsAnswer.of("127.0.0.1"));
                    TruthServer server = TruthServer.setup().port(PORT).start()) {
                TrialRun run = inItsOwnJvm(Trial.of(Unresolved.class, folder));

                Invariants invariants = Invariants.hold(run)
                        .scheduled(250)
                        .arrived(server.ledger())
                        .ended(Duration.ofSeconds(1), 0);
                Map<String, String> classes = new TreeMap<>();
                for (String name : List.of("gone", "broken", "empty", "zero", "good")) {
                    invariants.due(name, 50);
                    classes.put(
                            name,
                            run.log().requests.stream()
                                    .filter(request -> request.name().equals(name))
                                    .map(LogFacts.Request::errorClass)
                                    .distinct()
                                    .collect(Collectors.joining(",")));
                }
                Figures.print(
                        "T22",
                        "50 users each, one record per request: NXDOMAIN %s, SERVFAIL %s, no address %s, 0.0.0.0 %s;"
                                + " questions %d, %d, %d, %d",
                        classes.get("gone"),
                        classes.get("broken"),
                        classes.get("empty"),
                        classes.get("zero"),
                        dns.questions("gone.test"),
                        dns.questions("broken.test"),
                        dns.questions("empty.test"),
                        dns.questions("zero.test"));
                assertThat(classes)
                        .isEqualTo(Map.of(
                                "gone", "dns.not_found",
                                "broken", "dns.error",
                                "empty", "dns.not_found",
                                "zero", "dns.error",
                                "good", ""));
                assertThat(server.ledger().arrivals()).isEqualTo(50);
                // A failure is kept for a second: a run is no load on the name server.
                assertThat(dns.questions("gone.test")).isBetween(1L, 3L);
            }
        }
    }

    @Test
    void namesThatDoNotResolveGiveTheirClass() throws Exception {
        Sandboxed.play(UnresolvedScene.class, results);
    }

    /** Users of a quick name, and as many of another one if there is one. */
    static final class TwoNames extends Simulation {
        {
            var quick = scenario("quick")
                    .exec(http("quick").get("http://quick.test:" + PORT + "/"))
                    .injectOpen(constantUsersPerSec(50).during(4));
            var slow = scenario("slow")
                    .exec(http("slow").get("http://slow.test:" + PORT + "/"))
                    .injectOpen(constantUsersPerSec(50).during(4));
            setUp(Boolean.parseBoolean(Trial.text("slow")) ? List.of(quick, slow) : List.of(quick))
                    .seed(1);
        }
    }

    static final class SlowScene implements Scene {
        private static final Duration ANSWER = Duration.ofSeconds(3);

        private record Both(TrialRun run, double quickP99, double aloneP99) {}

        @Override
        public void play(Path folder) throws Exception {
            try (DnsServer dns = DnsServer.start(53)
                            .name("quick.test", DnsAnswer.of("127.0.0.1"))
                            .name("slow.test", DnsAnswer.of("127.0.0.1").after(ANSWER));
                    TruthServer server = TruthServer.setup().port(PORT).start()) {
                measure(folder, dns, server);
            }
        }

        private static void measure(Path folder, DnsServer dns, TruthServer server) throws Exception {
            Figures.timed(
                    "T23",
                    attempt -> {
                        TrialRun alone = run(folder.resolve("alone" + attempt), false, dns, server);
                        TrialRun run = run(folder.resolve("slow" + attempt), true, dns, server);
                        Invariants.hold(run)
                                .scheduled(400)
                                .due("quick", 200)
                                .due("slow", 200)
                                .ended(Duration.ofSeconds(4), 0);
                        assertThat(run.count("/total/count/ko")).isZero();
                        return new Both(run, p99(run), p99(alone));
                    },
                    both -> {
                        List<LogFacts.Request> slow = both.run().log().requests.stream()
                                .filter(request -> request.name().equals("slow"))
                                .toList();
                        List<LogFacts.Request> waited = slow.stream()
                                .filter(request -> request.phasesNanos().get(0) >= 0)
                                .toList();
                        long longest = waited.stream()
                                .mapToLong(request -> request.phasesNanos().get(0))
                                .max()
                                .orElse(0);
                        Figures.print(
                                "T23",
                                "each answer takes 3 s: p99 of the users of another name %.1f ms, alone %.1f ms;"
                                        + " %d of 200 requests waited, DNS phase up to %d ms",
                                both.quickP99(),
                                both.aloneP99(),
                                waited.size(),
                                longest / 1_000_000);
                        // One look-up for all, and it is in the DNS phase of those who waited for it.
                        assertThat(waited.size()).isBetween(140, 160);
                        assertThat(longest).isBetween(2_990_000_000L, 3_300_000_000L);
                        // A loop that waits would add up to 3 s. That those who waited all connect in the same instant
                        // costs the
                        // others some tens of milliseconds on two cores that the target shares.
                        assertThat(both.quickP99()).isLessThan(both.aloneP99() * 1.05 + 75);
                    });
        }

        private static TrialRun run(Path folder, boolean withSlow, DnsServer dns, TruthServer server) throws Exception {
            server.ledger().clear();
            long quickBefore = dns.questions("quick.test");
            long slowBefore = dns.questions("slow.test");
            TrialRun run = inItsOwnJvm(Trial.of(TwoNames.class, folder).with("slow", withSlow));
            assertThat(run.log().requests).as("classes").allMatch(LogFacts.Request::isOk);
            assertThat(dns.questions("quick.test") - quickBefore).isEqualTo(1);
            assertThat(dns.questions("slow.test") - slowBefore).isEqualTo(withSlow ? 1 : 0);
            assertThat(server.ledger().arrivals()).isEqualTo(withSlow ? 400 : 200);
            return run;
        }

        private static double p99(TrialRun run) {
            // Without the first second: classes load, code is compiled.
            return Figures.percentile(
                    run.log().requests.stream()
                            .filter(request ->
                                    request.name().equals("quick") && request.intendedNanos() > 1_000_000_000L)
                            .mapToDouble(request -> request.responseMicros() / 1e3)
                            .toArray(),
                    99);
        }
    }

    @Test
    void aSlowNameHoldsUpNobodyElse() throws Exception {
        Sandboxed.play(SlowScene.class, results);
    }

    /** Each user makes one connection to a name. */
    static final class OneEach extends Simulation {
        {
            setUp(scenario("users")
                            .exec(http("home").get("http://many.test:" + PORT + "/"))
                            .injectOpen(rampUsers(Trial.number("users")).during(1)))
                    .protocols(http.connectTimeout(Duration.ofSeconds(1)))
                    .seed(1);
        }
    }

    static final class DeadAddressesScene implements Scene {
        @Override
        public void play(Path folder) throws Exception {
            try (DnsServer dns =
                            DnsServer.start(53).name("many.test", DnsAnswer.of("127.0.0.2", "127.0.0.3", "127.0.0.1"));
                    TruthServer server = TruthServer.setup().port(PORT).start()) {
                TrialRun refused = Trial.of(OneEach.class, folder.resolve("refused"))
                        .with("users", 200)
                        .run();
                Invariants.hold(refused)
                        .scheduled(200)
                        .due("home", 200)
                        .arrived(server.ledger())
                        .ended(Duration.ofSeconds(1), 0);
                Figures.print(
                        "T24",
                        "three addresses, two of them refuse: OK %d of 200, connect phase up to %d ms",
                        refused.count("/total/count/ok"),
                        longestConnect(refused));
                assertThat(refused.count("/total/count/ok")).isEqualTo(200);

                server.ledger().clear();
                try (SynBlackHole silent = SynBlackHole.start("127.0.0.2", PORT)) {
                    dns.name("many.test", DnsAnswer.of("127.0.0.2", "127.0.0.1"));
                    TrialRun dead = Trial.of(OneEach.class, folder.resolve("silent"))
                            .with("users", 41)
                            .run();
                    Invariants.hold(dead)
                            .scheduled(41)
                            .due("home", 41)
                            .arrived(server.ledger())
                            .ended(Duration.ofSeconds(2), 0);
                    Figures.print(
                            "T24",
                            "two addresses, one of them silent, connectTimeout 1 s: OK %d of 41, connect phase up to %d ms",
                            dead.count("/total/count/ok"),
                            longestConnect(dead));
                    assertThat(dead.count("/total/count/ok")).isEqualTo(41);
                    assertThat(longestConnect(dead)).isBetween(499L, 999L);
                    assertThat(silent.port()).isEqualTo(PORT);
                }
            }
        }

        private static long longestConnect(TrialRun run) {
            return run.log().requests.stream()
                            .mapToLong(request -> request.phasesNanos().get(1))
                            .max()
                            .orElse(0)
                    / 1_000_000;
        }
    }

    @Test
    void ofSeveralAddressesOneThatAnswersIsEnough() throws Exception {
        Sandboxed.play(DeadAddressesScene.class, results);
    }

    /** Users who come for three seconds. */
    static final class Coming extends Simulation {
        {
            setUp(scenario("users")
                            .exec(http("home").get("http://moving.test:" + PORT + "/"))
                            .injectOpen(constantUsersPerSec(40).during(3)))
                    .seed(1);
        }
    }

    static final class MovingScene implements Scene {
        @Override
        public void play(Path folder) throws Exception {
            try (DnsServer dns = DnsServer.start(53).name("moving.test", DnsAnswer.of("127.0.0.1"));
                    TruthServer before = TruthServer.setup().port(PORT).start();
                    TruthServer after =
                            TruthServer.setup().address("127.0.0.2").port(PORT).start();
                    ChildRun child = Trial.of(Coming.class, folder)
                            .child("-Donrush.dns.ttl=500ms")
                            .start()) {
                org.awaitility.Awaitility.await()
                        .pollDelay(Duration.ofMillis(20))
                        .atMost(PATIENCE)
                        .until(() -> before.ledger().arrivals() >= 20);
                dns.name("moving.test", DnsAnswer.of("127.0.0.2"));
                long movedNanos = System.nanoTime();
                ChildResult result = child.await(PATIENCE);
                TrialRun run = Trial.of(Coming.class, folder).after(result);

                Invariants.hold(run).scheduled(120).due("home", 120).ended(Duration.ofSeconds(3), 0);
                long lastMillis = TimeUnit.NANOSECONDS.toMillis(before.ledger()
                                .entries()
                                .get((int) before.ledger().arrivals() - 1)
                                .arrivalNanos()
                        - movedNanos);
                Figures.print(
                        "T24",
                        "record changed in the run, dns.ttl 500 ms: %d requests to the old address, the last %d ms after"
                                + " the change, %d to the new one, KO %d, questions %d in 3 s",
                        before.ledger().arrivals(),
                        lastMillis,
                        after.ledger().arrivals(),
                        run.count("/total/count/ko"),
                        dns.questions("moving.test"));
                assertThat(before.ledger().arrivals() + after.ledger().arrivals())
                        .isEqualTo(120);
                assertThat(run.count("/total/count/ko")).isZero();
                // The kept answer's age, and a busy machine.
                assertThat(lastMillis).isLessThan(500 + 300);
                assertThat(dns.questions("moving.test")).isBetween(4L, 8L);
            }
        }
    }

    @Test
    void aRecordThatChangesIsFollowedWithinItsTime() throws Exception {
        Sandboxed.play(MovingScene.class, results);
    }

    /** By the command line, which takes the JDK's own cache of names out of the way. */
    private static TrialRun inItsOwnJvm(Trial trial) throws InterruptedException {
        try (ChildRun child = trial.child().start()) {
            return trial.after(child.await(PATIENCE));
        }
    }
}
