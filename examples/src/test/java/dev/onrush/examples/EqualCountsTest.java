package dev.onrush.examples;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.console.Terminal;
import dev.onrush.dsl.Simulation;
import dev.onrush.examples.target.ServiceTime;
import dev.onrush.examples.target.Target;
import dev.onrush.examples.target.TargetServer;
import dev.onrush.runner.SimulationRun;

/** Console, page, {@code summary.json} and the target's own {@code /metrics} count the same requests (M30). */
class EqualCountsTest {
    private static final String URL = "equal.counts.url";
    private static final String DATA = "<script type=\"application/json\" id=\"data\">";

    @TempDir
    Path results;

    static final class Greetings extends Simulation {
        {
            setUp(scenario("greetings")
                            .exec(http("hello").get("/hello"))
                            .exec(http("refused").post("/spam_detection_path").body(StringBody("{}")))
                            .exec(http("hello").get("/hello").check(status().is(201)))
                            .injectOpen(rampUsers(300).during(Duration.ofSeconds(2))))
                    .protocols(http.baseUrl(System.getProperty(URL)))
                    .seed(1);
        }
    }

    @Test
    void allOutputsAndTheTargetCountTheSame() throws Exception {
        try (TargetServer target = Target.defaults()
                .serviceTime(ServiceTime.fixed(Duration.ofMillis(1)))
                .start()) {
            System.setProperty(URL, target.baseUrl());
            ByteArrayOutputStream console = new ByteArrayOutputStream();
            Terminal terminal = new Terminal(new PrintStream(console, true, StandardCharsets.UTF_8), false, 140, 40);

            RunResult result =
                    new SimulationRun(RunOptions.defaults().results(results), terminal, false).run(Greetings.class);

            Path folder = result.folder().orElseThrow();
            String metrics = metrics(target);
            long hello = total(metrics, "/hello");
            long refused = total(metrics, "/spam_detection_path");
            assertThat(hello).isEqualTo(600);
            assertThat(refused).isEqualTo(300);
            JsonNode summary = JsonMapper.shared().readTree(Files.readString(folder.resolve("summary.json")));
            assertThat(count(summary, "hello", "total")).isEqualTo(hello);
            assertThat(count(summary, "refused", "ko")).isEqualTo(refused);
            assertThat(summary.at("/total/statusCodes/401").asLong()).isEqualTo(refused);
            assertThat(summary.at("/total/count/total").asLong()).isEqualTo(900);
            assertThat(console.toString(StandardCharsets.UTF_8).lines())
                    .anyMatch(line -> line.matches(" *All requests +900 +300 +600 .*"))
                    .anyMatch(line -> line.matches(" *hello +600 +300 +300 .*"))
                    .anyMatch(line -> line.matches(" *refused +300 +0 +300 .*"));
            JsonNode rows = page(folder).get("rows");
            assertThat(rows.get(0).at("/counts/0").asLong()).isEqualTo(900);
            assertThat(rows.get(0).at("/counts/1").asLong()).isEqualTo(300);
            assertThat(rows.get(0).at("/counts/2").asLong()).isEqualTo(600);
            System.out.println(
                    "FIGURE M30 900 requests: summary.json, console, page and the target's /metrics differ in 0"
                            + " counts");
        } finally {
            System.clearProperty(URL);
        }
    }

    private static JsonNode page(Path folder) throws Exception {
        String html = Files.readString(folder.resolve("index.html"));
        int from = html.indexOf(DATA) + DATA.length();
        return JsonMapper.shared().readTree(html.substring(from, html.indexOf("</script>", from)));
    }

    private static long count(JsonNode summary, String name, String which) {
        for (JsonNode request : summary.get("requests")) {
            if (request.get("name").asString().equals(name)) {
                return request.at("/count/" + which).asLong();
            }
        }
        throw new AssertionError("no request " + name + " in " + summary);
    }

    private static String metrics(TargetServer target) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(target.baseUrl() + "/metrics"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Answers to that path, whatever their status. */
    private static long total(String metrics, String path) {
        return Pattern.compile("target_requests_total\\{method=\"[A-Z]+\",path=\"" + Pattern.quote(path)
                        + "\",status=\"\\d+\"} (\\d+)")
                .matcher(metrics)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }
}
