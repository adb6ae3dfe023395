package shop;

import static dev.onrush.dsl.CoreDsl.atOnceUsers;
import static dev.onrush.dsl.CoreDsl.global;
import static dev.onrush.dsl.CoreDsl.scenario;

import dev.onrush.dsl.Simulation;
import java.time.Duration;

/** Sends nothing and asserts that much was sent. */
public class UnmetSimulation extends Simulation {
    public UnmetSimulation() {
        setUp(scenario("pause").pause(Duration.ofMillis(50)).injectOpen(atOnceUsers(2)))
                .assertions(global().allRequests().count().gt(1000L));
    }
}
