package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.DefinitionException;
import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.testkit.TruthResponse;

/** Requests of one user side by side. */
@Timeout(20)
class ResourceWordsTest {
    private static final Duration SLOW = Duration.ofMillis(120);

    private static Target slow() {
        return Target.answering(request -> {
            TruthResponse answer = switch (request.path()) {
                case "/bad" -> TruthResponse.status(500);
                case "/moved" -> TruthResponse.status(302).header("Location", "/r9");
                case "/large" -> TruthResponse.ok("large " + "x".repeat(200_000));
                default -> TruthResponse.ok(request.path());
            };
            return request.path().startsWith("/r") ? answer.after(SLOW) : answer;
        });
    }

    private static HttpRequestActionBuilder get(String name) {
        return http(name).get("/" + name);
    }

    private static Trial.Request named(Trial trial, String path) {
        return trial.requests.stream()
                .filter(request -> request.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void resourcesGoSideBySideOnceTheirRequestIsOkAndTheNextStepWaitsForAll() {
        try (Target target = slow()) {
            Trial trial = Trial.of(
                    target,
                    group("g").on(get("page").resources(get("r1"), get("r2"), get("r3"), get("moved"))),
                    get("next"));

            assertThat(trial.failures()).isEmpty();
            long pageEnd = named(trial, "g > page").end();
            List<Trial.Request> resources = trial.requests.stream()
                    .filter(request -> request.path().matches("g > (r.|moved)"))
                    .toList();
            assertThat(resources).hasSize(4).allMatch(request -> request.intended() == pageEnd);
            Trial.Request hop = named(trial, "g > moved Redirect 1");
            assertThat(hop.intended()).isEqualTo(named(trial, "g > moved").end());
            long lastEnd = Math.max(
                    hop.end(),
                    resources.stream().mapToLong(Trial.Request::end).max().orElseThrow());
            assertThat(named(trial, "next").intended()).isEqualTo(lastEnd);
            long firstEnd = resources.stream()
                    .filter(request -> !request.path().endsWith("moved"))
                    .mapToLong(Trial.Request::end)
                    .min()
                    .orElseThrow();
            assertThat(resources).allMatch(request -> request.actual() < firstEnd);
            assertThat(trial.groups)
                    .singleElement()
                    .satisfies(group -> assertThat(group.cumulatedMicros())
                            .isCloseTo(lastEnd - named(trial, "g > page").intended(), within(5L)));
        }
    }

    @Test
    void atMostSoManyGoToOneHostAtOnceAndTheOthersWaitForAConnection() {
        try (Target target = slow()) {
            HttpRequestActionBuilder[] five =
                    IntStream.range(0, 5).mapToObj(i -> get("r" + i)).toArray(HttpRequestActionBuilder[]::new);
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).maxConnectionsPerHost(2),
                    get("page").resources(five));

            assertThat(trial.failures()).isEmpty();
            List<Trial.Request> resources = trial.requests.subList(1, 6);
            for (Trial.Request each : resources) {
                assertThat(resources.stream()
                                .filter(other -> other.actual() <= each.actual() && each.actual() < other.end()))
                        .hasSizeLessThanOrEqualTo(2);
            }
            assertThat(target.server.connectionsAccepted()).isLessThanOrEqualTo(3);
            assertThat(resources.stream().filter(request -> request.connectionWait() >= SLOW.toNanos() / 2000))
                    .hasSize(3);
        }
    }

    @Test
    void resourcesSaveFailAndAreSilentEachForItself() {
        try (Target target = slow()) {
            Trial trial = Trial.of(
                    target,
                    get("bad").resources(get("never")),
                    exec(s -> s.markAsSucceeded()),
                    get("page")
                            .resources(
                                    get("r1").check(bodyString().saveAs("one")),
                                    http("large")
                                            .get("/large")
                                            .check(regex("^large").saveAs("two")),
                                    http("quiet").get("/bad").silent(),
                                    http("r2").get("/r2").check(bodyString().saveAs("three"))),
                    exec(s -> s.set("failed", s.isFailed())),
                    http("saved").get("/#{failed}#{one}/#{two}#{three}"),
                    get("page").resources(get("bad"), http("gone").get("/#{nothing.exists()}#{one.x}")),
                    exec(s -> s.set("failed", s.isFailed())),
                    http("after").get("/#{failed}"));
            Trial silenced = Trial.of(
                    http.baseUrl(target.url()).silentResources(),
                    get("page").resources(get("r1"), get("r2").notSilent()));

            assertThat(target.targets()).contains("/false/r1/large/r2", "/true").doesNotContain("/never");
            assertThat(trial.requests)
                    .filteredOn(request -> !request.isOk())
                    .extracting(Trial.Request::path, Trial.Request::errorClass)
                    .containsExactlyInAnyOrder(
                            tuple("bad", "check.failed"),
                            tuple("quiet", "check.failed"),
                            tuple("bad", "check.failed"),
                            tuple("gone", "user.unresolved"));
            assertThat(trial.statistics().generator().silentRequests()).isEqualTo(1);
            assertThat(silenced.statistics().total().ok()).isEqualTo(2);
            assertThat(silenced.statistics().generator().silentRequests()).isEqualTo(1);
        }
    }

    @Test
    void concurrentRequestsNeedNoMainRequest() {
        try (Target target = slow()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).shareConnections(),
                    3,
                    httpConcurrentRequests(get("r1"), get("r2")),
                    httpConcurrentRequests(List.of(get("r3"))),
                    get("next"));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests).hasSize(12);
            for (long user = 1; user <= 3; user++) {
                long id = user;
                List<Trial.Request> mine = trial.requests.stream()
                        .filter(request -> request.user() == id)
                        .toList();
                assertThat(mine).extracting(Trial.Request::path).endsWith("r3", "next");
                assertThat(mine.get(0).actual()).isLessThan(mine.get(1).end());
                assertThat(mine.get(1).actual()).isLessThan(mine.get(0).end());
                assertThat(mine.get(2).intended()).isEqualTo(mine.get(1).end());
            }
        }
    }

    @Test
    void whatIsOnItsWayOrWaitsAtTheStopIsUnfinished() {
        try (Target target = Target.answering(
                request -> request.path().equals("/page") ? TruthResponse.ok("ok") : TruthResponse.never())) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("shop")
                            .exec(get("page").resources(get("a"), get("b"), get("c")))
                            .injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(target.url()).maxConnectionsPerHost(2))
                    .maxDuration(Duration.ofMillis(400)));

            assertThat(trial.requests)
                    .filteredOn(Trial.Request::isUnfinished)
                    .extracting(Trial.Request::path)
                    .containsExactlyInAnyOrder("a", "b", "c");
            assertThat(target.targets()).containsExactlyInAnyOrder("/page", "/a", "/b");
        }
    }

    @Test
    void mistakesAreToldBeforeTheRun() {
        try (Target target = slow()) {
            Trial trial = Trial.of(target, get("page").resources(get("a").resources(get("b"))));

            assertThat(trial.result.problems())
                    .singleElement()
                    .asString()
                    .contains("resources inside resources are not possible. Name them all at the main request.");
            assertThat(target.came).isEmpty();
            assertThatThrownBy(() -> get("page").resources())
                    .isInstanceOf(DefinitionException.class)
                    .hasMessage("resources: at least one request is needed, none was given.");
            assertThatThrownBy(() -> httpConcurrentRequests(List.of()))
                    .isInstanceOf(DefinitionException.class)
                    .hasMessage("httpConcurrentRequests: at least one request is needed, none was given.");
        }
    }
}
