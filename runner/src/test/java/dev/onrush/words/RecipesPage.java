package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import java.time.Duration;

import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.http.HttpProtocolBuilder;

/** The examples of docs/recipes.md. */
final class RecipesPage {
    HttpProtocolBuilder api = http.baseUrl("http://127.0.0.1:1");

    // tag::staircase[]
    ScenarioBuilder search = scenario("search").exec(http("search").get("/search?q=cup"));

    PopulationBuilder staircase = search.injectOpen(
            incrementUsersPerSec(20).times(10).eachLevelLasting(30).startingFrom(20));
    // end::staircase[]

    // tag::login[]
    FeederBuilder<String> users = csv("users.csv").circular();

    ChainBuilder login = feed(users)
            .exec(http("log in")
                    .post("/api/login")
                    .body(StringBody("{\"user\": \"#{name}\", \"password\": \"#{password}\"}"))
                    .asJson()
                    .check(status().is(200), jsonPath("$.token").saveAs("token")))
            .exitHereIfFailed();

    ScenarioBuilder reader = scenario("reader")
            .exec(login)
            .pause(Duration.ofMillis(500), Duration.ofSeconds(2))
            .exec(http("orders").get("/api/orders").header("Authorization", "Bearer #{token}"));
    // end::login[]

    // tag::form[]
    ChainBuilder signIn = exec(
            http("form").get("/login").check(form("#login").saveAs("form")),
            pause(1),
            http("sign in")
                    .post("/login")
                    .form("#{form}")
                    .formParam("user", "ann")
                    .check(css("h1").is("Hello")));
    // end::form[]

    // tag::after[]
    PopulationBuilder fillThenRead = scenario("fill")
            .exec(http("fill").post("/items"))
            .injectOpen(rampUsers(100).during(10))
            .andThen(reader.injectOpen(constantUsersPerSec(20).during(60)));
    // end::after[]
}
