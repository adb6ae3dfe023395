package dev.onrush.examples;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import java.time.Duration;
import java.util.function.Function;

import dev.onrush.Onrush;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpProtocolBuilder;

/** Customers of a shop: they log in, look around, and some of them buy. */
public class ShopSimulation extends Simulation {
    private final HttpProtocolBuilder shop = http.baseUrl(ExampleTarget.url()).acceptHeader("application/json");

    // tag::feeders[]
    private final FeederBuilder<String> customers = csv("customers.csv").circular();
    private final FeederBuilder<String> items = csv("items.csv").random();
    // end::feeders[]

    private final Function<Session, Boolean> allWell = session -> !session.isFailed();

    // tag::chains[]
    private final ChainBuilder login = feed(customers)
            .exec(http("log in")
                    .post("/login")
                    .formParam("username", "#{username}")
                    .formParam("password", "#{password}")
                    .check(status().is(200)));

    private final ChainBuilder lookAround = group("look around")
            .on(
                    http("front page").get("/").check(substring("The shop")),
                    pause(Duration.ofMillis(100), Duration.ofMillis(400)),
                    feed(items),
                    http("list").get("/items").queryParam("page", "#{page}"),
                    pause(Duration.ofMillis(100), Duration.ofMillis(400)),
                    http("item")
                            .get("/items/#{item}")
                            .check(jsonPath("$.price").ofDouble().saveAs("price")));

    private final ChainBuilder fillBasket = exec(http("add to basket")
                    .post("/basket")
                    .body(ElFileBody("basket.json"))
                    .asJson()
                    .check(status().is(201)))
            .pause(Duration.ofMillis(200));

    // the shop answers with a redirect to the order; the checks see the order
    private final ChainBuilder buy = exec(http("check out")
            .post("/checkout")
            .check(status().is(200), jsonPath("$.id").saveAs("order")));

    private final ChainBuilder changeMind = exec(http("basket").get("/basket"));
    // end::chains[]

    // tag::scenario[]
    private final ScenarioBuilder visit = scenario("visit")
            .exec(login, pause(Duration.ofMillis(200)))
            .repeat(2)
            .on(lookAround)
            .doIf(allWell)
            .then(fillBasket)
            .doIf(allWell)
            // the other 20 % leave
            .then(randomSwitch().on(percent(50).then(buy), percent(30).then(changeMind)));
    // end::scenario[]

    {
        setUp(visit.injectOpen(
                        rampUsersPerSec(1).to(8).during(10),
                        constantUsersPerSec(8).during(20)))
                .protocols(shop)
                .assertions(
                        global().failedRequests().percent().lt(5.0),
                        details("look around", "item").responseTime().p95().lt(Duration.ofMillis(800)));
    }

    public static void main(String[] args) {
        Onrush.run(ShopSimulation.class);
    }
}
