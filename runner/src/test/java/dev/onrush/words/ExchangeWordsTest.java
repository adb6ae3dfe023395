package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.DefinitionException;
import dev.onrush.http.ByteArrayResponseBody;
import dev.onrush.http.HttpHeaderNames;
import dev.onrush.http.HttpHeaders;
import dev.onrush.http.HttpResponseStatus;
import dev.onrush.http.InputStreamResponseBody;
import dev.onrush.http.NoResponseBody;
import dev.onrush.http.Response;
import dev.onrush.http.ResponseBody;
import dev.onrush.http.StringResponseBody;
import dev.onrush.testkit.TruthResponse;

/** What goes along with a request by itself, what is left aside, what becomes of its response and of its record. */
@Timeout(20)
class ExchangeWordsTest {
    private static TruthResponse page() {
        return TruthResponse.status(200)
                .header("Content-Type", "text/html; charset=utf-8")
                .body("<p>");
    }

    @Test
    void refererIsTheHtmlPageThatCameLastAndOriginThatOfThePage() {
        try (Target other = Target.start();
                Target target = Target.answering(
                        request -> request.path().startsWith("/page") ? page() : TruthResponse.ok("<p>"))) {
            Trial trial = Trial.of(
                    target,
                    http("1").post("/first"),
                    http("2").get("/page?a=1"),
                    http("3").get("/data"),
                    http("4").post("/page2"),
                    http("5").get("/page3").header("X-Requested-With", "XMLHttpRequest"),
                    http("6").put("/data").header("referer", "mine").header("ORIGIN", "own"),
                    http("7").head("/page4"),
                    http("8").delete("/data"),
                    http("9").post(other.url("/away")));

            assertThat(trial.failures()).isEmpty();
            String page1 = target.url("/page?a=1");
            String page2 = target.url("/page2");
            assertThat(target.header("Referer")).containsExactly("-", "-", page1, page1, page2, "mine", page2, page2);
            assertThat(target.header("Origin"))
                    .containsExactly(target.url(), "-", "-", target.url(), "-", "own", "-", target.url());
            assertThat(other.header("Referer")).containsExactly(page2);
            assertThat(other.header("Origin")).containsExactly(target.url());
        }
    }

    @Test
    void refererAndOriginCanBeTurnedOffAndAnOriginGoesWhenAPostBecomesAGet() {
        try (Target target = Target.answering(request -> switch (request.path()) {
            case "/page" -> page();
            case "/see" -> TruthResponse.status(303).header("Location", "/seen");
            default -> TruthResponse.ok("ok");
        })) {
            Trial trial = Trial.of(target, http("a").post("/see"));
            Trial off = Trial.of(
                    http.baseUrl(target.url()).disableAutoReferer().disableAutoOrigin(),
                    http("a").get("/page"),
                    http("b").post("/b"));

            assertThat(trial.failures()).isEmpty();
            assertThat(off.failures()).isEmpty();
            assertThat(target.header("Origin")).containsExactly(target.url(), "-", "-", "-");
            assertThat(target.header("Referer")).containsOnly("-");
        }
    }

