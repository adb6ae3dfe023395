package shop;

import static dev.onrush.dsl.CoreDsl.atOnceUsers;
import static dev.onrush.dsl.CoreDsl.global;
import static dev.onrush.dsl.CoreDsl.scenario;

import dev.onrush.dsl.Simulation;
import java.time.Duration;

/** Sends nothing. */
public class BuySimulation extends Simulation {
    public BuySimulation() {
        setUp(scenario("pause").pause(Duration.ofMillis(50)).injectOpen(atOnceUsers(Integer.getInteger("users", 2))))
                .assertions(global().allRequests().count().is(0L));
    }
}
