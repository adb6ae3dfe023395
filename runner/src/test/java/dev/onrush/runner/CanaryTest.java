package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** Secrets in every place where an author or a target may put one: none is in any text that leaves the run. */
class CanaryTest {
    private static final String MARK = "Canary";
    private static final int COUNT = 24;
    private static final int UNREGISTERED = 13;

    /** The registered ones; the others are secret by where they stand. */
    private static final String[] REGISTERED =
            IntStream.range(0, COUNT).mapToObj(CanaryTest::canary).toArray(String[]::new);

    private final TruthServer server = TruthServer.setup()
            .otherwise(request -> TruthResponse.status(500)
                    .header("Set-Cookie", "id=Canary-unregistered-1; Path=/")
                    .header("X-Echo", canary(14))
                    .body("{\"token\":\"" + canary(5) + "\"} " + request.target() + " " + request.text() + " "
                            + String.join("\n", request.headerLines())))
            .start();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");

    /** Threads while the run went on. */
    private static final List<String> DUMP = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private static String canary(int number) {
        return MARK + "-" + number + "-/+ü\"\\";
    }

    @BeforeEach
    void begin() {
        System.setProperty(Simulations.TARGET, server.url());
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void end() {
        root.setLevel(Level.WARN);
        root.detachAppender(logged);
        System.clearProperty(Simulations.TARGET);
        server.close();
    }

    static final class Leaky extends Simulation {
        {
            setUp(scenario("scenario " + canary(0))
                            .group("group " + canary(1))
                            .on(exec(http("request " + canary(2))
                                    .post("/path")
                                    .queryParam("q", canary(3))
                                    .header("Authorization", "Token Canary-unregistered-2")
                                    .header("Cookie", "c=Canary-unregistered-3")
                                    .header("Proxy-Authorization", "Canary-unregistered-4")
                                    .header(
                                            "X-Coded",
                                            Base64.getEncoder().encodeToString(("ab" + canary(15)).getBytes(UTF_8)))
                                    .body(StringBody("body " + canary(4)))
                                    .check(status().is(200).name("check " + canary(6)))
                                    .check(jsonPath("$.token").saveAs("token"))))
                            .exec(http("form")
                                    .post("/form")
                                    .formParam("f", canary(7))
                                    .basicAuth("me", canary(8)))
                            .exec(http("found")
                                    .get("/found")
                                    .check(regex("(\\{.*\\})").find().is("x " + canary(9)))
                                    .check(header("X-Echo").is("y")))
                            .feed(listFeeder(List.of(Map.of("fed", canary(19)), Map.of("fed", canary(20)))))
                            .exec(http("fed #{fed}").get("/fed/#{fed}").header("X-Fed", "#{fed}"))
                            .exec(http("query")
                                    .get("/q?access_token=Canary-unregistered-7&x=1&apiKey=Canary-unregistered-8")
                                    .header("X-Api-Key", "Canary-unregistered-9")
                                    .header("X-Auth-Token", "Canary-unregistered-10"))
                            .exec(
                                    http("no such host")
                                            .get(
                                                    "http://me:Canary-unregistered-11@nowhere.invalid/?token=Canary-unregistered-12"))
                            .exec(http("bad url").get("http://bad host/?password=Canary-unregistered-13&#{fed}"))
                            .exec(http("feeder in body")
                                    .post("/body")
                                    .body(StringBody("#{fed}"))
                                    .check(bodyString().is("#{fed}!")))
                            .exec(session -> {
                                // What a crash dump would show of threads while the run goes on.
                                Thread.getAllStackTraces()
                                        .forEach((thread, stack) -> DUMP.add(thread + " " + List.of(stack)));
                                return session;
                            })
                            .exec(http("userinfo").get("http://me:Canary-unregistered-5@127.0.0.1:1/"))
                            .exec(http("unresolved").get("/#{missing}/" + canary(16)))
                            .exec(session -> {
                                throw new IllegalStateException(
                                        "failed with " + canary(10) + " at http://u:Canary-unregistered-6@host/",
                                        new IOException("caused by " + canary(11)));
                            })
                            .exec(session -> {
                                throw new IllegalStateException("x".repeat(165) + canary(17));
                            })
                            .exec(session -> session.set("missing", canary(18)))
                            .injectOpen(atOnceUsers(2)))
                    .protocols(Simulations.target())
                    .assertions(
                            details("group " + canary(1), "request " + canary(2))
                                    .responseTime()
                                    .max()
                                    .lt(1),
                            global().failedRequests().count().is(0L))
                    .keepSamples()
                    .secret(REGISTERED);
        }

        @Override
        public void after() {
            throw new IllegalStateException("after " + canary(12));
        }
    }

    @Test
    void noneIsFoundInAnyFileOrOutputOfARun() throws IOException {
        Told told = Told.by(
                "--simulation",
                Leaky.class.getName(),
                "--results",
                folder.toString(),
                "--description",
                "described " + canary(13));

        assertThat(told.exitCode()).isEqualTo(3);
        assertThat(server.ledger().entries()).hasSizeGreaterThanOrEqualTo(6);
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(texts).hasSizeGreaterThanOrEqualTo(5);
        assertNoCanary(texts);
        assertNoCanary(List.of(told.out(), told.err()));
        assertThat(told.out()).contains("***");
        assertNoCanary(loggedTexts());
        assertThat(DUMP).anyMatch(thread -> thread.contains("control"));
        assertNoCanary(DUMP);
        System.out.println("FIGURE S05 canaries: " + COUNT + " registered values and " + UNREGISTERED
                + " that are secret by where they stand; in " + texts.size() + " files, console, " + logged.list.size()
                + " log events down to TRACE and " + DUMP.size() + " stacks of threads: found 0");
    }

    @Test
    void noneIsFoundInTheOutputOfADebugRunAndACheck() {
        Told debug = Told.by("--debug", "--simulation", Leaky.class.getName());
        Told check = Told.by("--check", "--simulation", Leaky.class.getName());

        assertThat(debug.out()).contains("> X-Coded: ").contains("\"token\"");
        assertThat(check.out()).contains("scenario ***");
        assertNoCanary(List.of(debug.out(), debug.err(), check.out(), check.err()));
        assertNoCanary(loggedTexts());
    }

    private List<String> loggedTexts() {
        return logged.list.stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .toList();
    }

    private static void assertNoCanary(List<String> texts) {
        for (String text : texts) {
            for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
                int begin = Math.max(0, at - 80);
                String around = text.substring(begin, Math.min(text.length(), at + 40));
                // the name of this very class is no secret
                assertThat(around).as("around a canary").contains("CanaryTest");
                assertThat(text.startsWith("CanaryTest", at)).as(around).isTrue();
            }
            for (int before = 0; before < 3; before++) {
                String coded = Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString((" ".repeat(before) + MARK + "-unreg").getBytes(UTF_8));
                assertThat(text).doesNotContain(coded.substring(before + 1, 10));
            }
        }
    }
}
