package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.DefinitionException;
import dev.onrush.dsl.Executable;
import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.testkit.TruthResponse;

/** Requests of a user beside its scenario, again and again. */
@Timeout(20)
class PollWordsTest {
    private static final Duration PERIOD = Duration.ofMillis(60);

    private static Target target() {
        return Target.answering(request -> switch (request.path()) {
            case "/bad" -> TruthResponse.status(503);
            case "/moved" -> TruthResponse.status(302).header("Location", "/there");
            case "/login" -> TruthResponse.ok("in").header("Set-Cookie", "who=ann");
            case "/renew" -> TruthResponse.ok("renewed").header("Set-Cookie", "who=bob");
            case "/slow" -> TruthResponse.ok("slow").after(Duration.ofMillis(150));
            case "/never" -> TruthResponse.ok("never").after(Duration.ofSeconds(10));
            default -> TruthResponse.ok(request.path());
        });
    }

    private static HttpRequestActionBuilder get(String name) {
        return http(name).get("/" + name);
    }

    private static List<Trial.Request> named(Trial trial, String path) {
        return trial.requests.stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    /** Their intended starts, counted from the first one's minus a period. */
    private static List<Long> sinceStart(List<Trial.Request> polls, Duration period) {
        long periodMicros = period.toNanos() / 1000;
        long start = polls.get(0).intended() - periodMicros;
        return polls.stream().map(each -> each.intended() - start).toList();
    }

    private static List<Long> multiples(Duration period, int count) {
        return LongStream.rangeClosed(1, count)
                .map(k -> k * period.toNanos() / 1000)
                .boxed()
                .toList();
    }

    @Test
    void aRequestIsSentAtThatPeriodWhileTheUserGoesOn() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    get("first"),
                    group("inbox").on(poll().every(PERIOD).exec(get("mail"))),
                    repeat(3).on(get("step"), pause(Duration.ofMillis(80))),
                    poll().stop(),
                    pause(Duration.ofMillis(150)),
                    get("last"));

