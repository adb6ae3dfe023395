package dev.onrush.benchmarks;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import java.time.Duration;

import dev.onrush.dsl.*;
import dev.onrush.http.*;

/** The compared load on Onrush: one request, one status check, one saved value. Twin of the one for Gatling. */
public class BenchSimulation extends Simulation {
    private static final String MODE = System.getProperty("bench.mode");
    private static final int USERS = Integer.getInteger("bench.users");
    private static final int RATE = Integer.getInteger("bench.rate");
    private static final long SECONDS = Long.getLong("bench.seconds");
    private static final long WARM_UP_SECONDS = Long.getLong("bench.warmUpSeconds");

    {
        HttpProtocolBuilder protocol =
                http.baseUrl(System.getProperty("bench.url")).disableCaching();
        HttpRequestActionBuilder request = http("get")
                .get("/small")
                .check(status().is(200), header("Content-Type").saveAs("type"));
        Duration period = Duration.ofNanos(1_000_000_000L * USERS / RATE);
        Duration second = Duration.ofSeconds(1);
        boolean quick = period.compareTo(second) < 0;

        PopulationBuilder population = switch (MODE) {
            // 64 users, each asks again as soon as it was answered.
            case "closed" ->
                scenario("closed").during(SECONDS).on(exec(request)).injectOpen(atOnceUsers(USERS));
            // Persistent users, each one request per period. They come over whole seconds, as Gatling starts nobody in
            // less than one; the random pause spreads their first requests over the period.
            case "rate", "users" ->
                scenario("paced")
                        .pause(Duration.ZERO, quick ? period : second)
                        .during(SECONDS)
                        .on(pace(period).exec(request))
                        .injectOpen(rampUsers(USERS).during(quick ? second : period));
            // Every user is new: connect, one request, gone.
            case "churn" ->
                scenario("churn")
                        .exec(request)
                        .injectOpen(constantUsersPerSec(RATE).during(Duration.ofSeconds(SECONDS)));
            default -> throw new IllegalArgumentException("bench.mode = " + MODE + ": closed, rate, users or churn");
        };
        // Everything is recorded from the first request on; the start delay read afterwards is that of the warm state.
        setUp(population).protocols(protocol).warmUp(WARM_UP_SECONDS);
    }
}
