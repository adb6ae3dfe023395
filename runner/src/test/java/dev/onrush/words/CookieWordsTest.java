package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.testkit.TruthResponse;

/** The jar of a user and the words that look into it. */
@Timeout(20)
class CookieWordsTest {
    private static Target target() {
        return Target.answering(request -> switch (request.path()) {
            case "/in" ->
                TruthResponse.ok("in")
                        .header("Set-Cookie", "id=u" + request.query() + "; Path=/")
                        .header("Set-Cookie", "kept=k; Path=/; Max-Age=600")
                        .header("Set-Cookie", "id=deep; Path=/deep");
            default -> TruthResponse.ok("ok");
        });
    }

    @Test
    void eachUserHasAJarOfItsOwn() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()),
                    3,
                    http("in").get(s -> "/in?" + s.userId()),
                    http("next").get(s -> "/" + s.userId()));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.came)
                    .filteredOn(request -> !request.path().equals("/in"))
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request.header("Cookie"))
                            .contains("id=u" + request.path().substring(1) + "; kept=k"));
        }
    }

    /** 10 000 good ones, one of 64 KB, one of another host, one that is over already. */
    @Test
    void aTargetCannotFillTheMemoryWithCookies() {
        String long64 = "x".repeat(64 * 1024 - 200);
        try (Target target = Target.answering(setup -> setup, request -> {
            TruthResponse response = TruthResponse.ok("ok");
            switch (request.path()) {
                case "/many" -> {
                    for (int i = 0; i < 50; i++) {
                        response = response.header("Set-Cookie", "c" + request.query() + "x" + i + "=1");
                    }
                }
                case "/odd" ->
                    response = response.header("Set-Cookie", "foreign=1; Domain=shop.test")
                            .header("Set-Cookie", "over=1; Max-Age=0");
                case "/long" -> response = response.header("Set-Cookie", "long=" + long64);
                default -> {}
            }
            return response;
        })) {
            Trial trial = Trial.of(
                    target,
                    http("odd").get("/odd"),
                    http("long").get("/long"),
                    repeat(200, "turn").on(http("many").get("/many?#{turn}")),
                    http("last").get("/last"));

            assertThat(trial.failures())
                    .containsExactly("long: proto.too_large: the head of the response is too large: Maximum line"
                            + " length limit exceeded");
            String sent =
                    target.came.get(target.came.size() - 1).header("Cookie").orElse("");
            assertThat(sent.split("; ")).hasSize(300);
            assertThat(sent).doesNotContain("foreign", "over", "large", "long");
            assertThat(trial.marks)
                    .anyMatch(
                            mark -> mark.contains(
                                    "cookies were dropped: more than 300 per user, longer than 8 KiB, or with control characters"));
        }
    }

    @Test
    void cookiesAreAddedForTheHostOfTheBaseUrlUnlessTold() {
        try (Target target = target();
                Target other = Target.answering(setup -> setup.address("127.0.0.2"), r -> TruthResponse.ok("ok"))) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("v", "el")),
                    addCookie(Cookie("a", "#{v}")),
                    addCookie(Cookie("b", s -> "function").withPath("/deep")),
                    addCookie(Cookie(s -> "c", "there").withDomain("127.0.0.2").withMaxAge(60)),
                    addCookie(Cookie(s -> "d", s -> "tls").withSecure(true)),
                    http("root").get("/"),
                    http("deep").get("/deep/x"),
                    http("there").get(other.url("/")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.header("Cookie")).containsExactly("a=el", "b=function; a=el");
            assertThat(other.header("Cookie")).containsExactly("c=there");
        }
    }

    @Test
    void aCookieIsSavedUnderItsNameUnlessTold() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("name", "id")),
                    http("in").get("/in?1"),
                    getCookieValue(CookieKey("kept")),
                    getCookieValue(CookieKey(s -> "kept").saveAs("copy")),
                    getCookieValue(CookieKey("#{name}").withPath("/deep").saveAs("deep")),
                    getCookieValue(CookieKey("id")
                            .withDomain("127.0.0.1")
                            .withPath(s -> "/")
                            .withSecure(false)),
                    http("use").get("/#{kept}/#{copy}/#{deep}/#{id}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).endsWith("/k/k/deep/u1");
        }
    }

    @Test
    void noneOrSeveralIsAStepFailureThatMarksTheUser() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    http("in").get("/in?1"),
                    getCookieValue(CookieKey("gone")),
                    getCookieValue(CookieKey("id")),
                    exec(s -> s.set("failed", s.isFailed())),
                    http("next").get("/#{failed}"));

            assertThat(trial.stepFailures)
                    .hasSize(2)
                    .anySatisfy(text -> assertThat(text)
                            .contains("no cookie of the name \"gone\". Give domain and path if several may match."))
                    .anySatisfy(text -> assertThat(text)
                            .contains("2 cookies of the name \"id\". Give domain and path if several may match."));
            assertThat(target.targets()).endsWith("/true");
        }
    }

    @Test
    void sessionCookiesOrAllAreDropped() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    http("in").get("/in?1"),
                    flushSessionCookies(),
                    http("a").get("/a"),
                    flushCookieJar(),
                    http("b").get("/b"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.header("Cookie")).isEqualTo(List.of("-", "kept=k", "-"));
        }
    }

    @Test
    void resettingTheSessionKeepsTheJar() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    http("in").get("/in?1"),
                    exec(s -> s.reset()),
                    http("a").get("/a"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.header("Cookie")).containsExactly("-", "id=u1; kept=k");
        }
    }
}
