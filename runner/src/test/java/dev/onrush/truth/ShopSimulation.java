package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.onrush.dsl.Simulation;

/** For {@link ManyRunsTest}: loaded afresh for each run, so it stands alone and reads plain system properties. */
public final class ShopSimulation extends Simulation {
    /** So that a class that is not let go shows in the heap. */
    static final byte[] BALLAST = new byte[1 << 20];

    {
        setUp(scenario("shop")
                        .feed(listFeeder(List.of(Map.of("id", "a"))).circular())
                        .during(Duration.ofMillis(Integer.getInteger("truth.millis")))
                        .on(exec(http("item").get(System.getProperty("truth.url") + "#{id}"))
                                .exec(session -> session.set("ballast", BALLAST.length))
                                .exec(session -> {
                                    if (session.userId() == 3) {
                                        throw new IllegalStateException("deliberate, to be kept by nobody");
                                    }
                                    return session;
                                })
                                .pause(Duration.ofMillis(5)))
                        .injectOpen(atOnceUsers(5)))
                .protocols(http.baseUrl(System.getProperty("truth.url")))
                .assertions(global().failedRequests().count().is(0L))
                .keepSamples();
    }
}
