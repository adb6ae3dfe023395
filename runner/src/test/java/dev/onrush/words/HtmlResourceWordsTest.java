package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.DefinitionException;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.Uri;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;

/** What HTML pages name, fetched with them from a real server. */
@Timeout(20)
class HtmlResourceWordsTest {
    private static final String STRANGER = "127.0.0.2";

    private static TruthResponse page(String html) {
        return TruthResponse.status(200)
                .header("Content-Type", "text/html; charset=utf-8")
                .body(html);
    }

    /** {@code /page} is that page, everything else a text. */
    private static Target shop(String html) {
        return Target.answering(
                request -> request.path().equals("/page") ? page(html) : TruthResponse.ok(request.path()));
    }

    private static Target stranger() {
        return Target.answering(setup -> setup.address(STRANGER), request -> TruthResponse.ok("foreign"));
    }

    private static Trial visit(HttpProtocolBuilder protocol) {
        return Trial.of(protocol, http("page").get("/page"));
    }

    private static String images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "<img src='/i" + i + ".png'>")
                .collect(Collectors.joining());
    }

    @Test
    void whatABrowserWouldFetchIsFetchedOnceSideBySideWhenThePageIsOk() {
        String html = """
                <html><head><base href='/shop/'>
                <link rel='stylesheet' href='style.css?v=2'><link rel='alternate stylesheet' href='no1.css'>
                <link rel='shortcut icon' href='/favicon.ico'><link rel='canonical' href='no2'>
                <script src='../app.js#top'></script><script>var no3 = "no3.js"</script>
                <script nomodule src='no4.js'></script>
                </head><body style='background: URL("back.png")'>
                <a href='no5'>link</a> <img src='a.png'> <img src='a.png'> <img src='data:image/gif;base64,R0lGOD'> <img src=''>
                <img src='small.png' srcset='large.png 2x, other.png 3x'>
                <img srcset='w800.png 800w, w2000.png 2000w, w4000.png 4000w'>
                <picture><source media='(min-width: 1px)' srcset='no6.png'><source srcset='p.webp'><img src='no7.png'></picture>
                <iframe src='frame'></iframe> <embed src='e.bin'> <object data='o.bin'></object>
                <audio src='a.ogg'></audio>
                <video poster='v.jpg'><source src='v.webm'><source src='no8.mp4'><track default src='t.vtt'></video>
                <video preload='none' src='no9.webm'></video> <input type='image' src='go.png'>
                <noscript><img src='no10.png'></noscript><template><img src='no11.png'></template>
                <form action='no12'></form><img src='mailto:a@b.test'><img src='a b|c.png'><img src=?q=1>
                </body></html>""";
        try (Target target = shop(html)) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).inferHtmlResources(),
                    group("g").on(http("page").get("/page")),
                    http("next").get("/next"));

            assertThat(trial.failures()).isEmpty();
            List<String> targets = target.targets();
            assertThat(targets).startsWith("/page").endsWith("/next");
            assertThat(targets.subList(1, targets.size() - 1))
                    .containsExactlyInAnyOrder(
                            "/shop/style.css?v=2",
                            "/favicon.ico",
                            "/app.js",
                            "/shop/back.png",
                            "/shop/a.png",
                            "/shop/small.png",
                            "/shop/w2000.png",
                            "/shop/p.webp",
                            "/shop/frame",
                            "/shop/e.bin",
                            "/shop/o.bin",
                            "/shop/a.ogg",
                            "/shop/v.jpg",
                            "/shop/v.webm",
                            "/shop/t.vtt",
                            "/shop/go.png",
                            "/shop/a%20b%7Cc.png",
                            "/shop/?q=1");
            assertThat(target.header("Referer").subList(1, targets.size())).containsOnly(target.url("/page"));
            List<Trial.Request> resources = trial.requests.subList(1, targets.size() - 1);
            long pageEnd = trial.requests.get(0).end();
            assertThat(resources).allMatch(request -> request.intended() == pageEnd);
            assertThat(resources)
                    .extracting(Trial.Request::path)
                    .contains("g > style.css?v=2", "g > favicon.ico", "g > frame", "g > shop/?q=1");
            assertThat(trial.requests.get(targets.size() - 1).intended())
                    .isEqualTo(resources.get(resources.size() - 1).end());
        }
    }

    @Test
    void whatIsNoPageOrNotOkIsNotSearched() {
        try (Target target = Target.answering(request -> switch (request.path()) {
            case "/error" -> page(images(1));
            case "/moved" ->
                TruthResponse.status(302)
                        .header("Location", "/deep/down/page")
                        .header("Content-Type", "text/html")
                        .body(images(1));
            case "/deep/down/page" -> page("<img src='near.png'><img src='../far.png'>");
            case "/text" -> TruthResponse.ok(images(1));
            case "/frame" -> page(images(1));
            case "/outer" -> page("<iframe src='/frame'></iframe>");
            default -> TruthResponse.ok("ok");
        })) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).inferHtmlResources(),
                    http("error").get("/error").check(status().is(404)),
                    http("head").head("/outer"),
                    http("script").get("/outer").header("X-Requested-With", "XMLHttpRequest"),
                    http("text").get("/text"),
                    http("moved").get("/moved"),
                    http("outer").get("/outer").check(status().is(200)),
                    httpConcurrentRequests(http("beside").get("/outer")));
            Trial off = visit(http.baseUrl(target.url()));

            assertThat(off.requests).hasSize(1);
            assertThat(trial.failures()).singleElement().asString().startsWith("error: check.failed");
            assertThat(target.targets())
                    .containsExactly(
                            "/error",
                            "/outer",
                            "/outer",
                            "/text",
                            "/moved",
                            "/deep/down/page",
                            target.targets().get(6),
                            target.targets().get(7),
                            "/outer",
                            "/frame",
                            "/outer",
                            "/page");
            assertThat(target.targets().subList(6, 8))
                    .containsExactlyInAnyOrder("/deep/down/near.png", "/deep/far.png");
        }
    }

    private static List<String> names(HttpProtocolBuilder protocol) {
        Trial trial = visit(protocol);
        assertThat(trial.requests).hasSize(4);
        return trial.requests.stream()
                .skip(1)
                .map(request -> request.isOk() ? request.path() : request.path() + " " + request.message())
                .sorted()
                .toList();
    }

    @Test
    void theirNamesAreMadeOfTheirUrls() {
        try (Target target = shop("<img src='/img/a.png?v=2'><img src='/b/c/'><img src='/'>")) {
            HttpProtocolBuilder on = http.baseUrl(target.url()).inferHtmlResources();
            String url = target.url();

            assertThat(names(on)).containsExactly("/", "a.png?v=2", "c/");
            assertThat(names(on.nameInferredHtmlResourcesAfterPath().nameInferredHtmlResourcesAfterUrlTail()))
                    .containsExactly("/", "a.png?v=2", "c/");
            assertThat(names(on.nameInferredHtmlResourcesAfterAbsoluteUrl()))
                    .containsExactly(url + "/", url + "/b/c/", url + "/img/a.png?v=2");
            assertThat(names(on.nameInferredHtmlResourcesAfterRelativeUrl()))
                    .containsExactly("/", "/b/c/", "/img/a.png?v=2");
            assertThat(names(on.nameInferredHtmlResourcesAfterPath())).containsExactly("/", "/b/c/", "/img/a.png");
            assertThat(names(on.nameInferredHtmlResourcesAfterLastPathElement()))
                    .containsExactly("/", "a.png", "c/");
            assertThat(names(on.nameInferredHtmlResources(uri -> uri.getScheme() + " " + uri.getPath())))
                    .containsExactly("http /", "http /b/c/", "http /img/a.png");
            Function<Uri, String> nothing = uri -> uri.getPath().equals("/") ? null : "some";
            assertThat(names(on.nameInferredHtmlResources(nothing)))
                    .containsExactly(
                            url + "/ java.lang.IllegalStateException: the function of nameInferredHtmlResources gave"
                                    + " null for " + url + "/. Return a name.",
                            "some",
                            "some");
        }
    }

    @Test
    void onlyThePagesOwnHostIsAskedUnlessAListAllowsOthers() {
        try (Target other = stranger()) {
            String foreign = IntStream.range(0, 50)
                    .mapToObj(i -> "<img src='" + other.url("/f" + i + ".png") + "'>")
                    .collect(Collectors.joining());
            try (Target target = shop("<img src='/own.png'><script src='/own.js'></script>" + foreign)) {
                HttpProtocolBuilder on = http.baseUrl(target.url()).inferHtmlResources();

                assertThat(visit(on).requests).hasSize(3);
                assertThat(visit(on.inferHtmlResources(DenyList(".*\\.png"))).paths())
                        .containsExactly("page", "own.js");
                // Lists without patterns, as recorders write them, neither allow nor deny.
                assertThat(visit(on.inferHtmlResources(AllowList(), DenyList(List.of()))).requests)
                        .hasSize(3);
                assertThat(other.came).isEmpty();

                assertThat(visit(on.inferHtmlResources(AllowList(".*/f1.\\.png", ".*\\.js"))).requests)
                        .hasSize(12);
                assertThat(other.came).hasSize(10);
                assertThat(visit(on.inferHtmlResources(
                                        AllowList(List.of(".*\\.png")), DenyList(List.of(".*/f[1-4].*"))))
                                .paths())
                        .contains("own.png", "f0.png", "f9.png")
                        .doesNotContain("own.js", "f1.png", "f49.png")
                        .hasSize(2 + 6);
                // The whole URL must match.
                assertThat(visit(on.inferHtmlResources(AllowList("own"))).requests)
                        .hasSize(1);
            }
        }
    }

    @Test
    void theBrakeHoldsForThemAndStrangersAreNotToldWhoAsks() {
        try (Target other = stranger();
                Target target = shop("<img src='/own.png'><img src='" + other.url("/foreign.png") + "'>")) {
            HttpProtocolBuilder on = http.baseUrl(target.url())
                    .basicAuth("ann", "secret")
                    .header("Cookie", "mine=1")
                    .sign((request, session) -> {
                        request.getHeaders().set("X-Signed", "yes");
                        return request;
                    })
                    .inferHtmlResources(AllowList(".*"));
            Trial free = visit(on);
            Trial braked = Trial.of(simulation -> simulation
                    .setUp(scenario("s").exec(http("page").get("/page")).injectOpen(atOnceUsers(1)))
                    .protocols(on)
                    .allowTargets("127.0.0.1"));

            assertThat(free.failures()).isEmpty();
            TruthRequest foreign = other.only();
            assertThat(List.of("Authorization", "Cookie", "X-Signed"))
                    .allSatisfy(name -> assertThat(foreign.header(name)).isEmpty());
            assertThat(target.header("Authorization")).hasSize(4).doesNotContain("-");
            assertThat(target.header("Cookie")).containsOnly("mine=1");
            assertThat(target.header("X-Signed")).containsOnly("yes");
            assertThat(braked.requests)
                    .filteredOn(request -> !request.isOk())
                    .extracting(Trial.Request::path, Trial.Request::errorClass)
                    .containsExactly(tuple("foreign.png", "brake.target_denied"));
        }
    }

    @Test
    void theyAreOneGroupWithNamedResourcesAndFollowTheWordsOfTheProtocol() {
        try (Target target = Target.answering(request -> switch (request.path()) {
            case "/page" -> page(images(3) + "<img src='/gone.png'><img src='/quiet.png'>");
            case "/gone.png" -> TruthResponse.status(404);
            default -> TruthResponse.ok("ok");
        })) {
            HttpProtocolBuilder on = http.baseUrl(target.url()).inferHtmlResources();
            Trial trial = Trial.of(
                    on.check(bodyString().saveAs("body")).silentUri(".*quiet.*"),
                    http("page")
                            .get("/page")
                            .check(substring("gone"))
                            .resources(
                                    http("named").get("/i1.png"), http("more").get("/more")),
                    exec(s -> s.set("failed", s.isFailed())),
                    http("after").get("/#{failed}"));
            Trial silent = visit(on.silentResources());
            Trial silentPage = Trial.of(on, http("page").get("/page").silent());

            assertThat(trial.paths())
                    .containsExactlyInAnyOrder(
                            "page", "named", "more", "i0.png", "i2.png", "gone.png", "quiet.png", "after");
            long pageEnd = trial.requests.get(0).end();
            assertThat(trial.requests.subList(1, 7)).allMatch(request -> request.intended() == pageEnd);
            assertThat(trial.failures()).containsExactly("gone.png: check.failed: status was 404, expected 2xx or 304");
            assertThat(trial.statistics().generator().silentRequests()).isEqualTo(1);
            assertThat(target.targets()).contains("/true");
            assertThat(silent.statistics().total().ok()).isEqualTo(1);
            assertThat(silent.statistics().total().ko()).isZero();
            assertThat(silent.statistics().generator().silentRequests()).isEqualTo(5);
            assertThat(silentPage.statistics().generator().silentRequests()).isEqualTo(6);
        }
    }

    @Test
    void aPageThatTheCacheKnowsHasTheResourcesItHad() {
        try (Target target = Target.answering(request -> switch (request.path()) {
            case "/tagged" ->
                request.header("If-None-Match").isPresent()
                        ? TruthResponse.status(304)
                        : page(images(2)).header("ETag", "\"v1\"");
            case "/fresh" -> page("<img src='/i1.png'>").header("Cache-Control", "max-age=60");
            case "/i0.png" -> TruthResponse.ok("0").header("Cache-Control", "max-age=60");
            default -> TruthResponse.ok("ok");
        })) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).inferHtmlResources(),
                    2,
                    http("tagged").get("/tagged"),
                    http("fresh").get("/fresh"),
                    http("tagged").get("/tagged"),
                    http("fresh").get("/fresh"),
                    flushHttpCache(),
                    http("fresh").get("/fresh"));

            assertThat(trial.statistics().total().ko()).isZero();
            assertThat(trial.statistics().total().notSent()).isEqualTo(Map.of("cache.served", 4L));
            Map<String, Long> came =
                    target.targets().stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
            assertThat(came).isEqualTo(Map.of("/tagged", 4L, "/fresh", 4L, "/i0.png", 2L, "/i1.png", 10L));
            assertThat(target.came.stream().filter(request -> request.path().equals("/i1.png")))
                    .allSatisfy(request ->
                            assertThat(request.header("Referer").orElse("")).matches(".*/(tagged|fresh)"));
        }
    }

    @Test
    void largePagesAreSearchedUpToTheLimitForBodiesAndNoFurther() {
        String filler = "<p>" + "x".repeat(100_000) + "</p>";
        try (Target target = Target.answering(request -> switch (request.path()) {
            case "/page", "/again" -> page(filler + images(2));
            case "/data" -> TruthResponse.ok(filler);
            default -> TruthResponse.ok("ok");
        })) {
            HttpProtocolBuilder on = http.baseUrl(target.url()).inferHtmlResources();
            Trial large = Trial.of(on, http("page").get("/page"), http("next").get("/next"));
            Trial limited = Trial.of(
                    on.maxResponseBodySize(50_000),
                    http("page").get("/page"),
                    http("data").get("/data"));

            assertThat(large.failures()).isEmpty();
            assertThat(large.paths()).hasSize(4).startsWith("page").endsWith("next");
            assertThat(limited.requests)
                    .extracting(Trial.Request::path, Trial.Request::errorClass)
                    .containsExactly(tuple("page", "body.too_large"), tuple("data", ""));
        }
    }

    @Test
    void ofAPageWithTooManyTheFirstFiveHundredAreFetched() {
        try (Target target = shop(images(600))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).inferHtmlResources(),
                    http("page").get("/page"),
                    http("page").get("/page"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).hasSize(1002).contains("/i499.png").doesNotContain("/i500.png");
            assertThat(trial.marks)
                    .anyMatch(mark ->
                            mark.contains("A page has more than 500 resources: the first 500 of a page are fetched."));
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedAtItsCall() {
        assertThatThrownBy(() -> DenyList("a", "b("))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("DenyList: \"b(\" is no regular expression: Unclosed group near position 2.");
        assertThatThrownBy(() -> AllowList((String) null)).hasMessage("AllowList must not be null.");
        assertThatThrownBy(() -> AllowList(" ")).hasMessage("AllowList must not be empty.");
        assertThatThrownBy(() -> http.inferHtmlResources(AllowList("a"), null))
                .hasMessage("inferHtmlResources: deny list must not be null.");
        assertThatThrownBy(() -> http.nameInferredHtmlResources(null))
                .hasMessage("nameInferredHtmlResources must not be null.");
    }
}
