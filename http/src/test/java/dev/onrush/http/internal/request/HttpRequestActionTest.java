package dev.onrush.http.internal.request;

import static dev.onrush.http.internal.request.HttpRun.get;
import static dev.onrush.http.internal.request.HttpRun.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.check.Check;
import dev.onrush.core.check.CheckResult;
import dev.onrush.core.check.CheckScope;
import dev.onrush.core.check.CheckedResponse;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserSession;
import dev.onrush.dsl.Bridge;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.LeakProbe;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

@Timeout(20)
class HttpRequestActionTest {
    private static Expression<String> text(String text) {
        return ExpressionCompiler.text(text);
    }

    @Test
    void requestsOfAUserAreSentOverItsOwnConnectionAndRecorded() {
        HttpRun run = new HttpRun();
        try (var probe = LeakProbe.watching("io-", "loop-", "control", "blocking-");
                var server = TruthServer.start()) {
            run.protocol(facts -> facts.baseUrls = List.of(server.url()))
                    .run(3, get("home", "/"), get("item", server.url("/items/7")));

            assertThat(run.samples).hasSize(6).allMatch(HttpRun.Sample::isOk);
            assertThat(run.samples).extracting(HttpRun.Sample::status).containsOnly(200);
            assertThat(server.connectionsAccepted()).isEqualTo(3);
            assertThat(server.ledger().arrivals("/items/7")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "299, true", "304, true", "400, false", "404, false", "500, false"})
    void withoutAStatusCheckSuccessIsOk(int status, boolean isOk) {
        HttpRun run = new HttpRun();
        try (var server =
                TruthServer.setup().otherwise(TruthResponse.status(status)).start()) {
            run.run(1, get("x", server.url("/")));

            assertThat(run.only().isOk()).isEqualTo(isOk);
            if (!isOk) {
                assertThat(run.only().errorClass()).isEqualTo("check.failed");
                assertThat(run.only().message()).isEqualTo("status was " + status + ", expected 2xx or 304");
            }
        }
    }

    @Test
    void checksReplaceThatRuleAndSaveValues() {
        HttpRun run = new HttpRun();
        try (var server = TruthServer.setup()
                .otherwise(TruthResponse.status(404).header("X-Next", "/seen"))
                .route("/seen", TruthResponse.ok("ok"))
                .start()) {
            Check is404 = Bridge.check(Bridge.find(new StatusFinder()).is(404));
            Check next = Bridge.check(Bridge.multipleFind(new HeaderFinder(Expression.constant("x-next")))
                    .find()
                    .saveAs("next"));
            run.run(
                    1,
                    get("x", server.url("/")).with(facts -> facts.checks(List.of(is404, next))),
                    get("y", server.url("#{next}")));

            assertThat(run.samples).hasSize(2).allMatch(HttpRun.Sample::isOk);
            assertThat(server.ledger().arrivals("/seen")).isEqualTo(1);
        }
    }

    @Test
    void headersOfTheRequestWinWhateverTheirCase() {
        HttpRun run = new HttpRun();
        try (var server = TruthServer.setup()
                .otherwise(request -> TruthResponse.ok(String.join("|", request.headerLines())))
                .start()) {
            run.protocol(facts -> {
                        facts.header(new HeaderField("Accept-Language", text("de")));
                        facts.header(new HeaderField("X-Kept", text("1")));
                    })
                    .run(1, get("x", server.url("/")).with(facts -> {
                        facts.header(new HeaderField("accept-language", text("fr")));
                        facts.checks(List.of(bodyIs(
                                "Host: 127.0.0.1:" + server.port() + "|accept-language: fr|X-Kept: 1|Accept: */*")));
                    }));

            assertThat(run.only().message()).isEmpty();
        }
    }

    /** The whole body. */
    private record BodyIs(String expected) implements Check {
        @Override
        public CheckScope scope() {
            return CheckScope.BODY;
        }

        @Override
        public boolean readsBody() {
            return true;
        }

        @Override
        public CheckResult run(CheckedResponse response, UserSession session) {
            String found = response.body().string();
            return found.equals(expected) ? CheckResult.HELD : CheckResult.failed("body was " + found);
        }
    }

    private static Check bodyIs(String expected) {
        return new BodyIs(expected);
    }

    @Test
    void queryAndFormAreEncoded() {
        HttpRun run = new HttpRun();
        try (var server = TruthServer.setup()
                .otherwise(request -> TruthResponse.ok(request.target() + " " + request.text() + " "
                        + request.header("Content-Type").orElse("")))
                .start()) {
            run.run(1, request("x", "POST", server.url("/a?b=1")).with(facts -> {
                facts.query = facts.query
                        .and(new Parameters.One(text("q"), text("a b&c=ä")))
                        .and(new Parameters.Many(text("n"), Expression.constant(List.of(1, 2))));
                facts.form = facts.form.and(new Parameters.One(text("user name"), text("x+y z")));
                facts.checks(List.of(bodyIs(
                        "/a?b=1&q=a%20b%26c%3D%C3%A4&n=1&n=2 user+name=x%2By+z application/x-www-form-urlencoded")));
            }));

            assertThat(run.only().message()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b"})
    void lineBreaksInHeaderValuesNeverReachTheWire(String value) {
        HttpRun run = new HttpRun();
        try (var server = TruthServer.start()) {
            run.run(
                    1,
                    get("x", server.url("/"))
                            .with(facts -> facts.header(new HeaderField("X-From-Feeder", session -> value))));

            assertThat(run.only().errorClass()).isEqualTo("user.exception");
            assertThat(run.only().message())
                    .isEqualTo("header X-From-Feeder has a control character (line break?) in its value");
            assertThat(run.only().actual()).isEqualTo(RequestSample.NONE);
            assertThat(server.connectionsAccepted()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nX-Evil: 1", "/a HTTP/1.1\r\n\r\nGET /b", "/a\tb", "/a\u0000b"})
    void lineBreaksInPathsNeverReachTheWire(String path) {
        HttpRun run = new HttpRun();
        try (var server = TruthServer.start()) {
            var step = RequestDefinition.of(
                    text("x"), Expression.constant("GET"), session -> server.url(path), HttpRun.HERE);
            run.run(1, step);

            assertThat(run.only().errorClass()).isEqualTo("user.exception");
            assertThat(run.only().message()).startsWith("URL has a control character (line break?): \"/a");
            assertThat(server.connectionsAccepted()).isZero();
        }
    }

    @Test
    void unresolvedExpressionIsAFailureUnderTheRequestsName() {
        HttpRun run = new HttpRun();

        var step = RequestDefinition.of(
                text("x"),
                Expression.constant("GET"),
                session -> {
                    throw new dev.onrush.core.session.UnresolvedException("#{id}: no attribute \"id\"");
                },
                HttpRun.HERE);
        run.run(
                1,
                step,
                RequestDefinition.of(
                        text("y"),
                        Expression.constant("GET"),
                        session -> {
                            throw new IllegalStateException("boom");
                        },
                        HttpRun.HERE));

        assertThat(run.samples)
                .extracting(HttpRun.Sample::name, HttpRun.Sample::errorClass, HttpRun.Sample::message)
                .containsExactly(
                        tuple("x", "user.unresolved", "#{id}: no attribute \"id\""),
                        tuple("y", "user.exception", "java.lang.IllegalStateException: boom"));
    }

    @Test
    void staleConnectionIsResentOnceForIdempotentRequestsOnly() {
        HttpRun run = new HttpRun();
        try (var server = FaultServer.start(FaultScript.resetSecondRequest())) {
            run.run(
                    1,
                    get("first", server.url("/")),
                    get("second", server.url("/")),
                    request("third", "POST", server.url("/")));

            assertThat(run.samples)
                    .extracting(HttpRun.Sample::name, HttpRun.Sample::errorClass, HttpRun.Sample::attempt)
                    .containsExactly(
                            tuple("first", "", false),
                            tuple("second", "keepalive.stale", true),
                            tuple("second", "", false),
                            tuple("third", "keepalive.stale", false));
            assertThat(run.samples.get(2).actual()).isEqualTo(run.samples.get(1).actual());
            assertThat(run.samples.get(2).intended())
                    .isEqualTo(run.samples.get(1).intended());
        }
    }

    @Test
    void nothingIsRetriedBehindTheAuthorsBack() {
        HttpRun run = new HttpRun();
        try (var server = TruthServer.setup()
                .route("/503", TruthResponse.status(503).header("Retry-After", "3600"))
                .route("/429", TruthResponse.status(429).header("Retry-After", "3600"))
                .route("/reset", TruthResponse.reset())
                .start()) {
            run.run(
                    20,
                    get("503", server.url("/503")),
                    get("429", server.url("/429")),
                    request("reset", "POST", server.url("/reset")));

            assertThat(run.samples).hasSize(60);
            assertThat(server.ledger().arrivals()).isEqualTo(60);
        }
    }

    @Test
    void sharedConnectionsLetUsersWaitInLine() {
        HttpRun run = new HttpRun();
        try (var server = TruthServer.setup()
                .otherwise(TruthResponse.ok("ok").after(java.time.Duration.ofMillis(30)))
                .start()) {
            run.protocol(facts -> {
                        facts.sharesConnections = true;
                        facts.maxConnectionsPerHost = 1;
                    })
                    .run(10, get("x", server.url("/")));

            assertThat(run.samples).hasSize(10).allMatch(HttpRun.Sample::isOk);
            assertThat(server.connectionsAccepted()).isEqualTo(1);
            long longest = run.samples.stream()
                    .mapToLong(HttpRun.Sample::connectionWait)
                    .max()
                    .orElseThrow();
            assertThat(longest / 1_000_000).isBetween(260L, 400L);
        }
    }

    @Test
    void compressedAndLargeBodiesAreDecoded() throws IOException {
        HttpRun run = new HttpRun();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            plain.append(i * 7919L % 100_003).append(' ');
        }
        byte[] zipped = gzip(plain.toString());
        try (var server = TruthServer.setup()
                .otherwise(TruthResponse.status(200)
                        .header("Content-Encoding", "gzip")
                        .body(zipped))
                .route(
                        "/torn",
                        TruthResponse.status(200)
                                .header("Content-Encoding", "gzip")
                                .body(java.util.Arrays.copyOf(zipped, 1000)))
                .route(
                        "/bomb",
                        TruthResponse.status(200)
                                .header("Content-Encoding", "gzip")
                                .body(gzip("x".repeat(3 << 20))))
                .route(
                        "/other",
                        TruthResponse.status(200)
                                .header("Content-Encoding", "lzma")
                                .body(zipped))
                .start()) {
            assertThat(zipped.length).isGreaterThan(64 * 1024);
            var whole = List.of(bodyIs(plain.toString()));
            run.run(
                    1,
                    get("zipped", server.url("/")).with(facts -> facts.checks(whole)),
                    get("torn", server.url("/torn")).with(facts -> facts.checks(whole)),
                    get("bomb", server.url("/bomb")).with(facts -> facts.checks(whole)),
                    get("other", server.url("/other")).with(facts -> facts.checks(whole)),
                    get("unread", server.url("/torn")));

            assertThat(run.samples)
                    .extracting(HttpRun.Sample::name, HttpRun.Sample::errorClass, HttpRun.Sample::message)
                    .containsExactly(
                            tuple("zipped", "", ""),
                            tuple("torn", "body.decode", "compressed body is cut short"),
                            tuple(
                                    "bomb",
                                    "body.bomb",
                                    "body is over 1 MiB and over 100 times larger than what was sent"),
                            tuple("other", "body.decode", "content coding lzma is not known"),
                            tuple("unread", "", ""));
        }
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes());
        }
        return bytes.toByteArray();
    }

    @Test
    void whatIsInFlightAtTheStopIsUnfinished() {
        HttpRun run = new HttpRun();
        try (var server = TruthServer.setup().otherwise(TruthResponse.never()).start()) {
            new Thread(() -> {
                        org.awaitility.Awaitility.await()
                                .until(() -> server.ledger().arrivals() == 5);
                        run.engine.stopNow(new dev.onrush.core.engine.RunStop("enough", false));
                    })
                    .start();
            run.protocol(facts -> facts.requestTimeoutNanos = 60_000_000_000L).run(5, get("x", server.url("/")));

            assertThat(run.samples).hasSize(5);
            assertThat(run.samples).extracting(HttpRun.Sample::outcome).containsOnly(RequestSample.UNFINISHED);
        }
    }

    @Test
    void mistakesOfTheDefinitionAreToldTogether() {
        HttpRun run = new HttpRun();

        assertThatThrownBy(() -> run.run(
                        1,
                        get("a", "/x"),
                        get("b", "http://"),
                        get("c", "http://x:99999/").with(f -> f.header(new HeaderField("bad name", text("1")))),
                        get("d", "http://x/#{")))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining(
                        "relative URL \"/x\" without a base URL. Set http.baseUrl(..), or begin it with http:// or https://.")
                .hasMessageContaining("URL has no valid host: \"http://\"")
                .hasMessageContaining("URL has no valid port: \"http://x:99999/\"")
                .hasMessageContaining("\"bad name\" cannot be the name of a header.");
    }
}
