package dev.onrush.http;

import static dev.onrush.dsl.CoreDsl.StringBody;
import static dev.onrush.dsl.CoreDsl.bodyString;
import static dev.onrush.http.HttpDsl.Cookie;
import static dev.onrush.http.HttpDsl.CookieKey;
import static dev.onrush.http.HttpDsl.addCookie;
import static dev.onrush.http.HttpDsl.flushCookieJar;
import static dev.onrush.http.HttpDsl.flushSessionCookies;
import static dev.onrush.http.HttpDsl.getCookieValue;
import static dev.onrush.http.HttpDsl.header;
import static dev.onrush.http.HttpDsl.http;
import static dev.onrush.http.HttpDsl.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;
import dev.onrush.testkit.TruthSetup;

/** Redirects, cookies and credentials of the DSL, against a real server. */
@Timeout(20)
class RedirectAndCookieTest {
    private static TruthResponse to(int status, String location) {
        return TruthResponse.status(status).header("Location", location);
    }

    private static TruthResponse echo(TruthRequest request) {
        return TruthResponse.ok(request.method() + " " + request.text());
    }

    private static TruthSetup setup() {
        return TruthServer.setup().otherwise(RedirectAndCookieTest::echo);
    }

    @ParameterizedTest
    @CsvSource({
        "301, GET, GET", "302, GET, GET", "303, GET, GET", "307, GET, GET", "308, GET, GET",
        "301, POST, GET", "302, POST, GET", "303, POST, GET", "307, POST, POST", "308, POST, POST",
        "301, PUT, GET", "302, PUT, GET", "303, PUT, GET", "307, PUT, PUT", "308, PUT, PUT"
    })
    void methodFollowsTheTableOfTheRfc(int status, String before, String after) {
        WordRun run = new WordRun();
        try (var server = setup().route("/from", to(status, "/to")).start()) {
            String body = before.equals("GET") ? "" : "data";
            var request = http("x").httpRequest(before, server.url("/from"));
            var sent = body.isEmpty() ? request : request.body(StringBody(body));

            run.run(1, sent.check(bodyString().is(after + " " + (after.equals("GET") ? "" : body))));

            assertThat(run.samples)
                    .extracting(WordRun.Sample::name, WordRun.Sample::status, WordRun.Sample::message)
                    .containsExactly(tuple("x", status, ""), tuple("x Redirect 1", 200, ""));
        }
    }

    @Test
    void strict302KeepsTheMethod() {
        WordRun run = new WordRun();
        try (var server = setup().route("/from", to(302, "/to")).start()) {
            run.run(
                    http.strict302Handling()
                            .redirectNamingStrategy((uri, name, hop) -> name + "/" + hop + uri.getPath()),
                    1,
                    http("x")
                            .post(server.url("/from"))
                            .body(StringBody("data"))
                            .check(bodyString().is("POST data")));

            assertThat(run.samples).extracting(WordRun.Sample::name).containsExactly("x", "x/1/to");
            assertThat(run.samples).allMatch(WordRun.Sample::isOk);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/self | redirect.loop | redirects in a circle, given up after 3 | 4",
                "/a | redirect.loop | redirects in a circle, given up after 3 | 4",
                "/n/0 | redirect.limit | more than 3 redirects | 4",
                "/file | redirect.scheme | redirect to the scheme file | 1",
                "/script | redirect.scheme | redirect to the scheme javascript | 1",
                "/garbage | redirect.invalid | redirect to a place that is no URL | 1"
            })
    void redirectsThatLeadNowhereHaveTheirClass(String path, String errorClass, String message, int requests) {
        WordRun run = new WordRun();
        try (var server = setup().route("/self", to(302, "/self"))
                .route("/a", to(302, "/b"))
                .route("/b", to(302, "/a"))
                .route("/n/*", request -> to(302, request.path() + "0"))
                .route("/file", to(302, "file:///etc/passwd"))
                .route("/script", to(302, "javascript:alert(1)"))
                .route("/garbage", to(302, "http://[::"))
                .start()) {
            run.run(http.maxRedirects(3), 1, http("x").get(server.url(path)));

            assertThat(run.samples).hasSize(requests);
            assertThat(run.samples.get(requests - 1).errorClass()).isEqualTo(errorClass);
            assertThat(run.samples.get(requests - 1).message()).isEqualTo(message);
            assertThat(server.ledger().arrivals()).isEqualTo(requests);
        }
    }

    @Test
    void redirectToItselfWithACookieIsLegal() {
        WordRun run = new WordRun();
        try (var server = setup().route(
                        "/",
                        request -> request.header("Cookie").isPresent()
                                ? TruthResponse.ok("in")
                                : to(302, "/").header("Set-Cookie", "seen=1"))
                .start()) {
            run.run(1, http("x").get(server.url("/")).check(bodyString().is("in")));

            assertThat(run.samples).hasSize(2).allMatch(WordRun.Sample::isOk);
        }
    }

