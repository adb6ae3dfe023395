package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.testkit.TruthResponse;

/** Texts whose encoding is told wrongly, or not at all. */
@Timeout(20)
class CharsetWordsTest {
    private static final byte[] NO_UTF_8 = {(byte) 0xff, 'a', (byte) 0xc3};

    private static TruthResponse text(String contentType, byte[] body) {
        return TruthResponse.status(200).header("Content-Type", contentType).body(body);
    }

    @Test
    void aCharsetThatIsUnknownEmptyOrNotKeptFailsTheCheckAndTheUserGoesOn() {
        try (Target target = Target.answering(request -> switch (request.path()) {
            case "/unknown" ->
                text("text/plain; charset=klingon", "a".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case "/empty" -> text("text/plain; charset=", NO_UTF_8);
            case "/invalid" -> text("text/plain; charset=utf-8", NO_UTF_8);
            default -> TruthResponse.ok("ok");
        })) {
            Trial trial = Trial.of(
                    target,
                    http("unknown").get("/unknown").check(bodyString().is("a")),
                    http("empty").get("/empty").check(bodyString().is("a")),
                    http("invalid").get("/invalid").check(bodyString().is("a")),
                    http("bytes").get("/invalid").check(bodyBytes().is(NO_UTF_8)),
                    http("unread").get("/unknown"),
                    http("last").get("/").check(bodyString().is("ok")));

            assertThat(trial.requests)
                    .extracting(request -> request.path() + " " + request.errorClass())
                    .containsExactly(
                            "unknown body.charset",
                            "empty check.failed",
                            "invalid check.failed",
                            "bytes ",
                            "unread ",
                            "last ");
        }
    }
}
