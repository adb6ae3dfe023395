package dev.onrush.benchmarks;

import static dev.onrush.dsl.CoreDsl.*;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.onrush.dsl.*;

/** Users that only wait: what a user costs who sends nothing. Says {@code all users wait} when all have come. */
public class WaitingUsers extends Simulation {
    private static final int USERS = Integer.getInteger("bench.users");
    private static final AtomicInteger CAME = new AtomicInteger();

    {
        var waiting = scenario("waiting")
                .exec(session -> {
                    if (CAME.incrementAndGet() == USERS) {
                        System.out.println("all users wait");
                    }
                    return session;
                })
                .pause(Duration.ofHours(1));
        setUp(waiting.injectOpen(rampUsers(USERS).during(10)));
    }
}
