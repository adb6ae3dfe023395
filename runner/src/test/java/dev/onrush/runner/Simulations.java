package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import java.time.Duration;

import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpProtocolBuilder;

/** Simulations of the runner's tests. The target is a system property, so that they run in child JVMs, too. */
final class Simulations {
    static final String TARGET = "test.target";

    private Simulations() {}

    static HttpProtocolBuilder target() {
        return http.baseUrl(System.getProperty(TARGET, "http://127.0.0.1:9"));
    }

    /** One request. */
    static final class One extends Simulation {
        {
            setUp(one("one")).protocols(target());
        }
    }

    static PopulationBuilder one(String scenario) {
        return scenario(scenario).exec(http("home").get("/")).injectOpen(atOnceUsers(1));
    }

    /** One request, and an assertion that cannot hold. */
    static final class Unmet extends Simulation {
        {
            setUp(one("one"))
                    .protocols(target())
                    .assertions(global().allRequests().count().is(7L));
        }
    }

    /** Users who come for a minute and never leave by themselves; {@code after()} says so and, if {@code test.after} is set, never ends. */
    static class Endless extends Simulation {
        {
            setUp(scenario("endless")
                            .forever()
                            .on(exec(http("home").get("/")).pause(Duration.ofMillis(200)))
                            .injectOpen(constantUsersPerSec(20).during(60)))
                    .protocols(target());
        }

        @Override
        public void after() {
            System.out.println("after was called");
            if (System.getProperty("test.after") != null) {
                new java.util.concurrent.CompletableFuture<Void>().join();
            }
        }
    }
}
