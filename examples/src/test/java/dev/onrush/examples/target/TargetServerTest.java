package dev.onrush.examples.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetServerTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TargetServer server =
            Target.defaults().serviceTime(ServiceTime.none()).start();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void greets() throws Exception {
        var answer = get("/hello");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("Hello!\n");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; charset=UTF-8");
    }

    @Test
    void labelsAMessageAsHamOrSpam() throws Exception {
        var ham = classify("{\"message\":\"The meeting starts at nine, bring your notes.\"}", Target.DEFAULT_TOKEN);
        var spam = classify("{\"message\":\"FREE cash! Click, winner, click!\"}", Target.DEFAULT_TOKEN);

        assertThat(ham.statusCode()).isEqualTo(200);
        assertThat(ham.body()).isEqualTo("{\"label\":\"ham\",\"label_probability\":0.982}");
        assertThat(spam.body()).isEqualTo("{\"label\":\"spam\",\"label_probability\":1.0}");
    }

    @Test
    void asksForTheBearerToken() throws Exception {
        var without = send(request("/spam_detection_path").POST(BodyPublishers.ofString("{\"message\":\"x\"}")));
        var wrong = classify("{\"message\":\"x\"}", "another");

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.body())
                .isEqualTo("{\"error\":\"no Authorization header: send 'Authorization: Bearer <token>'\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo("{\"error\":\"the bearer token is not the one of this target\"}");
    }

    @Test
    void refusesWhatIsNoMessage() throws Exception {
        for (String body : List.of("", "{}", "[1]", "{\"message\":7}", "\"message\"")) {
            var answer = classify(body, Target.DEFAULT_TOKEN);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body())
                    .as(body)
                    .isEqualTo("{\"error\":\"a JSON object with the text field 'message' is expected\"}");
        }
        var broken = classify("{\"message\":", Target.DEFAULT_TOKEN);
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).startsWith("{\"error\":\"the body is no valid JSON: ");
    }

    @Test
    void refusesAWrongMethodAnUnknownPathAndALargeBody() throws Exception {
        var method = get("/spam_detection_path");
        var path = get("/nowhere?x=1");
        var large = classify("x".repeat((1 << 20) + 1), Target.DEFAULT_TOKEN);

        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("allow")).hasValue("POST");
        assertThat(method.body()).isEqualTo("{\"error\":\"this path answers POST\"}");
        assertThat(path.statusCode()).isEqualTo(404);
        assertThat(path.body()).isEqualTo("{\"error\":\"no such path: /nowhere\"}");
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void sellsFromLoginToOrder() throws Exception {
        var login = post("/login", "application/x-www-form-urlencoded", "username=ada+l&password=ada%20l-secret", "");
        assertThat(login.statusCode()).isEqualTo(200);
        String cookie = login.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");

        assertThat(get("/").body()).contains("<h1>The shop</h1>");
        assertThat(get("/items?page=2").body())
                .startsWith(
                        "{\"page\":2,\"pages\":10,\"items\":[{\"id\":11,\"name\":\"chair no. 11\",\"price\":25.02}");
        assertThat(get("/items/7").body()).isEqualTo("{\"id\":7,\"name\":\"mirror no. 7\",\"price\":19.54}");
        assertThat(get("/basket", cookie).body()).isEqualTo("{\"lines\":[],\"total\":0.00}");
        assertThat(post("/checkout", "text/plain", "", cookie).statusCode()).isEqualTo(409);
        var added = post("/basket", "application/json", "{\"item\":7,\"quantity\":2}", cookie);
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(added.body()).isEqualTo("{\"lines\":[{\"item\":7,\"quantity\":2,\"price\":19.54}],\"total\":39.08}");
        var checkout = post("/checkout", "text/plain", "", cookie);
        assertThat(checkout.statusCode()).isEqualTo(302);
        assertThat(checkout.headers().firstValue("location")).hasValue("/orders/1");
        assertThat(get("/orders/1", cookie).body())
                .isEqualTo(
                        "{\"id\":\"1\",\"customer\":\"ada l\",\"lines\":[{\"item\":7,\"quantity\":2,\"price\":19.54}],"
                                + "\"total\":39.08}");
        assertThat(get("/basket", cookie).body()).isEqualTo("{\"lines\":[],\"total\":0.00}");
    }

    @Test
    void shopRefusesStrangersAndWrongValues() throws Exception {
        String form = "application/x-www-form-urlencoded";
        String cookie = post("/login", form, "username=bob&password=bob-secret", "")
                .headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");

        assertThat(post("/login", form, "username=bob&password=x", "").statusCode())
                .isEqualTo(401);
        assertThat(get("/basket").statusCode()).isEqualTo(401);
        assertThat(get("/basket", "shop_session=made-up").statusCode()).isEqualTo(401);
        assertThat(post("/basket", "application/json", "{\"item\":7,\"quantity\":1}", "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/basket", "application/json", "{\"item\":0,\"quantity\":1}", cookie)
                        .body())
                .isEqualTo("{\"error\":\"'item' from 1 to 100 and 'quantity' from 1 to 99 are expected\"}");
        assertThat(post("/checkout", "text/plain", "", "").statusCode()).isEqualTo(401);
        assertThat(get("/items/101").statusCode()).isEqualTo(404);
        assertThat(get("/items?page=11").statusCode()).isEqualTo(404);
        assertThat(get("/items/x").statusCode()).isEqualTo(404);
        assertThat(get("/orders/1", cookie).statusCode()).isEqualTo(404);
    }

    @Test
    void countsEveryAnswerByMethodPathAndStatus() throws Exception {
        for (int i = 0; i < 3; i++) {
            get("/items/" + (i + 1));
            classify("{\"message\":\"x\"}", Target.DEFAULT_TOKEN);
        }
        classify("{\"message\":\"x\"}", "wrong");
        get("/nowhere/1");
        get("/nowhere/2");

        var answer = get("/metrics");
        var page = MetricsPage.of(answer.body());

        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(page.requests("GET", "/items/{id}", 200)).isEqualTo(3);
        assertThat(page.requests("POST", "/spam_detection_path", 200)).isEqualTo(3);
        assertThat(page.requests("POST", "/spam_detection_path", 401)).isEqualTo(1);
        assertThat(page.requests("GET", "other", 404)).isEqualTo(2);
        assertThat(page.requests("GET", "/metrics", 200)).isZero();
        assertThat(page.get("target_replicas{state=\"ready\"}")).isEqualTo(1);
        assertThat(page.get("target_queue_length")).isZero();
        assertThat(page.get("target_service_time_seconds_count")).isEqualTo(6);
        assertThat(MetricsPage.of(server.metrics()).requests("GET", "/metrics", 200))
                .isEqualTo(1);
    }

    @Test
    void tenRequestsAtOnceQueueBeforeOneReplica() {
        restart(Target.defaults()
                .serviceTime(ServiceTime.fixed(Duration.ofMillis(20)))
                .scaling(Scaling.fixed(1)));
        long begin = System.nanoTime();

        var answers = together(10);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);

        assertThat(answers).containsOnly(200);
        // never before its time; how much later depends on the machine
        assertThat(millis).isBetween(200L, 2000L);
        var page = MetricsPage.of(server.metrics());
        assertThat(page.get("target_service_time_seconds_sum")).isEqualTo(0.2);
        // the waits of ten arrivals at one instant are 0 + 20 + … + 180 ms; later arrivals wait less
        assertThat(page.get("target_queue_time_seconds_sum")).isBetween(0.1, 0.9);
        assertThat(page.get("target_queue_time_seconds_count")).isEqualTo(10);
    }

    @Test
    void scalesUpUnderLoadAndAnswersSome502Meanwhile() {
        restart(Target.defaults()
                .serviceTime(ServiceTime.fixed(Duration.ofMillis(5)))
                .queueCapacity(10)
                .scaling(Scaling.between(1, 2)
                        .interval(Duration.ofMillis(50))
                        .startUp(Duration.ofMillis(300))
                        .failureShare(0.5)));
        List<Integer> statuses = new ArrayList<>();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    statuses.addAll(together(20));
                    return MetricsPage.of(server.metrics()).get("target_replicas{state=\"ready\"}") == 2;
                });

        assertThat(statuses).contains(200, 502, 503).containsOnly(200, 502, 503);
        var page = MetricsPage.of(server.metrics());
        for (int status : new int[] {200, 502, 503}) {
            assertThat(page.requests("GET", "/hello", status))
                    .isEqualTo(statuses.stream().filter(s -> s == status).count());
        }
    }

    @Test
    void namesAPortThatIsTaken() {
        assertThatThrownBy(() -> Target.defaults().port(server.port()).start())
                .hasMessage("target, port " + server.port() + ": cannot listen on it. Port 0 takes any free one.");
    }

    private void restart(Target target) {
        server.close();
        server = target.start();
    }

    private List<Integer> together(int requests) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            answers.add(client.sendAsync(request("/hello").build(), BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private HttpResponse<String> classify(String body, String token) throws Exception {
        return send(request("/spam_detection_path")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, String... cookie) throws Exception {
        var request = request(path);
        return send(cookie.length == 0 ? request : request.header("Cookie", cookie[0]));
    }

    private HttpResponse<String> post(String path, String type, String body, String cookie) throws Exception {
        var request = request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
        return send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
