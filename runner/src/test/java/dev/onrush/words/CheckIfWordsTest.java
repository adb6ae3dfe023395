package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.DefinitionException;
import dev.onrush.testkit.TruthResponse;

/** Checks under a condition, on request and protocol. */
@Timeout(30)
class CheckIfWordsTest {
    private static Target shop() {
        return Target.answering(request -> TruthResponse.status(request.path().equals("/500") ? 500 : 200)
                .header("X-Id", "one")
                .body("lamp"));
    }

    @Test
    void checksAreRunOnlyIfTheConditionHolds() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("on", true).set("off", "false")),
                    http("text, true")
                            .get("/")
                            .checkIf("#{on}")
                            .then(bodyString().is("shade")),
                    http("text, false")
                            .get("/")
                            .checkIf("#{off}")
                            .then(bodyString().is("shade")),
                    http("function, true")
                            .get("/")
                            .checkIf(s -> true)
                            .then(List.of(bodyString().is("shade"))),
                    http("function, false")
                            .get("/")
                            .checkIf(s -> s.contains("gone"))
                            .then(bodyString().is("shade"))
                            .check(bodyString().is("lamp")));

            assertThat(trial.requests).extracting(Trial.Request::isOk).containsExactly(false, true, false, true);
            assertThat(trial.requests.get(0).message()).isEqualTo("bodyString: expected \"shade\", found \"lamp\".");
        }
    }

    @Test
    void aConditionMayLookAtTheResponse() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("want", 500)),
                    http("status")
                            .get("/500")
                            .checkIf((r, s) -> r.status().code() == s.getInt("want"))
                            .then(status().is(500)),
                    http("body")
                            .get("/")
                            .checkIf((r, s) -> r.body().string().equals("lamp"))
                            .then(bodyLength().is(5)),
                    http("no")
                            .get("/")
                            .checkIf((r, s) -> r.headers().contains("X-Gone"))
                            .then(bodyLength().is(5)),
                    http("null")
                            .get("/")
                            .checkIf((r, s) -> null)
                            .then(bodyLength().is(4)));

            assertThat(trial.requests).extracting(Trial.Request::isOk).containsExactly(true, false, true, false);
            assertThat(trial.requests.get(1).message()).isEqualTo("bodyLength: expected 5, found 4.");
            assertThat(trial.requests.get(3).message()).contains("the function of checkIf gave null");
        }
    }

    @Test
    void thoseOfTheProtocolAreForEveryRequest() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url())
                            .checkIf("#{strict}")
                            .then(header("X-Gone"))
                            .checkIf(s -> true)
                            .then(List.of(header("X-Id").saveAs("id"))),
                    exec(s -> s.set("strict", false)),
                    http("a").get("/"),
                    exec(s -> s.set("strict", true)),
                    http("b").get("/#{id}"));

            assertThat(trial.failures())
                    .containsExactly("b: check.failed: header X-Gone: expected a value, found nothing.");
            assertThat(target.targets()).containsExactly("/", "/one");
        }
    }

    /** All saved under a condition that one of them changes: it is asked before the first of them. */
    @Test
    void theConditionIsAskedOnceForChecksOfAScopeAndSeesWhatWasSavedBefore() {
        AtomicInteger asked = new AtomicInteger();
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("x")
                            .get("/")
                            .check(header("X-Id").saveAs("id"))
                            .checkIf(s -> {
                                asked.incrementAndGet();
                                return s.contains("id") && !s.contains("a");
                            })
                            .then(bodyString().saveAs("a"), substring("m").saveAs("b")),
                    http("y").get("/#{a}#{b}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets().get(1)).isEqualTo("/lamp2");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void checksUnderAConditionRunInTheOrderOfScopes() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("x")
                            .get("/")
                            .check(substring("shade"))
                            .checkIf(s -> true)
                            .then(substring("gone"), header("X-Gone")));

            assertThat(trial.requests.get(0).message()).isEqualTo("header X-Gone: expected a value, found nothing.");
        }
    }

    @Test
    void anyStatusCheckRemovesTheRuleFor2xx() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("held").get("/500").checkIf(s -> true).then(status().is(500)),
                    http("failed").get("/500").checkIf(s -> true).then(status().is(501)),
                    http("body")
                            .get("/500")
                            .checkIf(s -> true)
                            .then(bodyString().is("lamp")));

            assertThat(trial.failures())
                    .containsExactly(
                            "failed: check.failed: status: expected 501, found 500.",
                            "body: check.failed: status was 500, expected 2xx or 304");
        }
    }

    @Test
    void aConditionThatCannotBeToldFailsTheRequest() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("text", "lamp")),
                    http("throws")
                            .get("/")
                            .checkIf(s -> {
                                throw new IllegalStateException("mine");
                            })
                            .then(status()),
                    http("no boolean").get("/").checkIf("#{text}").then(status()),
                    http("missing").get("/").checkIf("#{gone}").then(status()),
                    http("next").get("/next"));

            assertThat(trial.requests).extracting(Trial.Request::isOk).containsExactly(false, false, false, true);
            assertThat(trial.requests.subList(0, 3))
                    .extracting(Trial.Request::errorClass)
                    .containsOnly("check.crashed");
            assertThat(trial.requests.get(0).message()).isEqualTo("checkIf: IllegalStateException: mine");
            assertThat(trial.requests.get(1).message()).contains("true or false is wanted");
            assertThat(trial.requests.get(2).message()).contains("\"gone\" is missing");
        }
    }

    @Test
    void wrongArgumentsAreRefusedAtTheirCall() {
        assertThatThrownBy(() -> http("x").get("/").checkIf((String) null))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("checkIf must not be null.");
        assertThatThrownBy(() -> http("x").get("/").checkIf("#{a}").then())
                .isInstanceOf(DefinitionException.class)
                .hasMessage("check: at least one is needed, none was given.");
    }
}
