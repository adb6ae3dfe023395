package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** A function that holds an I/O thread ends the users whose requests sit on it, and nobody else (G17). */
class BlockedUsersTest {
    private static final int USERS = 20;
    private static final Duration HELD = Duration.ofSeconds(3);
    private static final Duration FOREVER = Duration.ofMinutes(1);

    @TempDir
    Path results;

    /** One user's check holds the only I/O thread from about 0.5 to 3.5 s. */
    static final class Held extends Simulation {
        {
            setUp(
                            scenario("holder")
                                    .exec(http("hold")
                                            .get(Trial.text("url"))
                                            .check(bodyString().transform(Held::hold)))
                                    .exec(http("after").get(Trial.text("url")))
                                    .injectOpen(nothingFor(Duration.ofMillis(500)), atOnceUsers(1)),
                            scenario("waiting")
                                    .exec(http("slow").get(Trial.text("url") + "slow"))
                                    .exec(http("never").get(Trial.text("url")))
                                    .injectOpen(atOnceUsers(USERS)),
                            scenario("pausing")
                                    .exec(http("first").get(Trial.text("url")))
                                    .pause(HELD.plusSeconds(1))
                                    .exec(http("second").get(Trial.text("url")))
                                    .injectOpen(atOnceUsers(USERS)))
                    .seed(1);
        }

        private static String hold(String body) {
            long untilNanos = System.nanoTime() + HELD.toNanos();
            while (System.nanoTime() - untilNanos < 0) {
                LockSupport.parkNanos(untilNanos - System.nanoTime());
            }
            return body;
        }
    }

    @Test
    @Tag("onecore")
    void usersWithARequestOnAHeldThreadEndAsBlockedAndTheOthersGoOn() throws Exception {
        Figures.timed(
                "G17",
                attempt -> {
                    try (TruthServer server = TruthServer.setup()
                            .route("/slow", TruthResponse.ok("late").after(FOREVER))
                            .start()) {
                        TrialRun run = Trial.of(Held.class, results.resolve("held-" + attempt))
                                .with("url", server.url("/"))
                                .onOneIoThread()
                                .run();
                        Invariants.hold(run)
                                .scheduled(2 * USERS + 1)
                                .due("hold", 1)
                                .due("after", 1)
                                .due("slow", USERS)
                                .due("first", USERS)
                                .due("second", USERS)
                                .arrived(server.ledger())
                                .open()
                                .ended(HELD.plusSeconds(2), 0);
                        return run;
                    }
                },
                run -> {
                    List<LogFacts.Request> blocked = run.log().requests.stream()
                            .filter(request -> request.errorClass().equals(ErrorClass.USER_BLOCKED))
                            .toList();
                    double lastEndSeconds = blocked.stream()
                                    .mapToLong(LogFacts.Request::endNanos)
                                    .max()
                                    .orElse(0)
                            / 1e9;
                    Figures.print(
                            "G17",
                            "a check holds the only I/O thread for 3 s from 0.5 s on: user.blocked %d of %d in flight, the"
                                    + " last at %.2f s; other KO %d; users through %d of %d; run of %.2f s",
                            blocked.size(),
                            USERS,
                            lastEndSeconds,
                            run.count("/total/count/ko") - blocked.size(),
                            run.log().ends.get(UserEnd.THROUGH),
                            USERS + 1,
                            run.figure("/run/durationSeconds"));
                    assertThat(blocked)
                            .hasSize(USERS)
                            .allMatch(request -> request.name().equals("slow"));
                    assertThat(run.count("/total/count/ko")).isEqualTo(USERS);
                    assertThat(run.summary().at("/total/errors/0/message").asString())
                            .matches("io-0 was held for more than 1 s by scenario \"holder\" > step 1 \\(http\\),"
                                    + " BlockedUsersTest\\.java:\\d+");
                    assertThat(lastEndSeconds).isBetween(1.5, 2.5);
                    assertThat(run.log().ends)
                            .containsEntry(UserEnd.BLOCKED, (long) USERS)
                            .containsEntry(UserEnd.THROUGH, USERS + 1L);
                    assertThat(run.figure("/run/durationSeconds")).isLessThan(6);
                });
    }
}
