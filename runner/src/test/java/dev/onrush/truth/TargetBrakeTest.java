package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.DnsAnswer;
import dev.onrush.testkit.DnsServer;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** Load on the wrong target is the worst accident there is: whatever leads there, nothing is opened (S25). */
@Tag("beside")
class TargetBrakeTest {
    private static final int PORT = 8080;
    private static final String DENIED = "brake.target_denied";

    @TempDir
    Path results;

    /** A way to a host, and what must come of it as a regular expression: empty if the request goes through. */
    private record Vector(String url, String errorClass) {}

    /** shop.test, *.shop.test and 127.0.0.1 are allowed; all that is not lies on 127.0.0.2. */
    private static final List<Vector> VECTORS = List.of(
            // What is allowed, however it is spelt
            new Vector("http://shop.test:8080/", ""),
            new Vector("http://SHOP.Test:8080/", ""),
            new Vector("http://shop.test.:8080/", ""),
            new Vector("http://api.shop.test:8080/", ""),
            new Vector("http://127.0.0.1:8080/", ""),
            new Vector("http://2130706433:8080/", ""),
            new Vector("http://[::ffff:127.0.0.1]:8080/", ""),
            new Vector("http://other-name.test:8080/", ""),
            new Vector("http://evil.test@shop.test:8080/", ""),
            new Vector("http://shop.test:8080/to?http%3A%2F%2Fapi.shop.test%3A8080%2F", ""),
            // One of its addresses is allowed: that one, and no other, is used
            new Vector("http://both.test:8080/", ""),
            // Other hosts by name
            new Vector("http://evil.test:8080/", DENIED),
            new Vector("http://EVIL.test.:8080/", DENIED),
            new Vector("http://evilshop.test:8080/", DENIED),
            new Vector("http://shop.test.evil.test:8080/", DENIED),
            new Vector("http://www-shop.test:8080/", DENIED),
            // Other hosts by address
            new Vector("http://127.0.0.2:8080/", DENIED),
            new Vector("http://2130706434:8080/", DENIED),
            new Vector("http://127.2:8080/", DENIED),
            new Vector("http://127.0.2:8080/", DENIED),
            new Vector("http://[::ffff:127.0.0.2]:8080/", DENIED),
            new Vector("http://[::ffff:7f00:2]:8080/", DENIED),
            new Vector("http://mapped.test:8080/", DENIED),
            new Vector("http://[::1]:8080/", DENIED),
            new Vector("http://0.0.0.0:8080/", DENIED),
            // Octal, hexadecimal: what that is depends on the JDK and on the system
            new Vector("http://0177.0.0.02:8080/", DENIED + "|dns\\.(not_found|error)"),
            new Vector("http://0x7f.0.0.2:8080/", DENIED + "|dns\\.(not_found|error)"),
            // Tricks with the user info and with what ends a host
            new Vector("http://shop.test@evil.test:8080/", DENIED),
            new Vector("http://shop.test:8080@evil.test:8080/", DENIED),
            new Vector("http://shop.test%2F@evil.test:8080/", DENIED),
            new Vector("http://evil.test:8080#@shop.test:8080/", DENIED),
            new Vector("http://evil.test:8080?@shop.test:8080/", DENIED),
            new Vector("http://evil.test:8080/@shop.test:8080/", DENIED),
            // Other ports of it, and another scheme
            new Vector("http://evil.test/", DENIED),
            new Vector("https://evil.test:8080/", DENIED),
            // By redirect
            new Vector("http://shop.test:8080/to?http%3A%2F%2Fevil.test%3A8080%2F", DENIED),
            new Vector("http://shop.test:8080/to?%2F%2Fevil.test%3A8080%2F", DENIED),
            new Vector("http://shop.test:8080/to?http%3A%2F%2Fshop.test%40evil.test%3A8080%2F", DENIED),
            new Vector("http://shop.test:8080/to?http%3A%2F%2F127.0.0.2%3A8080%2F", DENIED),
            new Vector("http://shop.test:8080/to?http%3A%2F%2F%5B%3A%3Affff%3A127.0.0.2%5D%3A8080%2F", DENIED));

    /** Each vector is a user of its own: no connection is left from another. */
    static final class Vectors extends Simulation {
        {
            setUp(scenario("vectors")
                            .feed(listFeeder(IntStream.range(0, VECTORS.size())
                                    .mapToObj(i -> Map.<String, Object>of(
                                            "name",
                                            String.format("v%02d", i),
                                            "url",
                                            VECTORS.get(i).url()))
                                    .toList()))
                            .exec(http("#{name}").get("#{url}"))
                            .injectOpen(rampUsers(VECTORS.size()).during(1)))
                    .allowTargets("shop.test", "*.shop.test", "127.0.0.1")
                    .seed(1);
        }
    }

    /** The name is allowed by the simulation, and its address not by the settings. */
    static final class Moved extends Simulation {
        {
            setUp(scenario("moved")
                            .exec(http("moved").get("http://moved.test:" + PORT + "/"))
                            .injectOpen(rampUsers(20).during(1)))
                    .allowTargets("moved.test")
                    .seed(1);
        }
    }

