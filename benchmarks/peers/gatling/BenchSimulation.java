package gatling;

import static io.gatling.javaapi.core.CoreDsl.*;
import static io.gatling.javaapi.http.HttpDsl.*;

import io.gatling.javaapi.core.*;
import io.gatling.javaapi.http.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The compared load on Gatling: one request, one status check, one saved value. Twin of the one for Onrush. */
public class BenchSimulation extends Simulation {
    private static final String LOAD = System.getProperty("bench.load");
    private static final String REQUEST = System.getProperty("bench.request");
    private static final int USERS = Integer.getInteger("bench.users");
    private static final int RATE = Integer.getInteger("bench.rate");
    private static final long SECONDS = Long.getLong("bench.seconds");

    /** 1 000 people, again and again. */
    private static FeederBuilder<Object> people() {
        List<Map<String, Object>> records = IntStream.range(0, 1000)
                .mapToObj(i -> Map.<String, Object>of("id", i, "name", "person " + i))
                .toList();
        return listFeeder(records).circular();
    }

    private static ChainBuilder request() {
        return switch (REQUEST) {
            // 102 bytes of JSON.
            case "get" ->
                exec(http("get").get("/small").check(status().is(200), header("Content-Type").saveAs("type")));
            // 10 KB of JSON, read whole for one value in its middle.
            case "json" ->
                exec(http("json").get("/json").check(status().is(200), jsonPath("$.items[40].name").saveAs("name")));
            // A record of a feeder, expressions in query and form.
            case "form" ->
                feed(people())
                        .exec(http("form")
                                .post("/form?person=#{id}")
                                .formParam("name", "#{name}")
                                .formParam("text", "Good morning, #{name}!")
                                .check(status().is(200), header("Content-Type").saveAs("type")));
            default -> throw new IllegalArgumentException("bench.request = " + REQUEST + ": get, json or form");
        };
    }

    {
        HttpProtocolBuilder usual =
                http.baseUrl(System.getProperty("bench.url")).disableCaching().disableWarmUp();
        HttpProtocolBuilder protocol = Boolean.getBoolean("bench.http2") ? usual.enableHttp2() : usual;
        Duration period = Duration.ofNanos(1_000_000_000L * USERS / RATE);
        Duration second = Duration.ofSeconds(1);
        boolean quick = period.compareTo(second) < 0;

        PopulationBuilder population = switch (LOAD) {
            // Each user asks again as soon as it was answered.
            case "closed" ->
                scenario("closed").during(SECONDS).on(request()).injectOpen(atOnceUsers(USERS));
            // Persistent users, each one request per period. They come over whole seconds, as Gatling starts nobody in
            // less than one; the random pause spreads their first requests over the period.
            case "paced" ->
                scenario("paced")
                        .pause(Duration.ZERO, quick ? period : second)
                        .during(SECONDS)
                        .on(pace(period).exec(request()))
                        .injectOpen(rampUsers(USERS).during(quick ? second : period));
            // Every user is new: connect, one request, gone.
            case "churn" ->
                scenario("churn")
                        .exec(request())
                        .injectOpen(constantUsersPerSec(RATE).during(Duration.ofSeconds(SECONDS)));
            default -> throw new IllegalArgumentException("bench.load = " + LOAD + ": closed, paced or churn");
        };
        setUp(population).protocols(protocol);
    }
}
