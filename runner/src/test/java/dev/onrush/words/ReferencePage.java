package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.ClosedInjectionStep;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.dsl.OpenInjectionStep;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpProtocolBuilder;

/** The examples of docs/dsl.md, which are run against a real server as well. */
public class ReferencePage extends Simulation {
    static volatile String url = "http://127.0.0.1:1";

    // tag::outside[]
    static final String SHOP = System.getProperty("shop", "https://test.shop.example");
    static final int USERS = Integer.getInteger("users", 10);
    static final String TOKEN = System.getenv().getOrDefault("SHOP_TOKEN", "");
    // end::outside[]

    // tag::protocol[]
    HttpProtocolBuilder shop = http.baseUrl(url)
            .acceptHeader("application/json")
            .userAgentHeader("load test of the shop")
            .requestTimeout(Duration.ofSeconds(5))
            .check(status().in(200, 201));
    // end::protocol[]

    // tag::pages[]
    HttpProtocolBuilder browser = http.baseUrl(url)
            .inferHtmlResources(AllowList("https?://([a-z]+\\.)?shop\\.test/.*"), DenyList(".*\\.mp4"))
            .nameInferredHtmlResourcesAfterPath()
            .silentResources();
    // end::pages[]

    // tag::feeders[]
    FeederBuilder<String> items = csv("words/items.csv").circular();
    FeederBuilder<Object> people =
            listFeeder(List.of(Map.of("name", "Ann"), Map.of("name", "Bob"))).random();
    // end::feeders[]

    // tag::chain[]
    ChainBuilder browse = feed(items)
            .exec(http("item").get("/items/#{sku}").queryParam("page", 1))
            .pause(Duration.ofMillis(20), Duration.ofMillis(40));
    // end::chain[]

    // tag::checks[]
    ChainBuilder search = exec(http("search")
            .get("/search")
            .check(
                    status().is(200),
                    header("Content-Type").exists(),
                    jsonPath("$.results[*].id").ofInt().findAll().saveAs("ids"),
                    jsonPath("$.total").ofInt().is(2),
                    responseTimeInMillis().lt(20_000)));
    // end::checks[]

    // tag::bodies[]
    ChainBuilder buy = feed(people)
            .exec(
                    http("order")
                            .post("/orders")
                            .body(StringBody("{\"name\": \"#{name}\", \"items\": #{ids.jsonStringify()}}"))
                            .asJson(),
                    http("pay")
                            .post("/pay")
                            .formParam("method", "card")
                            .formParam(
                                    "amount", session -> session.getList("ids").size()));
    // end::bodies[]

    // tag::structure[]
    ScenarioBuilder visit = scenario("visit")
            .exec(session -> session.set("visits", 2))
            .repeat("#{visits}", "visit")
            .on(group("look around").on(browse, search))
            .foreach("#{ids}", "id")
            .on(http("result").get("/results/#{id}"))
            .doIf(session -> !session.isFailed())
            .then(randomSwitch().on(percent(60).then(buy), percent(40).then(pause(Duration.ofMillis(10)))));
    // end::structure[]

    // tag::pace[]
    ScenarioBuilder poller = scenario("poller")
            .during(Duration.ofMillis(300))
            .on(pace(Duration.ofMillis(100)), http("news").get("/news"));
    // end::pace[]

    // tag::cookies[]
    ChainBuilder consent = exec(
            addCookie(Cookie("consent", "yes").withMaxAge(3600)),
            http("front page").get("/"),
            getCookieValue(CookieKey("consent").saveAs("given")));
    // end::cookies[]

    // tag::open[]
    List<OpenInjectionStep> open = List.of(
            atOnceUsers(1),
            nothingFor(Duration.ofMillis(100)),
            rampUsersPerSec(0).to(10).during(Duration.ofMillis(500)),
            constantUsersPerSec(10).during(Duration.ofMillis(500)));
    // end::open[]

    // tag::closed[]
    List<ClosedInjectionStep> closed = List.of(
            rampConcurrentUsers(0).to(2).during(Duration.ofMillis(300)),
            constantConcurrentUsers(2).during(Duration.ofMillis(300)));
    // end::closed[]

    {
        // tag::setUp[]
        setUp(visit.exec(consent).injectOpen(open), poller.injectClosed(closed).maxUsers(5))
                .protocols(shop)
                .maxDuration(60)
                .seed(42)
                .assertions(
                        global().responseTime().p95().lt(Duration.ofMillis(20_000)),
                        global().failedRequests().percent().lt(1.0),
                        details("look around", "item")
                                .successfulRequests()
                                .count()
                                .gt(0L));
        // end::setUp[]
    }
}
