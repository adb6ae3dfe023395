package dev.onrush.benchmarks;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import dev.onrush.Onrush;
import dev.onrush.dsl.*;

/** The first simulation of the README, for the time from the start of the JVM to the first request. */
public class QuickStart extends Simulation {
    {
        var hello = scenario("hello").exec(http("hello").get(System.getProperty("bench.url") + "/hello"));
        setUp(hello.injectOpen(constantUsersPerSec(20).during(10)));
    }

    public static void main(String[] args) {
        Onrush.run(QuickStart.class);
    }
}
