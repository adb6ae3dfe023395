package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static dev.onrush.testkit.FaultScript.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.dsl.ActionBuilder;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.Ending;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.SynBlackHole;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TestCertificates.Kind;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** Every error class that is declared comes of some fault, and of that fault nothing else does. */
@Tag("slow")
@Timeout(90)
class ErrorClassTest {
    /** Proved by another test, which needs a network of its own or holds an I/O thread for seconds. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry(ErrorClass.DNS_TIMEOUT, "NameTest (T22, T23)"),
            Map.entry(ErrorClass.DNS_ERROR, "NameTest (T22)"),
            Map.entry(ErrorClass.LOCAL_PORTS, "LocalLimitsTest (T25)"),
            Map.entry(ErrorClass.LOCAL_FDS, "LocalLimitsTest (T26)"),
            Map.entry(ErrorClass.H2_GOAWAY, "WireHttp2Test (http)"),
            Map.entry(ErrorClass.H2_FLOW_STALL, "WireHttp2Test (http)"),
            Map.entry(ErrorClass.H2_PROTOCOL, "WireHttp2Test (http)"),
            Map.entry(ErrorClass.PROXY_PROTOCOL, "ProxyWordsTest"),
            Map.entry(ErrorClass.PROXY_TIMEOUT, "ProxyWordsTest"),
            Map.entry(ErrorClass.PROXY_AUTH, "ProxyWordsTest"),
            Map.entry(ErrorClass.PROXY_REFUSED, "ProxyWordsTest"),
            Map.entry(ErrorClass.FEEDER_BAD_ROW, "RecordFeederTest (core)"),
            Map.entry(ErrorClass.USER_BLOCKED, "BlockedUsersTest (G17)"),
            Map.entry(ErrorClass.USER_LOST, "LostUsersTest (G19)"),
            Map.entry(ErrorClass.STOP_UNFINISHED, "ConservationTest (M31), as an outcome of its own"));

    /** Declared for words that do not exist yet. */
    private static final Set<String> NOT_YET = Set.of(ErrorClass.THROTTLE_QUEUE_FULL);

    /** Who comes later, and by how many ms: when the connection is taken; when no write is kept from its beginning by a check. */
    private static final Map<String, Integer> FIRST = Map.of("local.pool_timeout", 200, "check.timeout", 1000);

    private static volatile @Nullable Faults faults;

    @TempDir
    Path results;

    /** Where each fault is to be had, and how it is asked for. */
    private static final class Faults implements AutoCloseable {
        final Map<String, ActionBuilder> requests = new LinkedHashMap<>();
        final Map<String, HttpProtocolBuilder> protocols = new LinkedHashMap<>();
        private final List<AutoCloseable> servers = new ArrayList<>();

        Faults() throws IOException {
            names();
            tls();
            wire();
            bodies();
            redirects();
            checks();
            users();
        }

        private void ask(String errorClass, String url) {
            ask(errorClass, url, request -> request);
        }

        private void ask(
                String errorClass,
                String url,
                Function<dev.onrush.http.HttpRequestActionBuilder, ActionBuilder> change) {
            requests.put(errorClass, change.apply(http(errorClass).get(url)));
        }

        private String play(FaultScript script) {
            FaultServer server = FaultServer.start(script);
            servers.add(server);
            return server.url("/");
        }

        private String reply(String text) {
            return play(script().readRequest().write(text).fin());
        }

        private String answer(TruthResponse response) {
            TruthServer server = TruthServer.setup().otherwise(response).start();
            servers.add(server);
            return server.url("/");
        }

        private void names() throws IOException {
            ask("dns.not_found", "http://no-such-host.invalid/");
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ask("connect.refused", "http://127.0.0.1:" + socket.getLocalPort() + "/");
            }
            SynBlackHole hole = SynBlackHole.start();
            servers.add(hole);
            ask("connect.timeout", hole.url("/"));
            protocols.put("connect.timeout", http.connectTimeout(Duration.ofMillis(300)));
            // The loopback's broadcast address: TCP refuses it before a packet leaves.
            ask("connect.unreachable", "http://127.255.255.255/");
            ask("brake.target_denied", "http://127.0.0.9/");
        }

