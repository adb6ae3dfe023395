package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.testkit.TruthResponse;

/** Redirects: what is sent, under which names it is recorded, and where it ends. */
@Timeout(20)
class RedirectWordsTest {
    /** {@code /302/to} answers 302 with the location {@code /to}; {@code /down/3} leads to {@code /down/2}, and so on. */
    private static Target target() {
        return Target.answering(request -> {
            String path = request.path();
            if (path.startsWith("/down/") && !path.equals("/down/0")) {
                return TruthResponse.status(302)
                        .header("Location", "/down/" + (Integer.parseInt(path.substring(6)) - 1));
            }
            return path.matches("/30./.*")
                    ? TruthResponse.status(Integer.parseInt(path.substring(1, 4)))
                            .header("Location", path.substring(4))
                    : TruthResponse.ok("there");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void eachHopIsRecordedHopZeroUnderThePlainNameAndChecksSeeOnlyTheLast(int status) {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    http("x")
                            .get("/" + status + "/to")
                            .check(status().is(200), bodyString().is("there")));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.paths()).containsExactly("x", "x Redirect 1");
            assertThat(trial.requests).extracting(Trial.Request::status).containsExactly(status, 200);
            assertThat(trial.requests.get(1).intended())
                    .isEqualTo(trial.requests.get(0).end());
            assertThat(target.targets()).containsExactly("/" + status + "/to", "/to");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST, GET",
        "302, PUT, GET",
        "303, DELETE, GET",
        "303, HEAD, HEAD",
        "301, HEAD, HEAD",
        "302, OPTIONS, OPTIONS",
        "307, POST, POST",
        "308, PATCH, PATCH"
    })
    void methodFollowsTheStatus(int status, String before, String after) {
        try (Target target = target()) {
            Trial trial = Trial.of(target, http("x").httpRequest(before, "/" + status + "/to"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.lines()).containsExactly(before + " /" + status + "/to", after + " /to");
        }
    }

    @Test
    void strict302HandlingKeepsMethodAndBody() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).strict302Handling(),
                    http("x").post("/302/to").body(StringBody("data")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.lines()).containsExactly("POST /302/to", "POST /to");
            assertThat(target.bodies()).containsExactly("data", "data");
        }
    }

    @Test
    void namingStrategyIsGivenPlaceNameAndNumber() {
        List<String> given = new ArrayList<>();
        try (Target target = target()) {
            HttpProtocolBuilder protocol = http.baseUrl(target.url()).redirectNamingStrategy((uri, name, hop) -> {
                given.add(uri.getScheme() + " " + uri.getHost() + " " + (uri.getPort() == target.server.port()) + " "
                        + uri.getPath() + " " + uri.getQuery() + " " + uri.toRelativeUrl());
                return name + "/" + hop;
            });
            Trial trial = Trial.of(protocol, group("g").on(http("x").get("/down/2")));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.paths()).containsExactly("g > x", "g > x/1", "g > x/2");
            assertThat(given)
                    .containsExactly(
                            "http 127.0.0.1 true /down/1 null /down/1", "http 127.0.0.1 true /down/0 null /down/0");
        }
    }

    @Test
    void maxRedirectsIsTwentyUnlessTold() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target, http("twenty").get("/down/20"), http("more").get("/down/21"));
            Trial two = Trial.of(
                    http.baseUrl(target.url()).maxRedirects(2),
                    http("two").get("/down/2"),
                    http("more").get("/down/3"));

            assertThat(trial.failures()).containsExactly("more Redirect 20: redirect.limit: more than 20 redirects");
            assertThat(two.failures()).containsExactly("more Redirect 2: redirect.limit: more than 2 redirects");
        }
    }

    @Test
    void redirectsAreNotFollowedWhereThatIsDisabled() {
        try (Target target = target()) {
            Trial request = Trial.of(
                    target,
                    http("own")
                            .get("/302/to")
                            .disableFollowRedirect()
                            .check(header("Location").is("/to")),
                    http("plain").get("/302/to").disableFollowRedirect());
            Trial protocol = Trial.of(
                    http.baseUrl(target.url()).disableFollowRedirect(),
                    http("all").get("/302/to").check(status().is(302)));

            assertThat(request.failures())
                    .containsExactly(
                            "own: check.failed: status was 302, expected 2xx or 304",
                            "plain: check.failed: status was 302, expected 2xx or 304");
            assertThat(protocol.failures()).isEmpty();
            assertThat(target.targets()).containsOnly("/302/to").hasSize(3);
        }
    }
}
