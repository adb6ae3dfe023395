package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.core.measure.ExchangeSample;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

class KeptSamplesTest {
    private final TruthServer server = TruthServer.setup()
            .otherwise(request -> request.path().equals("/ok")
                    ? TruthResponse.ok("fine")
                    : TruthResponse.status(404).body("nothing at " + request.path() + " ".repeat(3000)))
            .start();

    @TempDir
    Path folder;

    @BeforeEach
    void point() {
        System.setProperty(Simulations.TARGET, server.url());
    }

    @AfterEach
    void close() {
        System.clearProperty(Simulations.TARGET);
        server.close();
    }

    static class Failing extends Simulation {
        static boolean keeps = true;

        {
            SetUp all = setUp(scenario("failing")
                            .exec(http("ok").get("/ok"))
                            .exec(http("put").put("/a").header("X", "y").body(StringBody("{}")))
                            .exec(http("refused").get("http://127.0.0.1:1/"))
                            .injectOpen(atOnceUsers(7)))
                    .protocols(Simulations.target());
            if (keeps) {
                all.keepSamples();
            }
        }
    }

    private List<ExchangeSample> samples(boolean keeps) {
        Failing.keeps = keeps;
        return Onrush.run(
                        Failing.class,
                        RunOptions.defaults().quiet().withoutReport().results(folder))
                .statistics()
                .orElseThrow()
                .samples();
    }

    @Test
    void fiveFailedExchangesOfEachNameAndErrorClassAreInTheLog() {
        List<ExchangeSample> samples = samples(true);

        assertThat(samples).extracting(ExchangeSample::name).containsOnly("put", "refused");
        List<ExchangeSample> put =
                samples.stream().filter(each -> each.name().equals("put")).toList();
        assertThat(put).hasSize(5);
        ExchangeSample one = put.get(0);
        assertThat(one.errorClass()).isEqualTo("check.failed");
        assertThat(one.message()).isEqualTo("status was 404, expected 2xx or 304");
        assertThat(one.status()).isEqualTo(404);
        assertThat(one.text().method()).isEqualTo("PUT");
        assertThat(one.text().target()).isEqualTo(server.url() + "/a");
        assertThat(one.text().requestHead().lines()).contains("X: y", "Content-Length: 2");
        assertThat(one.text().requestBody()).isEqualTo("{}");
        assertThat(one.text().responseHead()).startsWith("HTTP/1.1 404 Status\n");
        assertThat(one.text().responseBody())
                .startsWith("nothing at /a ")
                .hasSize(2048 - 2)
                .endsWith("…");
        ExchangeSample refused = samples.stream()
                .filter(each -> each.name().equals("refused"))
                .findFirst()
                .orElseThrow();
        assertThat(refused.errorClass()).isEqualTo("connect.refused");
        assertThat(refused.text().responseHead()).isEmpty();
        assertThat(samples).hasSize(10);
    }

    @Test
    void noneIsKeptUnlessTheAuthorSaysSo() {
        assertThat(samples(false)).isEmpty();
    }
}