    @Test
    void headersAndChecksOfTheProtocolCanBeLeftAside() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url())
                            .header("X-All", "1")
                            .check(bodyString().is("other")),
                    http("a").get("/").ignoreProtocolHeaders(),
                    http("b").get("/").ignoreProtocolChecks());

            assertThat(target.header("X-All")).containsExactly("-", "1");
            assertThat(target.header("Accept")).containsOnly("*/*");
            assertThat(trial.requests)
                    .extracting(Trial.Request::path, Trial.Request::isOk)
                    .containsExactly(tuple("a", false), tuple("b", true));
        }
    }

    @Test
    void urlsGoAsWrittenIfNothingIsToBeEncoded() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("space", "a b").set("break", "x\r\nX-Evil: 1")),
                    http("encoded").get("/a\"b|c").queryParam("q", "x|y"),
                    http("raw")
                            .get("/a\"b|c")
                            .queryParam("q", "x|y")
                            .multivaluedQueryParam("{m}", List.of("<1>", "^"))
                            .disableUrlEncoding(),
                    http("space").get("/#{space}").disableUrlEncoding(),
                    http("break").get("/").queryParam("q", "#{break}").disableUrlEncoding());
            Trial all = Trial.of(
                    http.baseUrl(target.url()).disableUrlEncoding(), http("raw").get("/{a}"));

            assertThat(all.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/a%22b%7Cc?q=x%7Cy", "/a\"b|c?q=x|y&{m}=<1>&{m}=^", "/{a}");
            assertThat(trial.failures())
                    .containsExactly(
                            "space: user.exception: URL has a character that must be encoded (space, control character, or not"
                                    + " ASCII), and disableUrlEncoding keeps it as it is: \"/a b\"",
                            "break: user.exception: URL has a character that must be encoded (space, control character, or not"
                                    + " ASCII), and disableUrlEncoding keeps it as it is: \"/?q=x??X-Evil: 1\"");
        }
    }

    @Test
    void queryIsAMethodOfItsOwnAndMayHaveABody() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("a").query("/a").body(StringBody("select")),
                    http("b").query(s -> "/b"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.lines()).containsExactly("QUERY /a", "QUERY /b");
            assertThat(target.bodies()).containsExactly("select", "");
        }
    }

    // ---- silent

    @Test
    void silentRequestsAreSentAndInNoStatisticAndFailNobody() {
        try (Target target = Target.answering(
                request -> request.path().startsWith("/bad") ? TruthResponse.status(500) : TruthResponse.ok("ok"))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).silentUri(".*/(quiet|bad%20quiet)\\b.*"),
                    group("g")
                            .on(
                                    http("a").get("/a"),
                                    http("b").get("/bad").silent(),
                                    http("c").get("/quiet?x"),
                                    http("d").get("/bad quiet"),
                                    http("e").get("/quiet").notSilent(),
                                    http("f")
                                            .get("/#{gone}")
                                            .silent()
                                            .check(regex("x").saveAs("gone"))),
                    exec(s -> s.set("failed", s.isFailed())),
                    http("last").get("/#{failed}"));

            assertThat(trial.stepFailures).isEmpty();
            assertThat(target.targets()).containsExactly("/a", "/bad", "/quiet?x", "/bad%20quiet", "/quiet", "/false");
            assertThat(trial.statistics().total().ok()).isEqualTo(3);
            assertThat(trial.statistics().total().ko()).isZero();
            assertThat(trial.statistics().generator().silentRequests()).isEqualTo(4);
            assertThat(trial.groups).singleElement().satisfies(group -> {
                assertThat(group.isOk()).isTrue();
                assertThat(group.cumulatedMicros())
                        .isCloseTo(
                                trial.requests.stream()
                                        .filter(request -> request.path().matches("g > [ae]"))
                                        .mapToLong(request -> request.end() - request.intended())
                                        .sum(),
                                within(3L));
            });
        }
    }

    @Test
    void aPatternThatIsNoneIsRefusedAtItsCall() {
        assertThatThrownBy(() -> http.silentUri("a("))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("silentUri: \"a(\" is no regular expression: Unclosed group near position 2.");
    }

    // ---- responses

    @Test
    void aTransformedResponseIsWhatChecksSee() {
        AtomicReference<Response> seen = new AtomicReference<>();
        try (Target target = Target.answering(request -> TruthResponse.status(404)
                .header("Content-Type", "text/plain; charset=ISO-8859-1")
                .header("X-Old", "1")
                .body("ä".getBytes(StandardCharsets.ISO_8859_1)))) {
            long before = System.currentTimeMillis();
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).transformResponse((response, session) -> {
                        seen.set(response);
                        return new Response(
                                response.request(),
                                response.startTimestamp(),
                                response.endTimestamp(),
                                HttpResponseStatus.valueOf(200),
                                new HttpHeaders().add("X-New", session.userId()),
                                new StringResponseBody(
                                        response.body().string().toUpperCase() + "!", StandardCharsets.UTF_8),
                                response.checksums(),
                                response.isHttp2());
                    }),
                    http("all")
                            .post("/a")
                            .body(StringBody("b"))
                            .check(
                                    status().is(200),
                                    header("X-New").is("1"),
                                    header("X-Old").is("1"),
                                    bodyString().is("Ä!")),
                    http("rule").get("/"),
                    http("own")
                            .get("/")
                            .transformResponse((response, session) -> response)
                            .check(bodyString().is("ä"), status().is(404)),
                    http("throws").get("/").transformResponse((response, session) -> {
                        throw new IllegalStateException("cannot");
                    }),
                    http("null").get("/").transformResponse((response, session) -> null));
            long after = System.currentTimeMillis();

            assertThat(trial.requests)
                    .extracting(Trial.Request::path, Trial.Request::status, Trial.Request::errorClass)
                    .containsExactly(
                            tuple("all", 404, "check.failed"),
                            tuple("rule", 404, ""),
                            tuple("own", 404, ""),
                            tuple("throws", 404, "user.exception"),
                            tuple("null", 404, "user.exception"));
            assertThat(trial.requests.get(0).message()).startsWith("header X-Old: ");
            assertThat(trial.requests.get(3).message())
                    .contains("transformResponse: ")
                    .contains("cannot");
            Response last = seen.get();
            assertThat(last.request().getName()).isEqualTo("rule");
            assertThat(last.request().getUri().toUrl()).isEqualTo(target.url("/"));
            assertThat(last.request().getBody()).isNull();
            assertThat(last.status().code()).isEqualTo(404);
            assertThat(last.headers().get(HttpHeaderNames.CONTENT_TYPE)).isEqualTo("text/plain; charset=ISO-8859-1");
            assertThat(last.body().charset()).isEqualTo(StandardCharsets.ISO_8859_1);
            assertThat(last.body().length()).isEqualTo(1);
            assertThat(last.startTimestamp()).isBetween(before, after);
            assertThat(last.endTimestamp()).isBetween(last.startTimestamp(), after);
            assertThat(last.isHttp2()).isFalse();
        }
    }

    @Test
    void bodiesOfResponsesOfEveryKind() throws Exception {
        byte[] bytes = "aä".getBytes(StandardCharsets.UTF_8);
        for (ResponseBody body : List.of(
                new ByteArrayResponseBody(bytes, StandardCharsets.UTF_8),
                new StringResponseBody("aä", StandardCharsets.UTF_8),
                new InputStreamResponseBody(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))) {
            assertThat(body.string()).isEqualTo("aä");
            assertThat(body.bytes()).isEqualTo(bytes);
            assertThat(body.chars()).containsExactly('a', 'ä');
            assertThat(body.stream().readAllBytes()).isEqualTo(bytes);
            assertThat(body.stream().readAllBytes()).isEqualTo(bytes);
            assertThat(body.length()).isEqualTo(3);
            assertThat(body.charset()).isEqualTo(StandardCharsets.UTF_8);
        }
        assertThat(NoResponseBody.INSTANCE.length()).isZero();
        assertThat(NoResponseBody.INSTANCE.string()).isEmpty();
    }

    @Test
    void headersOfAFunctionCompareWithoutLetterCase() {
        HttpHeaders headers =
                new HttpHeaders().add("A", 1).add("a", List.of(2, 3)).set("B", "b");

        assertThat(headers.getAll("a")).containsExactly("1", "2", "3");
        assertThat(headers.get("A")).isEqualTo("1");
        assertThat(headers.get("none")).isNull();
        assertThat(headers.contains("b")).isTrue();
        assertThat(headers.contains("B", "B", true)).isTrue();
        assertThat(headers.contains("B", "B", false)).isFalse();
        assertThat(headers.names()).containsExactly("A", "B");
        assertThat(headers.set("a", "x").remove("b").entries()).containsExactly(Map.entry("a", "x"));
        assertThat(HttpResponseStatus.valueOf(404)).isEqualTo(HttpResponseStatus.NOT_FOUND);
        assertThat(HttpResponseStatus.NOT_FOUND.reasonPhrase()).isEqualTo("Not Found");
    }

    // ---- content codings

    @Test
    void brotliAndZstandardAreUndone() {
        String text = "the quick brown fox ä ".repeat(5000);
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        Map<String, Function<byte[], byte[]>> codings = Map.of("/br", Codings::br, "/zstd", Codings::zstd);
        try (Target target = Target.answering(request -> {
            String coding = request.path().substring(1);
            byte[] coded = codings.get(request.path()).apply(plain);
            return switch (request.query()) {
                case "half" ->
                    TruthResponse.status(200)
                            .header("Content-Encoding", coding)
                            .body(java.util.Arrays.copyOf(coded, coded.length / 2));
                case "none" ->
                    TruthResponse.status(200).header("Content-Encoding", coding).body("no such coding");
                default ->
                    TruthResponse.status(200).header("Content-Encoding", coding).body(coded);
            };
        })) {
            Trial trial = Trial.of(
                    target,
                    http("br").get("/br").check(bodyString().is(text)),
                    http("zstd").get("/zstd").check(bodyString().is(text)),
                    http("half br").get("/br?half").check(bodyString().is(text)),
                    http("half zstd").get("/zstd?half").check(bodyString().is(text)),
                    http("no br").get("/br?none").check(bodyString().is(text)),
                    http("no zstd").get("/zstd?none").check(bodyString().is(text)),
                    http("unread").get("/zstd?none"));

            assertThat(trial.requests)
                    .extracting(Trial.Request::path, Trial.Request::errorClass)
                    .containsExactly(
                            tuple("br", ""),
                            tuple("zstd", ""),
                            tuple("half br", "body.decode"),
                            tuple("half zstd", "body.decode"),
                            tuple("no br", "body.decode"),
                            tuple("no zstd", "body.decode"),
                            tuple("unread", ""));
        }
    }

    @Test
    void whatUnpacksToMoreThanTheLimitFailsInEveryCoding() {
        byte[] bomb = Codings.zstd(new byte[20 << 20]);
        byte[] large = Codings.br(new byte[200_000]);
        try (Target target = Target.answering(request -> request.path().equals("/bomb")
                ? TruthResponse.status(200).header("Content-Encoding", "zstd").body(bomb)
                : TruthResponse.status(200).header("Content-Encoding", "br").body(large))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).maxResponseBodySize(150_000),
                    http("bomb").get("/bomb").check(substring("x")),
                    http("large").get("/large").check(substring("x")));
            Trial wide = Trial.of(target, http("bomb").get("/bomb").check(substring("x")));

            assertThat(trial.requests)
                    .extracting(Trial.Request::errorClass)
                    .containsExactly("body.too_large", "body.too_large");
            assertThat(wide.requests).extracting(Trial.Request::errorClass).containsExactly("body.bomb");
        }
    }
}