    @Test
    void secretsNeverReachAnotherAuthority() {
        WordRun run = new WordRun();
        AtomicInteger leaks = new AtomicInteger();
        try (var other = setup().address("127.0.0.2")
                        .otherwise(request -> {
                            if (request.header("Authorization").isPresent()
                                    || request.header("Cookie").isPresent()) {
                                leaks.incrementAndGet();
                            }
                            return TruthResponse.ok("there");
                        })
                        .start();
                var server = setup().route("/from", to(307, other.url("/to")).header("Set-Cookie", "a=b"))
                        .start()) {
            run.run(
                    1,
                    http("x")
                            .post(server.url("/from"))
                            .basicAuth("me", "secret")
                            .header("Cookie", "mine=1")
                            .body(StringBody("data"))
                            .check(bodyString().is("there")));

            assertThat(run.samples).hasSize(2).allMatch(WordRun.Sample::isOk);
            assertThat(leaks).hasValue(0);
        }
    }

    @Test
    void unfollowedRedirectIsAnAnswerLikeAnyOther() {
        WordRun run = new WordRun();
        try (var server = setup().route("/from", to(302, "/to")).start()) {
            run.run(
                    1,
                    http("x")
                            .get(server.url("/from"))
                            .disableFollowRedirect()
                            .check(status().is(302), header("location").is("/to")));

            assertThat(run.samples).hasSize(1).allMatch(WordRun.Sample::isOk);
        }
    }

    @Test
    void cookiesAreKeptSentReadAndDropped() {
        WordRun run = new WordRun();
        try (var server = TruthServer.setup()
                .route(
                        "/set",
                        TruthResponse.ok("ok")
                                .header("Set-Cookie", "session=s1; Path=/; HttpOnly")
                                .header("Set-Cookie", "kept=k1; Path=/; Max-Age=600")
                                .header("Set-Cookie", "deep=d1; Path=/deep")
                                .header("Set-Cookie", "secret=x; Secure")
                                .header("Set-Cookie", "foreign=x; Domain=elsewhere.test"))
                .otherwise(request -> TruthResponse.ok(request.header("Cookie").orElse("none")))
                .start()) {
            run.run(
                    http.baseUrl(server.url()),
                    2,
                    http("set").get("/set"),
                    http("root").get("/").check(bodyString().is("session=s1; kept=k1")),
                    http("deep").get("/deep/x").check(bodyString().is("deep=d1; session=s1; kept=k1")),
                    getCookieValue(CookieKey("session").saveAs("id")),
                    http("saved").get("/?#{id}").check(bodyString().is("session=s1; kept=k1")),
                    flushSessionCookies(),
                    http("flushed").get("/").check(bodyString().is("kept=k1")),
                    addCookie(Cookie("mine", "#{id}").withMaxAge(60)),
                    http("added").get("/").check(bodyString().is("kept=k1; mine=s1")),
                    flushCookieJar(),
                    http("empty").get("/").check(bodyString().is("none")));

            assertThat(run.samples).extracting(WordRun.Sample::message).containsOnly("");
            assertThat(run.samples).hasSize(14);
            assertThat(server.ledger().arrivals("/")).isEqualTo(10);
        }
    }

    @Test
    void missingCookieIsAStepFailure() {
        WordRun run = new WordRun();

        run.run(1, getCookieValue(CookieKey("gone")));

        assertThat(run.stepFailures)
                .anyMatch(text ->
                        text.contains("no cookie of the name \"gone\". Give domain and path if several may match."));
    }

    @Test
    void basicCredentialsGoWithTheFirstRequest() {
        WordRun run = new WordRun();
        try (var server = TruthServer.setup()
                .otherwise(request ->
                        TruthResponse.ok(request.header("Authorization").orElse("none")))
                .start()) {
            run.run(
                    http.baseUrl(server.url()).basicAuth("Aladdin", "open sesame"),
                    1,
                    http("x").get("/").check(bodyString().is("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")),
                    http("y")
                            .get("/")
                            .basicAuth("a", s -> "b")
                            .check(bodyString().is("Basic YTpi")));

            assertThat(run.samples).extracting(WordRun.Sample::message).containsOnly("");
        }
    }

    @Test
    void jsonAndFormsSetTheirHeaders() {
        WordRun run = new WordRun();
        try (var server = TruthServer.setup()
                .otherwise(request -> TruthResponse.ok(request.header("Accept").orElse("") + " "
                        + request.header("Content-Type").orElse("") + " " + request.text()))
                .start()) {
            run.run(
                    http.baseUrl(server.url()),
                    1,
                    http("json")
                            .post("/")
                            .body(StringBody("{\"n\":1}"))
                            .asJson()
                            .check(bodyString().is("application/json application/json {\"n\":1}")),
                    http("get").get("/").asJson().check(bodyString().is("application/json  ")),
                    http("form")
                            .post("/")
                            .formParam("a", 1)
                            .formParam("b", s -> "x y")
                            .check(bodyString().is("*/* application/x-www-form-urlencoded a=1&b=x+y")));

            assertThat(run.samples).extracting(WordRun.Sample::message).containsOnly("");
        }
    }
}
