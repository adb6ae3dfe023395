package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.http.HttpHeaderNames;
import dev.onrush.http.HttpMethod;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.Request;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;

/** Functions that sign, OAuth and digests, against a server that looks at them. */
@Timeout(20)
class SigningWordsTest {
    private static Request seen(Request request) {
        request.getHeaders()
                .set(
                        "X-Seen",
                        request.getName() + "|" + request.getMethod() + "|"
                                + request.getUri().toRelativeUrl() + "|"
                                + request.getHeaders().get(HttpHeaderNames.ACCEPT) + "|"
                                + (request.getBody() == null
                                        ? "-"
                                        : new String(request.getBody().getBytes(), StandardCharsets.UTF_8)))
                .add("X-Get", request.getMethod().equals(HttpMethod.GET));
        return request;
    }

    @Test
    void signersSeeAllOfTheRequestAndHaveTheLastWord() {
        try (Target target = Target.start()) {
            HttpProtocolBuilder protocol = http.baseUrl(target.url())
                    .sign(SigningWordsTest::seen)
                    .sign((request, session) -> {
                        request.getHeaders().set("X-User", session.userId());
                        return request;
                    });
            Trial trial = Trial.of(
                    protocol,
                    http("a").get("/a?q=1"),
                    http("b").post("/b").body(StringBody("body")).sign(request -> {
                        request.getHeaders().remove("x-user").set("X-Own", List.of("1", "2"));
                        return request;
                    }),
                    http("c").get("/c").ignoreProtocolSignatureCalculators());

            assertThat(trial.failures()).isEmpty();
            assertThat(target.header("X-Seen")).containsExactly("a|GET|/a?q=1|*/*|-", "b|POST|/b|*/*|body", "-");
            assertThat(target.header("X-Get")).containsExactly("true", "false", "-");
            assertThat(target.header("X-User")).containsExactly("1", "-", "-");
            assertThat(target.came.get(1).headers("X-Own")).containsExactly("1", "2");
            assertThat(target.came.get(1).headers("Content-Length")).containsExactly("4");
        }
    }

