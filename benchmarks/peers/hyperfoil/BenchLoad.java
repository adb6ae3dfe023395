package hyperfoil;

import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.core.handlers.StoreProcessor;
import io.hyperfoil.core.handlers.json.JsonHandler;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.config.Protocol;
import io.hyperfoil.http.handlers.FilterHeaderHandler;
import io.hyperfoil.http.handlers.RangeStatusValidator;
import io.hyperfoil.http.steps.HttpResponseHandlersImpl;
import io.hyperfoil.http.steps.HttpStepCatalog;
import java.net.URI;

/**
 * The compared load on Hyperfoil, in its local runner: one request, one status check, one saved value; statistics on.
 *
 * <p>At a fixed rate its own way is new sessions that share connections, so that is what it does: no user of it is
 * persistent. It keeps histograms, no record of each request.
 */
public class BenchLoad {
    public static void main(String[] args) {
        String load = System.getProperty("bench.load");
        String request = System.getProperty("bench.request");
        int users = Integer.getInteger("bench.users");
        URI url = URI.create(System.getProperty("bench.url"));
        boolean tls = url.getScheme().equals("https");

        BenchmarkBuilder benchmark = BenchmarkBuilder.builder().name("bench").threads(1);
        var http = benchmark.addPlugin(HttpPluginBuilder::new).http();
        http.protocol(tls ? Protocol.HTTPS : Protocol.HTTP)
                .host(url.getHost())
                .port(url.getPort())
                .allowHttp2(false)
                .sharedConnections(users);
        http.endHttp();

        PhaseBuilder<?> phase = switch (load) {
            case "closed" -> benchmark.addPhase("bench").always(users);
            case "paced" -> benchmark.addPhase("bench")
                    .constantRate(Integer.getInteger("bench.rate"))
                    .variance(false)
                    .maxSessions(users);
            default -> throw new IllegalArgumentException("bench.load = " + load + ": closed or paced");
        };
        HttpResponseHandlersImpl.Builder answer = phase.duration(Long.getLong("bench.seconds") * 1000)
                .scenario()
                .initialSequence("request")
                .step(HttpStepCatalog.SC)
                .httpRequest(HttpMethod.GET)
                .path(request.equals("json") ? "/json" : "/small")
                .handler();
        answer.status(new RangeStatusValidator(200, 200));
        if (request.equals("json")) {
            var json = new JsonHandler.Builder().query(".items[40].name");
            json.accept(new StoreProcessor.Builder().toVar("name"));
            answer.body(json);
        } else {
            var header = new FilterHeaderHandler.Builder();
            header.header().value("content-type").caseSensitive(false).end();
            answer.header(header.processor(new StoreProcessor.Builder().toVar("type")));
        }

        new LocalSimulationRunner(benchmark.build()).run();
        System.exit(0);
    }
}
