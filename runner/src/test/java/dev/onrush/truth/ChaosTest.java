package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.FaultProxy;
import dev.onrush.testkit.ResponseTime;
import dev.onrush.testkit.Toxic;
import dev.onrush.testkit.Toxics;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/**
 * Everything at once (T44): each connection suffers from other toxics, and now and then the target is gone. The seed is
 * printed; {@code -Dchaos.seed=…} deals the same toxics to the same connections again.
 */
class ChaosTest {
    private static final int USERS = 60;
    private static final AtomicLong IDS = new AtomicLong();

    @TempDir
    Path results;

    /** Users who send what only they know and compare what comes back. */
    static final class Chaos extends Simulation {
        {
            setUp(scenario("echo")
                            .during(Duration.ofSeconds(Trial.number("seconds")))
                            .on(exec(session -> session.set("id", "r" + IDS.incrementAndGet()))
                                    .exec(http("echo")
                                            .get(Trial.text("url") + "echo?#{id}")
                                            .requestTimeout(ofMillis(400))
                                            .check(bodyString().isEL("#{id}")))
                                    .exec(http("post")
                                            .post(Trial.text("url") + "post")
                                            .body(StringBody("#{id}-" + "x".repeat(300)))
                                            .requestTimeout(ofMillis(400))
                                            .check(status().is(201)))
                                    .pause(ofMillis(5)))
                            .injectOpen(rampUsers(USERS).during(1)))
                    .seed(1);
        }
    }

    /** What happens to the connections of a chaos, drawn from its seed. */
    private record Dealer(long seed) {
        Toxics of(long connection) {
            SplittableRandom random = new SplittableRandom(seed ^ connection * 0x9E3779B97F4A7C15L);
            List<Toxic> toServer = new ArrayList<>();
            List<Toxic> toClient = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                (random.nextInt(4) == 0 ? toServer : toClient).add(toxic(random));
            }
            return new Toxics(toServer, toClient);
        }

        private static Toxic toxic(SplittableRandom random) {
            return switch (random.nextInt(8)) {
                case 0 -> Toxic.latency(ofMillis(random.nextInt(60)), ofMillis(random.nextInt(20)), random.nextLong());
                case 1 -> Toxic.bandwidth(2_000 + random.nextInt(100_000));
                case 2 -> Toxic.slowClose(ofMillis(random.nextInt(300)));
                case 3 -> Toxic.blackHole();
                case 4 -> Toxic.timeout(ofMillis(random.nextInt(600)));
                case 5 -> Toxic.reset(ofMillis(random.nextInt(600)));
                case 6 -> Toxic.slicer(1 + random.nextInt(60), ofMillis(random.nextInt(3)));
                default -> Toxic.dataLimit(random.nextInt(3_000));
            };
        }
    }

    @Test
    @Tag("slow")
    void anyFaultOnAnyConnectionForAFewSecondsBreaksNothing() throws Exception {
        chaos(4);
    }

    @Test
    @Tag("nightly")
    void anyFaultOnAnyConnectionForManyMinutesBreaksNothing() throws Exception {
        chaos(Integer.getInteger("chaos.seconds", 600));
    }

    private void chaos(int seconds) throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        System.out.println("T44: seed " + seed + "; -Dchaos.seed=" + seed + " deals the same toxics again");
        Dealer dealer = new Dealer(seed);
        Map<Long, Toxics> dealt = new TreeMap<>();
        try (TruthServer server = TruthServer.setup()
                        .keepEntries(false)
                        .responseTime(ResponseTime.uniform(Duration.ZERO, ofMillis(5), seed))
                        .route("/echo", request -> TruthResponse.ok(request.query()))
                        .route("/post", TruthResponse.status(201))
                        .start();
                FaultProxy proxy = FaultProxy.before(server.port())) {
            proxy.set(connection -> dealt.computeIfAbsent(connection, dealer::of)); // on the proxy's thread only
            Outages outages = new Outages(proxy, seed);
            TrialRun run;
            outages.start();
            try {
                run = Trial.of(Chaos.class, results)
                        .with("url", proxy.url("/"))
                        .with("seconds", seconds)
                        .run();
            } finally {
                outages.end();
            }

            assertThat(run.summary().at("/total/errors"))
                    .as("I7 what came back to another")
                    .noneMatch(error -> error.get("class").asString().startsWith("check."));
            Invariants.hold(run)
                    .scheduled(USERS)
                    .open()
                    .ended(Duration.ofSeconds(seconds + 1), 0)
                    .idsCameBack();
            Map<String, Long> classes = run.log().requests.stream()
                    .filter(LogFacts.Request::isKo)
                    .collect(Collectors.groupingBy(LogFacts.Request::errorClass, TreeMap::new, Collectors.counting()));
            long left =
                    run.log().requests.stream().filter(LogFacts.Request::left).count();
            Set<String> unclassified = new HashSet<>(classes.keySet());
            unclassified.removeAll(declared());
            Figures.print(
                    "T44",
                    "%d s, seed %d, %d connections, %d times gone: %d requests, OK %d, unclassified %d, arrived %d of %d that"
                            + " left; %s",
                    seconds,
                    seed,
                    proxy.connectionsAccepted(),
                    outages.count,
                    run.count("/total/count/total"),
                    run.count("/total/count/ok"),
                    unclassified.size(),
                    server.ledger().arrivals(),
                    left,
                    classes);
            assertThat(unclassified).isEmpty();
            assertThat(run.summary().at("/generator/stepFailures").toString()).isIn("[]", "{}", "0");
            assertThat(run.count("/total/count/ok")).isPositive();
            assertThat(classes).containsKeys("timeout.total", "read.reset");
            assertThat(server.ledger().arrivals()).isLessThanOrEqualTo(left);
        }
    }

    private static Set<String> declared() throws IllegalAccessException {
        Set<String> all = new HashSet<>();
        for (Field field : ErrorClass.class.getFields()) {
            all.add((String) field.get(null));
        }
        return all;
    }

    /** Takes the target away for a moment, or resets all that is open, every second or so. */
    private static final class Outages {
        private final FaultProxy proxy;
        private final SplittableRandom random;
        private final Thread thread = new Thread(this::run, "outages");
        private volatile boolean ending;
        volatile int count;

        Outages(FaultProxy proxy, long seed) {
            this.proxy = proxy;
            this.random = new SplittableRandom(seed);
        }

        void start() {
            thread.start();
        }

        void end() throws InterruptedException {
            ending = true;
            LockSupport.unpark(thread);
            thread.join();
        }

        private void run() {
            while (!ending) {
                LockSupport.parkNanos(500_000_000L + random.nextInt(1_000_000_000));
                if (random.nextBoolean()) {
                    proxy.resetAll();
                } else {
                    proxy.down();
                    LockSupport.parkNanos(random.nextInt(200_000_000));
                    proxy.up();
                }
                count++;
            }
        }
    }
}
