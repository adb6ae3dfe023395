package shop;

import static dev.onrush.dsl.CoreDsl.atOnceUsers;
import static dev.onrush.dsl.CoreDsl.global;
import static dev.onrush.dsl.CoreDsl.scenario;
import static dev.onrush.http.HttpDsl.http;
import static dev.onrush.http.HttpDsl.status;

import com.sun.net.httpserver.HttpServer;
import dev.onrush.dsl.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Three users, one request each, to a server of its own. */
public class OkSimulation extends Simulation {
    private final HttpServer target = started();

    public OkSimulation() {
        setUp(scenario("ok")
                        .exec(http("home").get("/").check(status().is(204)))
                        .pause(Duration.ofMillis(50))
                        .injectOpen(atOnceUsers(3)))
                .protocols(http.baseUrl("http://127.0.0.1:" + target.getAddress().getPort()))
                .assertions(
                        global().allRequests().count().is(3L),
                        global().failedRequests().count().is(0L));
    }

    @Override
    public void after() {
        target.stop(0);
    }

    private static HttpServer started() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
