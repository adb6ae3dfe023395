package shop;

import static dev.onrush.dsl.CoreDsl.atOnceUsers;
import static dev.onrush.dsl.CoreDsl.listFeeder;
import static dev.onrush.dsl.CoreDsl.scenario;

import dev.onrush.dsl.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One record for two users: the second ends the run. */
public class EmptySimulation extends Simulation {
    public EmptySimulation() {
        setUp(scenario("crash")
                .feed(listFeeder(List.of(Map.of("id", 1))))
                .pause(Duration.ofMillis(50))
                .injectOpen(atOnceUsers(2)));
    }
}