    @Test
    void aSignerThatFailsFailsItsRequestAndCannotBreakOutOfAHeader() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("null").get("/").sign(request -> null),
                    http("throws").get("/").sign((request, session) -> {
                        throw new IllegalStateException("no key");
                    }),
                    http("breaks").get("/").sign(request -> {
                        request.getHeaders().set("X-A", "b\r\nX-Evil: 1");
                        return request;
                    }));

            assertThat(target.came).isEmpty();
            assertThat(trial.requests).allSatisfy(request -> {
                assertThat(request.errorClass()).isEqualTo("user.exception");
                assertThat(request.actual()).isEqualTo(-1);
            });
            assertThat(trial.requests)
                    .extracting(Trial.Request::message)
                    .satisfiesExactly(
                            one -> assertThat(one).contains("the function of sign gave null. Return the request."),
                            two -> assertThat(two).contains("no key"),
                            three -> assertThat(three).contains("X-A has a control character"));
        }
    }

    @Test
    void hopsOfARedirectAreSignedAgainButNotForStrangers() {
        try (Target other = Target.start();
                Target target = Target.answering(request -> switch (request.path()) {
                    case "/home" -> TruthResponse.status(302).header("Location", "/next");
                    case "/away" -> TruthResponse.status(302).header("Location", other.url("/stranger"));
                    default -> TruthResponse.ok("ok");
                })) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).sign(request -> {
                        request.getHeaders().add("X-Sign", request.getUri().getPath());
                        return request;
                    }),
                    http("home").get("/home"),
                    http("away").get("/away"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.came.stream().map(request -> request.headers("X-Sign")))
                    .containsExactly(List.of("/home"), List.of("/next"), List.of("/away"));
            assertThat(other.header("X-Sign")).containsExactly("-");
        }
    }

    @Test
    void oauthParametersGoWhereTheAuthorWantsThem() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("key", "ck")),
                    http("header").get("/a?x=1").signWithOAuth1("#{key}", "cs", "t", "ts"),
                    http("query").get("/b?x=1").signWithOAuth1("#{key}", "cs", "", "", false),
                    http("form").post("/c").formParam("f", "1").signWithOAuth1("ck", "cs", "t", "ts", false),
                    http("functions").get("/d").signWithOAuth1(s -> "ck", s -> "cs", s -> "t", s -> "ts"),
                    http("functions, query")
                            .get("/e")
                            .signWithOAuth1(s -> "ck", s -> "cs", s -> "t", s -> "ts", false));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.header("Authorization").get(0))
                    .matches(
                            "OAuth oauth_consumer_key=\"ck\", oauth_nonce=\"\\w+\", oauth_signature_method=\"HMAC-SHA1\","
                                    + " oauth_timestamp=\"\\d+\", oauth_token=\"t\", oauth_version=\"1.0\","
                                    + " oauth_signature=\"[\\w%.~-]+\"");
            assertThat(target.targets().get(1))
                    .matches("/b\\?x=1&oauth_consumer_key=ck&oauth_nonce=\\w+&.*&oauth_signature=[\\w%.~-]+")
                    .doesNotContain("oauth_token");
            assertThat(target.bodies().get(2)).matches("f=1&oauth_consumer_key=ck&.*&oauth_signature=[\\w%.~-]+");
            assertThat(target.header("Authorization").get(3)).startsWith("OAuth oauth_consumer_key=\"ck\"");
            assertThat(target.targets().get(4)).contains("oauth_token=t");
            assertThat(target.header("Authorization")).element(1).isEqualTo("-");
        }
    }

    // ---- digest

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String field(String header, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)\"?").matcher(header.replace("Digest ", " "));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Whether the answer is right for user {@code ann}, password {@code pw}: written here a second time. */
    private static boolean isRight(TruthRequest request, String algorithm, String quality, String nonce) {
        String header = request.header("Authorization").orElse("");
        if (!header.startsWith("Digest ") || !field(header, "nonce").equals(nonce)) {
            return false;
        }
        String secret = hash(algorithm, "ann:shop:pw");
        String asked = hash(
                algorithm,
                request.method() + ":" + request.target()
                        + (quality.equals("auth-int") ? ":" + hash(algorithm, request.text()) : ""));
        String expected = quality.isEmpty()
                ? hash(algorithm, secret + ":" + nonce + ":" + asked)
                : hash(
                        algorithm,
                        secret + ":" + nonce + ":" + field(header, "nc") + ":" + field(header, "cnonce") + ":" + quality
                                + ":" + asked);
        return field(header, "uri").equals(request.target())
                && field(header, "username").equals("ann")
                && field(header, "response").equals(expected);
    }

    @ParameterizedTest
    @CsvSource({"MD5, auth", "SHA-256, auth", "SHA-256, auth-int", "MD5, ''"})
    void challengesAreAnsweredOnceAndTheAnswerIsKept(String algorithm, String quality) {
        String challenge = "Basic realm=\"b\", Digest realm=\"shop\", nonce=\"n1\", opaque=\"o\", algorithm="
                + algorithm + (quality.isEmpty() ? "" : ", qop=\"" + quality + "\"");
        try (Target target = Target.answering(request -> isRight(request, algorithm, quality, "n1")
                ? TruthResponse.ok("in")
                : TruthResponse.status(401).header("WWW-Authenticate", challenge))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).digestAuth("#{user}", s -> "pw"),
                    exec(s -> s.set("user", "ann")),
                    http("a").get("/a?x=1").check(bodyString().is("in")),
                    http("b").post("/b").body(StringBody("body")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.lines()).containsExactly("GET /a?x=1", "GET /a?x=1", "POST /b");
            assertThat(trial.requests)
                    .extracting(Trial.Request::path, Trial.Request::status, Trial.Request::isOk)
                    .containsExactly(tuple("a", 401, true), tuple("a", 200, true), tuple("b", 200, true));
            if (!quality.isEmpty()) {
                assertThat(target.header("Authorization").stream().map(header -> field(header, "nc")))
                        .containsExactly("", "00000001", "00000002");
            }
        }
    }

    @Test
    void aWrongPasswordIsTriedOnceAndAStaleNumberOnceMore() {
        try (Target wrong = Target.answering(request -> TruthResponse.status(401)
                        .header("WWW-Authenticate", "Digest realm=\"shop\", nonce=\"n\", qop=\"auth\""));
                Target stale = Target.answering(request -> isRight(request, "MD5", "auth", "n2")
                        ? TruthResponse.ok("in")
                        : TruthResponse.status(401)
                                .header(
                                        "WWW-Authenticate",
                                        request.header("Authorization").isPresent()
                                                ? "Digest realm=\"shop\", nonce=\"n2\", qop=\"auth\", stale=true"
                                                : "Digest realm=\"shop\", nonce=\"n1\", qop=\"auth\""))) {
            Trial trial = Trial.of(
                    http,
                    http("wrong").get(wrong.url("/")).digestAuth("ann", "other"),
                    http("stale").get(stale.url("/")).digestAuth(s -> "ann", s -> "pw"),
                    http("basic wins")
                            .get(wrong.url("/b"))
                            .digestAuth(s -> "x", "y")
                            .basicAuth("u", "p"),
                    http("own header")
                            .get(wrong.url("/c"))
                            .digestAuth("ann", "pw")
                            .header("Authorization", "mine"));

            assertThat(wrong.header("Authorization"))
                    .satisfiesExactly(
                            one -> assertThat(one).isEqualTo("-"),
                            two -> assertThat(two).startsWith("Digest username=\"ann\""),
                            three -> assertThat(three).startsWith("Basic "),
                            four -> assertThat(four).isEqualTo("mine"));
            assertThat(stale.came).hasSize(3);
            assertThat(trial.requests)
                    .filteredOn(request -> !request.isOk())
                    .extracting(Trial.Request::path, Trial.Request::message)
                    .containsExactly(
                            tuple("wrong", "status was 401, expected 2xx or 304"),
                            tuple("basic wins", "status was 401, expected 2xx or 304"),
                            tuple("own header", "status was 401, expected 2xx or 304"));
        }
    }
}
