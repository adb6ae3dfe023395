package dev.onrush.examples;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import java.time.Duration;

import dev.onrush.Onrush;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.examples.target.Target;
import dev.onrush.http.HttpProtocolBuilder;

/**
 * An API that tells spam from ham, under load in both ways: first by a number of users who wait for each answer (closed
 * model), then by as many requests per second whether it answers or not (open model).
 *
 * <p>The bearer token is the environment variable {@code TOKEN}, else the one in a {@code .env} file.
 */
public class SpamClassifierSimulation extends Simulation {
    private static final int USERS = 20;
    private static final Duration THINK_TIME = Duration.ofMillis(200);
    /** What those users ask for while an answer takes about 20 ms: 20 / (0.2 s + 0.02 s). */
    private static final double REQUESTS_PER_SEC = 90;

    // tag::protocol[]
    private final String token = DotEnv.load().get("TOKEN", Target.DEFAULT_TOKEN);

    private final HttpProtocolBuilder api = http.baseUrl(ExampleTarget.url()).authorizationHeader("Bearer " + token);
    // end::protocol[]

    // tag::scenario[]
    private final FeederBuilder<Object> messages =
            listFeeder(Messages.generate(1000, 42)).random();

    private final ChainBuilder classify = feed(messages)
            .exec(http("classify")
                    .post("/spam_detection_path")
                    .body(StringBody("{\"message\": #{message.jsonStringify()}}"))
                    .asJson()
                    .check(
                            status().is(200),
                            jsonPath("$.label").is(session -> session.getString("label")),
                            jsonPath("$.label_probability").ofDouble().saveAs("probability")));

    private final ScenarioBuilder readers = scenario("users who wait").repeat(5).on(classify.pause(THINK_TIME));
    private final ScenarioBuilder arrivals = scenario("arrivals").exec(classify);
    // end::scenario[]

    {
        // tag::setUp[]
        setUp(
                        readers.injectClosed(
                                rampConcurrentUsers(1).to(USERS).during(8),
                                constantConcurrentUsers(USERS).during(14)),
                        arrivals.injectOpen(
                                nothingFor(25),
                                constantUsersPerSec(REQUESTS_PER_SEC).during(20)))
                .protocols(api)
                .assertions(
                        global().responseTime().p95().lt(800),
                        global().failedRequests().percent().lt(5.0));
        // end::setUp[]
    }

    public static void main(String[] args) {
        Onrush.run(SpamClassifierSimulation.class);
    }
}
