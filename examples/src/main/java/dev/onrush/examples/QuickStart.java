package dev.onrush.examples;

// tag::simulation[]
import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import dev.onrush.Onrush;
import dev.onrush.dsl.Simulation;

public class QuickStart extends Simulation {
    {
        var hello = scenario("hello").exec(http("hello").get(ExampleTarget.url() + "/hello"));
        setUp(hello.injectOpen(constantUsersPerSec(20).during(10)));
    }

    public static void main(String[] args) {
        Onrush.run(QuickStart.class);
    }
}
// end::simulation[]