    static final class BrakeScene implements Scene {
        @Override
        public void play(Path folder) {
            try (DnsServer dns = names();
                    TruthServer allowed = TruthServer.setup()
                            .port(PORT)
                            .route(
                                    "/to",
                                    request -> TruthResponse.status(302)
                                            .header(
                                                    "Location",
                                                    URLDecoder.decode(request.query(), StandardCharsets.UTF_8)))
                            .start();
                    TruthServer forbidden =
                            TruthServer.setup().address("127.0.0.2").port(PORT).start();
                    TruthServer mapped =
                            TruthServer.setup().address("::1").port(PORT).start()) {
                TrialRun run =
                        Trial.of(Vectors.class, folder.resolve("vectors")).run();

                Invariants.hold(run)
                        .scheduled(VECTORS.size())
                        .arrived(allowed.ledger())
                        .ended(Duration.ofSeconds(10), 0);
                // Of a redirect the last hop counts; its name begins with that of the first.
                Map<Integer, String> last = new TreeMap<>();
                run.log().requests.stream()
                        .sorted(Comparator.comparingLong(LogFacts.Request::endNanos))
                        .forEach(request ->
                                last.put(Integer.parseInt(request.name().substring(1, 3)), request.errorClass()));
                List<String> wrong = new ArrayList<>();
                for (int i = 0; i < VECTORS.size(); i++) {
                    Vector vector = VECTORS.get(i);
                    String came = String.valueOf(last.get(i));
                    if (!came.matches(vector.errorClass())) {
                        wrong.add(vector + " gave " + came);
                    }
                }
                long denied = VECTORS.stream()
                        .filter(vector -> vector.errorClass().startsWith(DENIED))
                        .count();
                Figures.print(
                        "S25",
                        "%d vectors, %d of them to hosts that are not allowed: sockets to others %d, %s %d",
                        VECTORS.size(),
                        denied,
                        forbidden.connectionsAccepted() + mapped.connectionsAccepted(),
                        DENIED,
                        run.log().requests.stream()
                                .filter(request -> request.errorClass().equals(DENIED))
                                .count());
                assertThat(wrong).isEmpty();
                assertThat(forbidden.connectionsAccepted()).isZero();
                assertThat(mapped.connectionsAccepted()).isZero();
                assertThat(strangers(run)).isEmpty();

                // The settings' own list binds as well: a name that now leads to production is not followed.
                System.setProperty("onrush.allowTargets", "127.0.0.1/32");
                TrialRun moved = Trial.of(Moved.class, folder.resolve("moved")).run();
                System.clearProperty("onrush.allowTargets");
                Invariants.hold(moved).scheduled(20).ended(Duration.ofSeconds(1), 0);
                assertThat(moved.log().requests)
                        .allMatch(request -> request.errorClass().equals(DENIED));
                assertThat(forbidden.connectionsAccepted()).isZero();
                assertThat(dns.questions("moved.test")).isEqualTo(1);
            }
        }
    }

    private static DnsServer names() {
        DnsServer dns = DnsServer.start(53);
        for (String name : List.of("shop.test", "api.shop.test", "other-name.test")) {
            dns.name(name, DnsAnswer.of("127.0.0.1"));
        }
        for (String name :
                List.of("evil.test", "evilshop.test", "shop.test.evil.test", "www-shop.test", "moved.test")) {
            dns.name(name, DnsAnswer.of("127.0.0.2"));
        }
        return dns.name("both.test", DnsAnswer.of("127.0.0.2", "127.0.0.1")).name("mapped.test", DnsAnswer.of("::1"));
    }

    @Test
    void noWayLeadsToAHostThatIsNotAllowed() throws Exception {
        Sandboxed.play(BrakeScene.class, results);
    }

    /** No list: the target leads on to hosts nobody named. */
    static final class Led extends Simulation {
        {
            setUp(scenario("led")
                            .exec(
                                    http("named").get("/"),
                                    http("also named").get("http://api.shop.test:" + PORT + "/"),
                                    http("away").get("/to?http%3A%2F%2Fevil.test%3A8080%2F"))
                            .injectOpen(atOnceUsers(3)))
                    .protocols(http.baseUrl("http://shop.test:" + PORT))
                    .seed(1);
        }
    }

    static final class StrangersScene implements Scene {
        @Override
        public void play(Path folder) {
            try (DnsServer dns = names();
                    TruthServer server = TruthServer.setup()
                            .port(PORT)
                            .route("/to", TruthResponse.status(302).header("Location", "http://evil.test:8080/"))
                            .start();
                    TruthServer other =
                            TruthServer.setup().address("127.0.0.2").port(PORT).start()) {
                TrialRun run = Trial.of(Led.class, folder).run();

                Invariants.hold(run).scheduled(3).ended(Duration.ofSeconds(1), 0);
                assertThat(server.ledger().arrivals()).isEqualTo(9);
                assertThat(other.ledger().arrivals()).isEqualTo(3);
                Figures.print(
                        "S25", "without a list, hosts reached and never named, told in the report: %s", strangers(run));
                assertThat(strangers(run))
                        .containsExactly(
                                "evil.test (127.0.0.2) was connected to, and no base URL or request of the"
                                        + " simulation names it. To keep a run to the hosts it is meant for, set allowTargets.");
                assertThat(dns.questions("evil.test")).isEqualTo(1);
            }
        }
    }

    /** What the page says of hosts that nobody named. */
    private static Set<String> strangers(TrialRun run) {
        try {
            return Pattern.compile("[^<>{}\"]*was connected to[^<>{}\"]*")
                    .matcher(Files.readString(run.folder().resolve("index.html")))
                    .results()
                    .map(result -> result.group().strip())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aHostThatNobodyNamedIsTold() throws Exception {
        Sandboxed.play(StrangersScene.class, results);
    }
}
