package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.testkit.TruthResponse;

/** Words of a request and of the protocol's headers, as they arrive at a real server. */
@Timeout(20)
class RequestWordsTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static List<Map.Entry<String, Object>> entries(Object... pairs) {
        return List.copyOf(map(pairs).entrySet());
    }

    @Test
    void methodsAreSentAsNamed() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("verb", "PURGE").set("p", "/el")),
                    http("get").get("/a"),
                    http("post").post("/b"),
                    http("put").put("/c"),
                    http("patch").patch("/d"),
                    http("head").head("/e"),
                    http("delete").delete("/f"),
                    http("options").options("/g"),
                    http("any").httpRequest("REPORT", "/h"),
                    http("el").httpRequest("#{verb}", "#{p}"),
                    http("function").httpRequest(s -> "LINK", s -> "/i"),
                    http("half").httpRequest("LINK", s -> "/j"),
                    http("other half").httpRequest(s -> "UNLINK", "/k"),
                    http(s -> "named by " + s.getString("verb")).get(s -> "/l"),
                    http("by #{verb}").post(s -> "/m"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.lines())
                    .containsExactly(
                            "GET /a",
                            "POST /b",
                            "PUT /c",
                            "PATCH /d",
                            "HEAD /e",
                            "DELETE /f",
                            "OPTIONS /g",
                            "REPORT /h",
                            "PURGE /el",
                            "LINK /i",
                            "LINK /j",
                            "UNLINK /k",
                            "GET /l",
                            "POST /m");
            assertThat(trial.paths()).endsWith("named by PURGE", "by PURGE");
        }
    }

    @Test
    void functionsGiveTheUrlOfEveryMethod() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("a").put(s -> "/" + s.userId()),
                    http("b").patch(s -> "/" + s.scenario()),
                    http("c").head(s -> "/x"),
                    http("d").delete(s -> "/y"),
                    http("e").options(s -> "/z"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.lines()).containsExactly("PUT /1", "PATCH /shop", "HEAD /x", "DELETE /y", "OPTIONS /z");
        }
    }

    @Test
    void relativeUrlsAreJoinedToTheBaseUrlAndAbsoluteOnesAreNot() {
        try (Target target = Target.start();
                Target other = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url("/shop")),
                    http("a").get("/items"),
                    http("b").get("items"),
                    http("c").get("?q=1"),
                    http("d").get(""),
                    http("e").get(other.url("/else")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/shop/items", "/shop/items", "/shop?q=1", "/shop");
            assertThat(other.targets()).containsExactly("/else");
        }
    }

    @Test
    void eachUserKeepsOneOfTheBaseUrlsInTurn() {
        try (Target one = Target.start();
                Target two = Target.start()) {
            HttpProtocolBuilder both = http.baseUrls(one.url(), two.url());
            Trial trial = Trial.of(
                    both, 4, http("x").get(s -> "/" + s.userId()), http("y").get(s -> "/" + s.userId()));

            assertThat(trial.failures()).isEmpty();
            assertThat(one.came).hasSize(4);
            assertThat(two.came).hasSize(4);
            assertThat(one.targets()).doesNotContainAnyElementsOf(two.targets());
            Trial listed = Trial.of(http.baseUrls(List.of(one.url())), http("x").get("/listed"));
            assertThat(listed.failures()).isEmpty();
            assertThat(one.targets()).endsWith("/listed");
        }
    }

    @Test
    void nothingIsSentUnaskedButAcceptAndHost() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(target, http("x").get("/"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.only().headerLines())
                    .containsExactlyInAnyOrder("Host: 127.0.0.1:" + target.server.port(), "Accept: */*");
        }
    }

    @Test
    void protocolHasAWordForEachUsualHeader() {
        try (Target target = Target.start()) {
            HttpProtocolBuilder protocol = http.baseUrl(target.url())
                    .acceptHeader("text/html")
                    .acceptCharsetHeader("utf-8")
                    .acceptEncodingHeader("gzip")
                    .acceptLanguageHeader("de")
                    .authorizationHeader("Bearer t")
                    .connectionHeader("keep-alive")
                    .contentTypeHeader("text/csv")
                    .doNotTrackHeader("1")
                    .originHeader("https://shop.test")
                    .userAgentHeader("probe/1")
                    .upgradeInsecureRequestsHeader("1")
                    .header("X-One", "#{nobody.isUndefined()}")
                    .header(new StringBuilder("X-Two"), s -> "user " + s.userId())
                    .headers(Map.of("X-Three", "3"));
            Trial trial = Trial.of(protocol, http("x").post("/").body(StringBody("b")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.only().headerLines())
                    .containsExactlyInAnyOrder(
                            "Host: 127.0.0.1:" + target.server.port(),
                            "Accept: text/html",
                            "Accept-Charset: utf-8",
                            "Accept-Encoding: gzip",
                            "Accept-Language: de",
                            "Authorization: Bearer t",
                            "Connection: keep-alive",
                            "Content-Type: text/csv",
                            "DNT: 1",
                            "Origin: https://shop.test",
                            "User-Agent: probe/1",
                            "Upgrade-Insecure-Requests: 1",
                            "X-One: true",
                            "X-Two: user 1",
                            "X-Three: 3",
                            "Content-Length: 1");
        }
    }

    @Test
    void functionsGiveTheValueOfEachUsualHeader() {
        try (Target target = Target.start()) {
            HttpProtocolBuilder protocol = http.baseUrl(target.url())
                    .acceptHeader(s -> "a")
                    .acceptCharsetHeader(s -> "b")
                    .acceptEncodingHeader(s -> "identity")
                    .acceptLanguageHeader(s -> "d")
                    .authorizationHeader(s -> "e")
                    .connectionHeader(s -> "keep-alive")
                    .contentTypeHeader(s -> "g")
                    .doNotTrackHeader(s -> "h")
                    .originHeader(s -> "i")
                    .userAgentHeader(s -> "j")
                    .upgradeInsecureRequestsHeader(s -> "k");
            Trial trial = Trial.of(protocol, http("x").get("/"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.only().headerLines())
                    .contains(
                            "Accept: a",
                            "Accept-Charset: b",
                            "Accept-Encoding: identity",
                            "Accept-Language: d",
                            "Authorization: e",
                            "Connection: keep-alive",
                            "Content-Type: g",
                            "DNT: h",
                            "Origin: i",
                            "User-Agent: j",
                            "Upgrade-Insecure-Requests: k");
        }
    }

    @Test
    void headersOfTheRequestWinOverThoseOfTheProtocolLetterCaseIgnored() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).header("X-Tenant", "all").userAgentHeader("probe"),
                    http("x")
                            .get("/")
                            .header("x-tenant", "#{nobody.isUndefined()}")
                            .header(new StringBuilder("X-A"), s -> "a")
                            .headers(Map.of("USER-AGENT", "mine", "X-B", "b")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.only().headers("X-Tenant")).containsExactly("true");
            assertThat(target.only().headers("User-Agent")).containsExactly("mine");
            assertThat(target.header("X-A")).containsExactly("a");
            assertThat(target.header("X-B")).containsExactly("b");
        }
    }

    @Test
    void basicCredentialsOfTheRequestWinOverThoseOfTheProtocol() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).basicAuth("#{nobody.isUndefined()}", "p"),
                    http("a").get("/"),
                    http("b").get("/").basicAuth("u", "p"),
                    http("c").get("/").basicAuth(s -> "u", s -> "q"),
                    http("d").get("/").basicAuth(s -> "u", "r"),
                    http("e").get("/").basicAuth("u", s -> "s"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.header("Authorization"))
                    .containsExactly("Basic dHJ1ZTpw", "Basic dTpw", "Basic dTpx", "Basic dTpy", "Basic dTpz");
        }
    }

    @Test
    void credentialsOfTheProtocolMayComeFromTheSession() {
        try (Target target = Target.start()) {
            List<HttpProtocolBuilder> protocols = List.of(
                    http.basicAuth(s -> "u", s -> "q"), http.basicAuth(s -> "u", "r"), http.basicAuth("u", s -> "s"));
            for (HttpProtocolBuilder protocol : protocols) {
                assertThat(Trial.of(protocol.baseUrl(target.url()), http("x").get("/"))
                                .failures())
                        .isEmpty();
            }

            assertThat(target.header("Authorization")).containsExactly("Basic dTpx", "Basic dTpy", "Basic dTpz");
        }
    }

    private static HttpRequestActionBuilder get() {
        return http("x").get("/");
    }

    @Test
    void queryParametersOfEveryShape() {
        try (Target target = Target.start()) {
            Map<String, Object> map = map("m", 1, "n", "x y");
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("n", "el")
                            .set("list", List.of(1, 2))
                            .set("map", map)
                            .set("seq", List.of(new SimpleEntry<String, Object>("s", 1)))),
                    get().queryParam("a", 3),
                    get().queryParam("a", "#{n}"),
                    get().queryParam("a", s -> 3),
                    get().queryParam(s -> "a", "x"),
                    get().queryParam(s -> "a", 4),
                    get().queryParam(s -> "a", s -> "v"),
                    get().queryParam("a", StringBody("b#{n}")),
                    get().queryParam("#{n}", "ä&=+ /"),
                    get().multivaluedQueryParam("a", List.of(1, "x")),
                    get().multivaluedQueryParam("a", "#{list}"),
                    get().multivaluedQueryParam("a", s -> List.of(5, 6)),
                    get().multivaluedQueryParam(s -> "b", List.of(1, 2)),
                    get().multivaluedQueryParam(s -> "b", "#{list}"),
                    get().multivaluedQueryParam(s -> "b", s -> s.getList("list")),
                    get().queryParamSeq(entries("p", 1, "q", "x")),
                    get().queryParamSeq("#{seq}"),
                    get().queryParamSeq(s -> entries("p", "f")),
                    get().queryParamMap(map("k", 1)),
                    get().queryParamMap("#{map}"),
                    get().queryParamMap(s -> map("k", 2)),
                    http("x").get("/?z=1").queryParam("a", 1).queryParam("b", 2));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets())
                    .containsExactly(
                            "/?a=3",
                            "/?a=el",
                            "/?a=3",
                            "/?a=x",
                            "/?a=4",
                            "/?a=v",
                            "/?a=bel",
                            "/?el=%C3%A4%26%3D%2B%20%2F",
                            "/?a=1&a=x",
                            "/?a=1&a=2",
                            "/?a=5&a=6",
                            "/?b=1&b=2",
                            "/?b=1&b=2",
                            "/?b=1&b=2",
                            "/?p=1&q=x",
                            "/?s=1",
                            "/?p=f",
                            "/?k=1",
                            "/?m=1&n=x%20y",
                            "/?k=2",
                            "/?z=1&a=1&b=2");
        }
    }

    private static HttpRequestActionBuilder post() {
        return http("x").post("/");
    }

    @Test
    void formParametersOfEveryShape() {
        try (Target target = Target.start()) {
            Map<String, Object> map = map("m", 1, "n", "x y");
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("n", "el")
                            .set("list", List.of(1, 2))
                            .set("map", map)
                            .set("seq", List.of(new SimpleEntry<String, Object>("s", 1)))),
                    post().formParam("a", 3),
                    post().formParam("a", "#{n}"),
                    post().formParam("a", s -> 3),
                    post().formParam(s -> "a", "x"),
                    post().formParam(s -> "a", 4),
                    post().formParam(s -> "a", s -> "v"),
                    post().formParam("#{n}", "ä&=+ /"),
                    post().multivaluedFormParam("a", List.of(1, "x")),
                    post().multivaluedFormParam("a", "#{list}"),
                    post().multivaluedFormParam("a", s -> List.of(5, 6)),
                    post().multivaluedFormParam(s -> "b", List.of(1, 2)),
                    post().multivaluedFormParam(s -> "b", "#{list}"),
                    post().multivaluedFormParam(s -> "b", s -> s.getList("list")),
                    post().formParamSeq(entries("p", 1, "q", "x")),
                    post().formParamSeq("#{seq}"),
                    post().formParamSeq(s -> entries("p", "f")),
                    post().formParamMap(map("k", 1)),
                    post().formParamMap("#{map}"),
                    post().formParamMap(s -> map("k", 2)));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.bodies())
                    .containsExactly(
                            "a=3",
                            "a=el",
                            "a=3",
                            "a=x",
                            "a=4",
                            "a=v",
                            "el=%C3%A4%26%3D%2B+%2F",
                            "a=1&a=x",
                            "a=1&a=2",
                            "a=5&a=6",
                            "b=1&b=2",
                            "b=1&b=2",
                            "b=1&b=2",
                            "p=1&q=x",
                            "s=1",
                            "p=f",
                            "k=1",
                            "m=1&n=x+y",
                            "k=2");
            assertThat(target.header("Content-Type")).containsOnly(FORM);
        }
    }

    @Test
    void bodiesOfTextFilesAndBytes() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("name", "lamp").set("file", "words/item.json")),
                    post().body(StringBody("{\"name\":\"#{name}\"}")),
                    post().body(StringBody(s -> "user " + s.userId())),
                    post().body(ElFileBody("words/item.json")),
                    post().body(ElFileBody("#{file}")),
                    post().body(ElFileBody(s -> s.getString("file"))),
                    post().body(RawFileBody("words/item.json")),
                    post().body(RawFileBody("#{file}")),
                    post().body(RawFileBody(s -> s.getString("file"))),
                    http("put").put("/").body(StringBody("put")),
                    http("delete").delete("/").body(StringBody("delete")));

            assertThat(trial.failures()).isEmpty();
            String raw = "{\"item\": \"#{name}\"}\n";
            String filled = "{\"item\": \"lamp\"}\n";
            assertThat(target.bodies())
                    .containsExactly(
                            "{\"name\":\"lamp\"}", "user 1", filled, filled, filled, raw, raw, raw, "put", "delete");
            assertThat(target.header("Content-Type")).containsOnly("-");
        }
    }

    @Test
    void typesSetTheirHeadersWhereNotSetAlready() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    post().body(StringBody("{}")).asJson(),
                    post().body(StringBody("<a/>")).asXml(),
                    post().body(StringBody("a=b")).asFormUrlEncoded(),
                    get().asJson(),
                    get().asXml(),
                    post().body(StringBody("{}"))
                            .header("content-type", "application/vnd.shop+json")
                            .header("ACCEPT", "text/plain")
                            .asJson());

            assertThat(trial.failures()).isEmpty();
            assertThat(target.header("Accept"))
                    .containsExactly(JSON, "application/xml", "*/*", JSON, "application/xml", "text/plain");
            assertThat(target.header("Content-Type"))
                    .containsExactly(JSON, "application/xml", FORM, "-", "-", "application/vnd.shop+json");
        }
    }

    @Test
    void aPopulationWithoutAProtocolUsesHttpAsItStands() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation.setUp(
                    scenario("shop").exec(http("x").get(target.url("/"))).injectOpen(atOnceUsers(1))));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.only().headerLines()).contains("Accept: */*");
        }
    }

    @Test
    void requestThatCannotBeBuiltIsAFailureUnderItsNameWithoutADuration() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("missing").get("/#{gone}").check(regex("x").saveAs("gone")),
                    http("throws")
                            .get("/")
                            .header("X-A", s -> s.<String>get("gone").trim()),
                    http("next").get("/next"),
                    exec(s -> s.isFailed() ? s.set("seen", "failed") : s),
                    http("seen").get("/#{seen}"));

            assertThat(trial.requests)
                    .filteredOn(request -> !request.isOk())
                    .extracting(Trial.Request::path, Trial.Request::errorClass, Trial.Request::actual)
                    .containsExactly(tuple("missing", "user.unresolved", -1L), tuple("throws", "user.exception", -1L));
            assertThat(trial.requests.get(0).message()).contains("\"gone\"");
            assertThat(target.targets()).containsExactly("/next", "/failed");
            assertThat(trial.statistics().total().ko()).isEqualTo(2);
            assertThat(trial.statistics().total().responseTime().count()).isEqualTo(2);
        }
    }

    @Test
    void mistakesOfRequestsAreToldTogetherAndNothingIsSent() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()),
                    http("two").post("/").formParam("a", 1).body(StringBody("b")),
                    http("dollar").get("/${id}"),
                    http("typo").get("/#{id"),
                    http("file").post("/").body(RawFileBody("words/none.bin")));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .hasSize(4)
                    .anySatisfy(problem -> assertThat(problem)
                            .contains("a request has either form parameters or a body, this one has both. Remove one."))
                    .anySatisfy(problem -> assertThat(problem).contains("words/none.bin"))
                    .allSatisfy(problem -> assertThat(problem).contains("RequestWordsTest.java:"));
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void compressedAnswersAreDecodedOnlyIfSomebodyReadsThem() {
        byte[] plain = "the quick brown fox".repeat(20).getBytes(StandardCharsets.UTF_8);
        try (Target target = Target.answering(request -> TruthResponse.status(200)
                .header("Content-Encoding", request.path().substring(1))
                .body(request.path().equals("/gzip") ? Codings.gzip(plain) : Codings.deflate(plain)))) {
            String text = new String(plain, StandardCharsets.UTF_8);
            Trial trial = Trial.of(
                    target,
                    http("gzip").get("/gzip").check(bodyString().is(text)),
                    http("deflate").get("/deflate").check(bodyString().is(text)),
                    http("unread").get("/deflate"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.header("Accept-Encoding")).containsOnly("-");
        }
    }
}
