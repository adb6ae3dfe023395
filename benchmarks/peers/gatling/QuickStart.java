package gatling;

import static io.gatling.javaapi.core.CoreDsl.*;
import static io.gatling.javaapi.http.HttpDsl.*;

import io.gatling.javaapi.core.*;

/** The first simulation of Onrush's README, for the time from the start of the JVM to the first request. */
public class QuickStart extends Simulation {
    {
        var hello = scenario("hello").exec(http("hello").get(System.getProperty("bench.url") + "/hello"));
        setUp(hello.injectOpen(constantUsersPerSec(20).during(10))).protocols(http.disableWarmUp());
    }
}