            assertThat(trial.requests)
                    .filteredOn(request -> !request.isUnfinished())
                    .allMatch(Trial.Request::isOk);
            List<Trial.Request> polls = named(trial, "inbox > mail");
            assertThat(polls).hasSizeGreaterThanOrEqualTo(3);
            assertThat(sinceStart(polls, PERIOD)).isEqualTo(multiples(PERIOD, polls.size()));
            assertThat(polls.get(0).intended() - PERIOD.toNanos() / 1000)
                    .isEqualTo(named(trial, "first").get(0).end());
            List<Trial.Request> steps = named(trial, "step");
            for (int i = 1; i < steps.size(); i++) {
                assertThat(steps.get(i).intended()).isEqualTo(steps.get(i - 1).end() + 80_000);
            }
            assertThat(trial.groups)
                    .singleElement()
                    .satisfies(group -> assertThat(group.cumulatedMicros()).isZero());
            assertThat(target.targets().stream().filter("/mail"::equals)).hasSameSizeAs(polls);
        }
    }

    @Test
    void itsChecksDecideItIsOkButTheUserIsLeftAsItWas() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("mine", "kept")),
                    poll().pollerName("bad").every(PERIOD).exec(get("bad").check(status().saveAs("code"))),
                    poll().pollerName("refused")
                            .every(PERIOD)
                            .exec(get("text")
                                    .check(
                                            bodyString().is("other"),
                                            bodyString().saveAs("mine"))),
                    poll().pollerName("unresolved")
                            .every(PERIOD)
                            .exec(http("unresolved").get("/#{mine.size()}/#{mine.x}")),
                    tryMax(3).on(get("tried"), pause(Duration.ofMillis(200))),
                    exec(s -> s.set("told", s.isFailed() + "-" + s.get("mine") + "-" + s.contains("code"))),
                    http("told").get("/#{told}"));

            assertThat(named(trial, "bad")).isNotEmpty().allMatch(Trial.Request::isOk);
            assertThat(named(trial, "text"))
                    .isNotEmpty()
                    .allMatch(request -> request.errorClass().equals("check.failed"));
            assertThat(named(trial, "unresolved"))
                    .isNotEmpty()
                    .allMatch(request -> request.errorClass().equals("user.unresolved"));
            assertThat(named(trial, "tried")).hasSize(1);
            assertThat(target.targets()).contains("/false-kept-false");
            assertThat(trial.stepFailures).isEmpty();
            // Told as a warning of the definition.
            assertThat(trial.statistics().run().header().values())
                    .filteredOn(value -> value.contains("is not kept"))
                    .hasSize(2)
                    .anySatisfy(
                            warning -> assertThat(warning)
                                    .matches(
                                            "scenario \"shop\" > step 2 \\(poll\\), PollWordsTest.java:\\d+: what the checks of \"bad\" save \\(code\\)"
                                                    + " is not kept, as a poll leaves the session as it is. Leave saveAs out, or make the request a step."));
        }
    }

    @Test
    void redirectsAreFollowedAndCookiesAreTheUsers() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    get("login"),
                    poll().every(PERIOD).exec(get("moved"), get("renew")),
                    pause(Duration.ofMillis(200)),
                    get("after"));

            // On a busy machine a pass may be on its way when the user ends.
            assertThat(trial.requests)
                    .filteredOn(request -> !request.isUnfinished())
                    .allMatch(Trial.Request::isOk);
            assertThat(trial.stepFailures).isEmpty();
            Trial.Request moved = named(trial, "moved").get(0);
            assertThat(named(trial, "renew").get(0).intended()).isEqualTo(moved.intended());
            assertThat(named(trial, "moved Redirect 1").get(0).intended()).isEqualTo(moved.end());
            assertThat(target.came)
                    .filteredOn(request -> request.path().equals("/moved"))
                    .first()
                    .matches(request -> request.header("Cookie").orElse("").equals("who=ann"));
            assertThat(target.came)
                    .filteredOn(request -> request.path().equals("/after"))
                    .allMatch(request -> request.header("Cookie").orElse("").equals("who=bob"));
        }
    }

    @Test
    void oneIsOnItsWayAtATimeAndTheNextIsLateByAsMuch() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target, poll().every(PERIOD).exec(get("slow")), pause(Duration.ofMillis(1200)), poll().stop());

            List<Trial.Request> polls = named(trial, "slow");
            List<Trial.Request> done =
                    polls.stream().filter(Trial.Request::isOk).toList();
            assertThat(done).hasSizeGreaterThanOrEqualTo(2);
            for (int i = 1; i < done.size(); i++) {
                long before = done.get(i - 1).end();
                assertThat(done.get(i).actual()).isGreaterThanOrEqualTo(before);
                assertThat(done.get(i).intended() + done.get(i).paceOverrun())
                        .isBetween(before, done.get(i).actual());
                assertThat(done.get(i).paceOverrun()).isGreaterThan(80_000);
            }
            assertThat(polls.stream().filter(Trial.Request::isUnfinished)).hasSizeLessThanOrEqualTo(1);
            assertThat(polls)
                    .filteredOn(Trial.Request::isNotSent)
                    .isNotEmpty()
                    .allMatch(request -> request.errorClass().equals("stop.unfinished")
                            && request.message().equals("was due while the poll before it was on its way"));
            assertThat(polls).hasSizeGreaterThanOrEqualTo(20); // as many as were due in 1200 ms
            assertThat(sinceStart(
                            polls.stream()
                                    .sorted(java.util.Comparator.comparingLong(Trial.Request::intended))
                                    .toList(),
                            PERIOD))
                    .isEqualTo(multiples(PERIOD, polls.size()));
        }
    }

    @Test
    void theStopAndTheEndOfTheUserCutOffWhatIsOnItsWay() {
        try (Target target = target()) {
            Trial stopped = Trial.of(
                    target,
                    poll().every(PERIOD).exec(get("never")),
                    pause(Duration.ofMillis(300)),
                    poll().stop(),
                    get("next"));
            Trial ended = Trial.of(target, poll().every(PERIOD).exec(get("never")), pause(Duration.ofMillis(300)));

            for (Trial trial : List.of(stopped, ended)) {
                assertThat(named(trial, "never"))
                        .filteredOn(request -> !request.isNotSent())
                        .singleElement()
                        .matches(Trial.Request::isUnfinished);
                assertThat(trial.statistics().total().unfinished()).isEqualTo(1);
                assertThat(trial.userEnds).extracting(Enum::name).containsExactly("THROUGH");
                assertThat(trial.stepFailures).isEmpty();
            }
            assertThat(named(stopped, "next")).singleElement().matches(Trial.Request::isOk);
            assertThat(target.targets().stream().filter("/never"::equals)).hasSize(2);
        }
    }

    @Test
    void whatIsNotSoFailsTheStep() {
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    poll().stop(),
                    poll().every(10).exec(get("a")),
                    poll().every(10).exec(get("b")),
                    poll().pollerName("inbox").every(10).exec(List.of(get("c"))),
                    poll().pollerName("inbox").every(Duration.ofSeconds(9)).exec(get("d")),
                    poll().pollerName("outbox").stop(),
                    poll().stop(),
                    poll().every(10).exec(get("e")),
                    exec(s -> s.markAsSucceeded()),
                    get("next"));

            assertThat(trial.stepFailures.stream().map(PollWordsTest::withoutPlace))
                    .containsExactly(
                            "the poller does not run. Begin it with every(..).exec(..) before, or leave the stop out.",
                            "the poller runs already. End it before with poll().stop(), or give this one a pollerName of its own.",
                            "the poller \"inbox\" runs already. End it before with poll().pollerName(\"inbox\").stop(), or give"
                                    + " this one a pollerName of its own.",
                            "the poller \"outbox\" does not run. Begin it with every(..).exec(..) before, or leave the stop out.");
            assertThat(trial.paths()).containsExactly("next");
        }
    }

    private static String withoutPlace(String failure) {
        return failure.substring(failure.indexOf("the poller"));
    }

    @Test
    void wrongArgumentsAreRefusedAndWrongDefinitionsFound() {
        assertThatThrownBy(() -> poll().every(0))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("every must be positive, was 0 s.");
        assertThatThrownBy(() -> poll().every(Duration.ofMillis(-1)))
                .hasMessage("every must not be negative, was PT-0.001S.");
        assertThatThrownBy(() -> poll().pollerName(" ")).hasMessage("pollerName must not be empty.");
        assertThatThrownBy(() -> poll().every(1).exec())
                .hasMessage("poll: exec: at least one request is needed, none was given.");
        assertThatThrownBy(() -> poll().every(1).exec((HttpRequestActionBuilder) null))
                .hasMessage("poll: exec must not be null.");
        try (Target target = target()) {
            Trial trial = Trial.of(
                    target,
                    poll().pollerName("#{name}").every(1).exec(get("page").resources(get("part"))),
                    poll().pollerName("a").every(1).exec(http("attribute").get("/#{nobody}")));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .anySatisfy(
                            problem -> assertThat(problem)
                                    .endsWith(
                                            "a request that is polled has no resources. Pass them to exec(..) beside it: all go side by side."))
                    .anySatisfy(problem -> assertThat(problem).contains("#{name}"))
                    .anySatisfy(problem -> assertThat(problem).contains("#{nobody} is read"));
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void pollsWaitForSlotsOfAThrottleAsAnyRequestDoes() {
        try (Target target = target()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("shop")
                            .exec(poll().every(Duration.ofMillis(20)).exec(get("mail")))
                            .exec(repeat(6).on(get("step")))
                            .injectOpen(atOnceUsers(2)))
                    .protocols(http.baseUrl(target.url()))
                    .throttle(jumpToRps(40), holdFor(2)));

            assertThat(trial.stepFailures).isEmpty();
            List<Trial.Request> sent = trial.requests.stream()
                    .filter(request -> !request.isNotSent() && request.actual() >= 0)
                    .toList();
            assertThat(sent).extracting(Trial.Request::path).contains("mail", "step");
            assertThat(sent.stream().map(Trial.Request::intended).distinct()).hasSameSizeAs(sent);
            assertThat(sent).allMatch(request -> request.intended() % 25_000 == 0);
            assertThat(named(trial, "step")).hasSize(12).allMatch(Trial.Request::isOk);
            assertThat(trial.userEnds).extracting(Enum::name).containsExactly("THROUGH", "THROUGH");
        }
    }

    @Test
    void manyUsersPollAndNothingIsLost() {
        try (Target target = target()) {
            Executable poll = poll().every(Duration.ofMillis(20)).exec(get("mail"));
            Trial trial = Trial.of(
                    http.baseUrl(target.url()), 40, poll, repeat(4).on(get("step"), pause(Duration.ofMillis(40))));

            assertThat(trial.stepFailures).isEmpty();
            long sent = trial.requests.stream()
                    .filter(request -> !request.isNotSent() && request.actual() >= 0)
                    .count();
            assertThat((long) target.came.size()).isLessThanOrEqualTo(sent);
            long answered = trial.requests.stream().filter(Trial.Request::isOk).count();
            assertThat((long) target.came.size()).isGreaterThanOrEqualTo(answered);
            assertThat(named(trial, "step")).hasSize(160).allMatch(Trial.Request::isOk);
            assertThat(named(trial, "mail")).hasSizeGreaterThan(40 * 6);
            assertThat(trial.result.exitCode()).isZero();
        }
    }
}