        private void tls() {
            certificate("tls.untrusted", Kind.SELF_SIGNED);
            certificate("tls.expired", Kind.EXPIRED);
            certificate("tls.hostname", Kind.WRONG_HOST);
            handshake("tls.alert", FaultScript.failHandshake());
            handshake("tls.closed", FaultScript.resetHandshake());
            handshake("tls.handshake_timeout", FaultScript.stallHandshake());
            protocols.put("tls.handshake_timeout", http.tlsHandshakeTimeout(Duration.ofMillis(300)));
        }

        private void certificate(String errorClass, Kind kind) {
            TruthServer server =
                    TruthServer.setup().tls(TestCertificates.server(kind)).start();
            servers.add(server);
            ask(errorClass, server.url("/"));
        }

        private void handshake(String errorClass, FaultScript script) {
            FaultServer server = FaultServer.start(script);
            servers.add(server);
            ask(errorClass, server.httpsUrl("/"));
        }

        private void wire() {
            String head = "HTTP/1.1 200 OK\r\n";
            String upload = "x".repeat(10 << 20);
            Duration soon = Duration.ofMillis(400);
            // Long enough to have begun to write, also where others have the cores.
            Duration begun = Duration.ofMillis(1500);
            requests.put(
                    "write.timeout",
                    http("write.timeout")
                            .post(play(FaultScript.neverRead()))
                            .body(StringBody(upload))
                            .requestTimeout(begun));
            requests.put(
                    "write.reset",
                    http("write.reset")
                            .post(play(script().read(1 << 20).reset()))
                            .body(StringBody(upload)));
            ask("read.reset", play(FaultScript.dropBeforeAnswer(Ending.RST)));
            ask("read.eof_early", play(FaultScript.truncatedBody(1000)));
            ask("timeout.total", play(FaultScript.neverAnswer()), request -> request.requestTimeout(soon));
            requests.put("keepalive.stale", http("keepalive.stale").post(play(FaultScript.resetSecondRequest())));
            ask("proto.status_line", reply("SSH-2.0-OpenSSH_9.6\r\n"));
            ask("proto.header", reply(head + "no colon\r\n\r\n"));
            ask("proto.too_large", reply(head + "X: " + "x".repeat(1 << 20) + "\r\n\r\n"));
            ask("proto.chunk", reply(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"));
            ask("proto.length", reply(head + "Content-Length: many\r\n\r\n"));
            ask("proto.unexpected_bytes", play(FaultScript.extraBytesAfterBody("more")));
        }

        private void bodies() {
            ask(
                    "body.too_large",
                    answer(TruthResponse.ok("x".repeat(2000))),
                    request -> request.check(bodyString().exists()));
            protocols.put("body.too_large", http.maxResponseBodySize(1000));
            coded("body.decode", new byte[] {1, 2, 3});
            coded("body.bomb", HugeAnswerTest.bomb(5));
            ask(
                    "body.charset",
                    answer(TruthResponse.status(200)
                            .header("Content-Type", "text/plain; charset=klingon")
                            .body("x")),
                    request -> request.check(bodyString().exists()));
        }

        private void coded(String errorClass, byte[] bytes) {
            ask(
                    errorClass,
                    answer(TruthResponse.status(200)
                            .header("Content-Encoding", "gzip")
                            .body(bytes)),
                    request -> request.check(bodyString().exists()));
        }

        private void redirects() {
            redirect("redirect.loop", "/");
            redirect("redirect.scheme", "file:///etc/passwd");
            redirect("redirect.invalid", "http://");
            TruthServer endless = TruthServer.setup()
                    .otherwise(request -> TruthResponse.status(302).header("Location", request.path() + "x"))
                    .start();
            servers.add(endless);
            ask("redirect.limit", endless.url("/"));
            TruthServer secure = TruthServer.setup()
                    .tls(TestCertificates.server(Kind.VALID))
                    .otherwise(TruthResponse.status(302).header("Location", endless.url("/")))
                    .start();
            servers.add(secure);
            ask("redirect.not_allowed", secure.url("/"));
        }

        private void redirect(String errorClass, String location) {
            ask(errorClass, answer(TruthResponse.status(302).header("Location", location)));
        }

        private void checks() {
            String ok = answer(TruthResponse.ok("a".repeat(5000) + "!"));
            ask("check.failed", ok, request -> request.check(bodyString().is("something else")));
            ask(
                    "check.crashed",
                    ok,
                    request -> request.check(bodyString().transform(text -> {
                        throw new IllegalStateException("no");
                    })));
            ask("check.timeout", ok, request -> request.check(regex("(a+)+$").exists()));
        }

        private void users() {
            String ok = answer(TruthResponse.ok("ok"));
            requests.put("user.exception", http("user.exception").get(session -> {
                throw new IllegalStateException("no");
            }));
            requests.put("user.error", http("user.error").get(session -> {
                throw new AssertionError("no");
            }));
            requests.put("user.unresolved", http("user.unresolved").get(ok + "#{nothing}"));
            FaultServer parked = FaultServer.start(FaultScript.neverAnswer());
            servers.add(parked);
            ask("local.pool_timeout", parked.url("/"), request -> request.requestTimeout(Duration.ofMillis(100)));
            requests.put("holder", http("holder").get(parked.url("/")).requestTimeout(Duration.ofMillis(600)));
        }

        List<PopulationBuilder> populations() {
            HttpProtocolBuilder sharing = http.shareConnections().maxConnectionsPerHost(1);
            List<PopulationBuilder> all = new ArrayList<>();
            requests.forEach((errorClass, request) -> {
                HttpProtocolBuilder own = protocols.get(errorClass);
                boolean isShared = errorClass.equals("holder") || errorClass.equals("local.pool_timeout");
                // A stale connection is one that was good before.
                int times = errorClass.equals("keepalive.stale") ? 2 : 1;
                Duration first = Duration.ofMillis(FIRST.getOrDefault(errorClass, 0));
                PopulationBuilder population = scenario(errorClass)
                        .exec(session -> session) // may set anything, for all that the definition tells
                        .pause(first)
                        .repeat(times)
                        .on(request)
                        .injectOpen(atOnceUsers(1));
                all.add(
                        isShared
                                ? population.protocols(sharing)
                                : own == null ? population : population.protocols(own));
            });
            all.add(scenario("feeder.empty")
                    .repeat(2)
                    .on(feed(listFeeder(List.of(Map.of("id", 1))).stopUserWhenEmpty()))
                    .injectOpen(atOnceUsers(1)));
            return all;
        }

        @Override
        public void close() {
            for (AutoCloseable server : servers) {
                try {
                    server.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** A user for each fault. */
    static final class Everything extends Simulation {
        {
            setUp(Objects.requireNonNull(faults).populations())
                    .protocols(http.requestTimeout(Duration.ofSeconds(10)))
                    .allowTargets("127.0.0.1", "127.255.255.255", "no-such-host.invalid")
                    .seed(1);
        }
    }

    /** So many at once that some are reset before their connect was noticed. */
    static final class AllAtOnce extends Simulation {
        {
            setUp(scenario("connect.reset")
                            .exec(http("connect.reset").get(Trial.text("url")))
                            .injectOpen(atOnceUsers(500)))
                    .seed(1);
        }
    }

    /** Bodies which together are larger than the heap. */
    static final class TooMuch extends Simulation {
        {
            setUp(scenario("local.memory")
                            .exec(http("local.memory")
                                    .get(Trial.text("url"))
                                    .check(bodyString().exists()))
                            .injectOpen(atOnceUsers(20)))
                    .seed(1);
        }
    }

    @Test
    void everyDeclaredClassComesOfAFault() throws Exception {
        Set<String> proved = new TreeSet<>(everything());
        proved.addAll(connectReset());
        proved.addAll(memory());
        proved.addAll(ELSEWHERE.keySet());

        Set<String> declared = new TreeSet<>(Arrays.stream(ErrorClass.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(ErrorClassTest::text)
                .toList());
        declared.removeAll(NOT_YET);
        Figures.print(
                "T00",
                "error classes: %d declared, %d proved here, %d elsewhere (%s)",
                declared.size(),
                proved.size() - ELSEWHERE.size(),
                ELSEWHERE.size(),
                ELSEWHERE);
        assertThat(proved).isEqualTo(declared);
    }

    private static String text(java.lang.reflect.Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One fault, one class, under the name of that class. */
    private Set<String> everything() throws IOException {
        try (Faults all = new Faults()) {
            faults = all;
            TrialRun run = Trial.of(Everything.class, results)
                    .trustingTestAuthority()
                    .setting("io.threads", 2)
                    .afterwards(all::close)
                    .run();
            Invariants.hold(run).scheduled(all.requests.size() + 1).ended(Duration.ofSeconds(12), 0);
            Map<String, Set<String>> classes = run.log().requests.stream()
                    .filter(request -> request.counts() && request.isKo())
                    .collect(Collectors.groupingBy(
                            request -> request.name().replaceAll(" Redirect .*", ""),
                            Collectors.mapping(LogFacts.Request::errorClass, Collectors.toSet())));
            List<String> wrong = new ArrayList<>();
            all.requests.keySet().stream()
                    .filter(name -> !name.equals("holder") && !name.equals("proto.unexpected_bytes"))
                    .filter(name -> !Set.of(name).equals(classes.get(name)))
                    .forEach(name -> wrong.add(name + ": was " + classes.get(name)));
            assertThat(wrong).isEmpty();
            assertThat(run.log().stepFailures).containsOnlyKeys("proto.unexpected_bytes");
            assertThat(run.log().ends).containsEntry(UserEnd.FEEDER_EMPTY, 1L);
            Set<String> seen = new TreeSet<>(all.requests.keySet());
            seen.remove("holder");
            seen.add("feeder.empty");
            return seen;
        } finally {
            faults = null;
        }
    }

    /** Connects that were reset before they were noticed; all others came up and were reset then. */
    private Set<String> connectReset() {
        for (int i = 0; i < 30; i++) {
            try (FaultServer server = FaultServer.start(FaultScript.dropAtStart(Ending.RST))) {
                TrialRun run = Trial.of(AllAtOnce.class, results.resolve("reset-" + i))
                        .with("url", server.url("/"))
                        .run();
                Invariants.hold(run).scheduled(500).ended(Duration.ofSeconds(5), 0);
                Set<String> seen = run.log().requests.stream()
                        .map(LogFacts.Request::errorClass)
                        .collect(Collectors.toCollection(TreeSet::new));
                assertThat(seen).isSubsetOf("connect.reset", "read.reset", "write.reset");
                if (seen.contains("connect.reset")) {
                    return Set.of("connect.reset");
                }
            }
        }
        return Set.of();
    }

    /** Which allocation fails, and so whether it is that of a request or of the engine, is not ours to say: six runs at most. */
    private Set<String> memory() throws InterruptedException {
        Set<String> seen = Set.of();
        for (int i = 0; i < 6 && !seen.contains("local.memory"); i++) {
            seen = memory(results.resolve("memory-" + i));
        }
        return seen;
    }

    private Set<String> memory(Path folder) throws InterruptedException {
        try (TruthServer server = TruthServer.setup()
                        .otherwise(TruthResponse.status(200).zeros(15 << 20))
                        .start();
                ChildRun child = Trial.of(TooMuch.class, folder)
                        .with("url", server.url("/"))
                        .child("-Xmx64m", "-XX:+UseSerialGC")
                        .start()) {
            ChildResult result = child.await(Duration.ofSeconds(60));
            Path ran = Trial.of(TooMuch.class, folder).folder();
            assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
            // Where memory is out, there may be none left for the report; OutOfMemoryTest is about that.
            if (Files.exists(ran.resolve("index.html"))) {
                TrialRun run = Trial.of(TooMuch.class, folder).after(result);
                Invariants.hold(run).scheduled(20).ended(Duration.ofSeconds(10), 3);
            }
            Map<String, Long> seen = LogFacts.of(ran.resolve("events.onrush")).requests.stream()
                    .collect(Collectors.groupingBy(LogFacts.Request::errorClass, Collectors.counting()));
            Figures.print("G01", "20 bodies of 15 MB in a heap of 64 MiB: %s", seen);
            assertThat(seen.keySet()).isSubsetOf("", "local.memory", "check.crashed");
            return seen.containsKey("local.memory") ? Set.of("local.memory") : Set.of();
        }
    }
}
