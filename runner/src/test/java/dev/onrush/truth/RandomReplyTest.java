package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static dev.onrush.testkit.FaultScript.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;

/** Whatever bytes come back, a request ends with a class of the protocol, and the I/O threads go on (T08). */
class RandomReplyTest {
    private static final int USERS = 20;
    /** What may come of bytes after which the connection ends in good order; nothing else may. */
    private static final Set<String> CLASSES = Set.of(
            "",
            "proto.status_line",
            "proto.header",
            "proto.too_large",
            "proto.chunk",
            "proto.length",
            "read.eof_early",
            "body.decode",
            "body.charset",
            "body.too_large",
            "redirect.invalid",
            "check.failed");

    private static final String[] GOOD = {
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 11\r\n\r\nhello world",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=3\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n12345",
        "HTTP/1.1 302 Found\r\nLocation: :\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nto the end"
    };

    @TempDir
    Path results;

    /** Users who ask on, whatever they get. */
    static final class Asking extends Simulation {
        {
            setUp(scenario("random")
                            .repeat(Trial.number("each"))
                            .on(http("random")
                                    .get(Trial.text("url"))
                                    .check(bodyString().exists().name("any"))
                                    .disableFollowRedirect())
                            .injectOpen(atOnceUsers(USERS)))
                    .protocols(http.requestTimeout(Duration.ofSeconds(20)))
                    .seed(1);
        }
    }

    @Test
    @Tag("slow")
    @Timeout(90)
    void fiveThousandRandomAnswersEndWithAClass() {
        play(5_000);
    }

    @Test
    @Tag("nightly")
    @Timeout(1200)
    void hundredThousandRandomAnswersEndWithAClass() {
        play(100_000);
    }

    private void play(int replies) {
        long seed = Long.getLong("truth.seed", 20261126);
        System.out.println("T08 seed " + seed + "; -Dtruth.seed plays the same again");
        try (FaultServer server = FaultServer.start(number -> reply(seed + number))) {
            TrialRun run = Trial.of(Asking.class, results)
                    .with("url", server.url("/"))
                    .with("each", replies / USERS)
                    .run();

            Invariants.hold(run).scheduled(USERS).due("random", replies).ended(Duration.ofSeconds(600), 0);
            Map<String, Long> seen = new TreeMap<>(run.log().requests.stream()
                    .filter(LogFacts.Request::counts)
                    .collect(Collectors.groupingBy(LogFacts.Request::errorClass, Collectors.counting())));
            Figures.print("T08", "%d random answers: unclassified 0, hangs 0, %s", replies, seen);
            assertThat(seen.keySet()).isSubsetOf(CLASSES);
            assertThat(seen.keySet()).contains("", "proto.status_line", "proto.header", "proto.chunk", "proto.length");
        }
    }

    /** A fifth of them noise, the others good answers with up to five bytes changed, dropped or put in. */
    private static FaultScript reply(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        if (random.nextInt(5) == 0) {
            return FaultScript.garbageReply(seed, 1 + random.nextInt(2000));
        }
        StringBuilder text = new StringBuilder(GOOD[random.nextInt(GOOD.length)]);
        for (int changes = random.nextInt(6); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, (char) random.nextInt(256));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            }
        }
        return script().readRequest()
                .write(text.toString().getBytes(StandardCharsets.ISO_8859_1))
                .fin();
    }
}
