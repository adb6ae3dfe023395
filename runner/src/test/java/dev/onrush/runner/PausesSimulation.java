package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;

import java.time.Duration;

import dev.onrush.dsl.Simulation;

/** Users who only think. */
public class PausesSimulation extends Simulation {
    {
        setUp(scenario("thinkers")
                .pause(Duration.ofMillis(100))
                .injectOpen(constantUsersPerSec(50).during(7)));
    }

    public static void main(String[] args) {
        System.exit(dev.onrush.Onrush.run(PausesSimulation.class).exitCode());
    }
}
