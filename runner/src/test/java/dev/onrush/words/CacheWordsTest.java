package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;

/** The cache of each user, seen from a server that says what may be cached. */
@Timeout(20)
class CacheWordsTest {
    private static final String MODIFIED = "Tue, 03 Mar 2026 10:00:00 GMT";

    private static String inSeconds(long seconds) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds));
    }

    private static TruthResponse answer(TruthRequest request) {
        TruthResponse ok = TruthResponse.ok("body of " + request.path());
        return switch (request.path()) {
            case "/fresh" -> ok.header("Cache-Control", "public").header("Cache-Control", "max-age=60");
            case "/aged" -> ok.header("Cache-Control", "max-age=60").header("Age", "60");
            case "/expires" -> ok.header("Date", inSeconds(0)).header("Expires", inSeconds(60));
            case "/gone" -> ok.header("Expires", "0");
            case "/past" -> ok.header("Expires", inSeconds(-60));
            case "/pragma" -> ok.header("Pragma", "no-cache").header("Expires", inSeconds(60));
            case "/store" -> ok.header("Cache-Control", "no-store, max-age=60").header("ETag", "\"s\"");
            case "/nocache" -> ok.header("Cache-Control", "no-cache, max-age=60");
            case "/any" -> ok.header("Cache-Control", "max-age=60").header("Vary", "*");
            case "/vary" -> ok.header("Cache-Control", "max-age=60").header("Vary", "Accept, X-Lang");
            case "/tag" ->
                request.header("If-None-Match").orElse("").equals("\"v1\"")
                        ? TruthResponse.status(304).header("Cache-Control", "max-age=60")
                        : ok.header("ETag", "\"v1\"");
            case "/modified" ->
                request.header("If-Modified-Since").orElse("").equals(MODIFIED)
                        ? TruthResponse.status(304)
                        : ok.header("Last-Modified", MODIFIED).header("Cache-Control", "max-age=0");
            case "/moved" -> TruthResponse.status(308).header("Location", "/there");
            case "/temporary" -> TruthResponse.status(302).header("Location", "/there");
            default -> ok;
        };
    }

    private static HttpRequestActionBuilder get(String path) {
        return http(path).get(path);
    }

    private static Map<String, Long> notSent(Trial trial) {
        return trial.statistics().total().notSent();
    }

    @Test
    void whatIsFreshIsNotSentAndWhatIsNotIs() {
        try (Target target = Target.answering(CacheWordsTest::answer)) {
            List<String> paths = List.of(
                    "/fresh", "/aged", "/expires", "/gone", "/past", "/pragma", "/store", "/nocache", "/any", "/plain");
            Trial trial = Trial.of(
                    target,
                    foreach(paths, "path").on(repeat(2).on(http("#{path}").get("#{path}"))),
                    http("post").post("/plain"));

            assertThat(trial.statistics().total().ko()).isZero();
            assertThat(notSent(trial)).isEqualTo(Map.of("cache.served", 2L));
            assertThat(target.targets())
                    .containsExactly(
                            "/fresh",
                            "/aged",
                            "/aged",
                            "/expires",
                            "/gone",
                            "/gone",
                            "/past",
                            "/past",
                            "/pragma",
                            "/pragma",
                            "/store",
                            "/store",
                            "/nocache",
                            "/nocache",
                            "/any",
                            "/any",
                            "/plain",
                            "/plain",
                            "/plain");
            assertThat(target.header("If-None-Match")).containsOnly("-");
        }
    }

    @Test
    void checksOfWhatWasServedAreSkippedAndItsResourcesAreNot() {
        try (Target target = Target.answering(CacheWordsTest::answer)) {
            Trial trial = Trial.of(
                    target,
                    get("/fresh").check(bodyString().saveAs("body")),
                    get("/fresh")
                            .check(bodyString().is("another"), bodyString().saveAs("body"))
                            .resources(get("/r"), get("/fresh")),
                    http("seen").post("/seen").body(StringBody("#{body}")));

            assertThat(trial.statistics().total().ko()).isZero();
            assertThat(trial.stepFailures).isEmpty();
            assertThat(notSent(trial)).isEqualTo(Map.of("cache.served", 2L));
            assertThat(target.targets()).containsExactly("/fresh", "/r", "/seen");
            assertThat(target.bodies().get(2)).isEqualTo("body of /fresh");
        }
    }

    @Test
    void whatHasAValidatorIsAskedForWithItAndA304IsOkAndMayMakeItFresh() {
        try (Target target = Target.answering(CacheWordsTest::answer)) {
            Trial trial = Trial.of(
                    target,
                    get("/tag"),
                    get("/tag").check(status().is(304)),
                    get("/tag"),
                    get("/modified"),
                    get("/modified"),
                    get("/modified"),
                    get("/tag").header("Cache-Control", "no-cache"),
                    get("/modified").header("If-Modified-Since", "never"));

            assertThat(trial.statistics().total().ko()).isZero();
            assertThat(notSent(trial)).isEqualTo(Map.of("cache.served", 1L));
            assertThat(target.header("If-None-Match")).containsExactly("-", "\"v1\"", "-", "-", "-", "-", "-");
            assertThat(target.header("If-Modified-Since"))
                    .containsExactly("-", "-", "-", MODIFIED, MODIFIED, "-", "never");
        }
    }

    @Test
    void anAnswerServesOnlyWhoAsksInTheSameWay() {
        try (Target target = Target.answering(CacheWordsTest::answer)) {
            Trial trial = Trial.of(
                    target,
                    get("/vary").header("X-Lang", "de"),
                    get("/vary").header("x-lang", "de"),
                    get("/vary"),
                    get("/vary").header("X-Lang", "de"),
                    get("/fresh"),
                    http("post").post("/fresh"),
                    get("/fresh"),
                    http("head").head("/fresh"),
                    get("/fresh"));

            assertThat(trial.statistics().total().ko()).isZero();
            assertThat(target.lines())
                    .containsExactly(
                            "GET /vary",
                            "GET /vary",
                            "GET /vary",
                            "GET /fresh",
                            "POST /fresh",
                            "GET /fresh",
                            "HEAD /fresh");
            assertThat(notSent(trial)).isEqualTo(Map.of("cache.served", 2L));
        }
    }

    @Test
    void permanentRedirectsAreRememberedAndOthersAreNot() {
        try (Target other = Target.answering(CacheWordsTest::answer);
                Target target = Target.answering(request -> request.path().equals("/away")
                        ? TruthResponse.status(301).header("Location", other.url("/stranger"))
                        : answer(request))) {
            Trial trial = Trial.of(
                    target,
                    get("/moved"),
                    get("/moved"),
                    get("/moved").disableFollowRedirect().check(status().is(308)),
                    get("/temporary"),
                    get("/temporary"),
                    get("/away"),
                    get("/away"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets())
                    .containsExactly(
                            "/moved",
                            "/there",
                            "/there",
                            "/moved",
                            "/temporary",
                            "/there",
                            "/temporary",
                            "/there",
                            "/away",
                            "/away");
            assertThat(trial.paths()).startsWith("/moved", "/moved Redirect 1", "/moved", "/moved");
            assertThat(other.came).hasSize(2);
        }
    }

    @Test
    void theCacheIsOfOneUserAndCanBeFlushedOrTurnedOff() {
        try (Target target = Target.answering(CacheWordsTest::answer)) {
            Trial flushed = Trial.of(
                    http.baseUrl(target.url()),
                    2,
                    get("/fresh"),
                    get("/moved"),
                    flushHttpCache(),
                    get("/fresh"),
                    get("/moved"),
                    get("/fresh"));
            int came = target.came.size();
            Trial off = Trial.of(
                    http.baseUrl(target.url()).disableCaching(),
                    get("/fresh"),
                    get("/fresh"),
                    get("/tag"),
                    get("/tag"));

            assertThat(came).isEqualTo(2 * (1 + 2 + 1 + 2));
            assertThat(notSent(flushed)).isEqualTo(Map.of("cache.served", 2L));
            assertThat(notSent(off)).isEmpty();
            assertThat(target.came).hasSize(came + 4);
            assertThat(target.header("If-None-Match")).containsOnly("-");
        }
    }
}
