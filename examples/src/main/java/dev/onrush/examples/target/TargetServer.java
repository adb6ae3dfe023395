package dev.onrush.examples.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;

/**
 * A target that is running.
 *
 * <p>Answered at the door, without the queue: {@code /metrics}, unknown paths (404), wrong methods (405) and calls
 * without a valid token or login (401). Everything else waits for a replica, so 400 costs service time as 200 does.
 * {@code target_requests_total} of {@code /metrics} counts every answer of either kind.
 */
public final class TargetServer implements AutoCloseable {
    private final Target options;
    private final HttpAsyncServer server;
    private final Timers timers;
    private final WorkerPool pool;
    private final Metrics metrics;
    private final int port;

    private TargetServer(
            Target options, HttpAsyncServer server, Timers timers, WorkerPool pool, Metrics metrics, int port) {
        this.options = options;
        this.server = server;
        this.timers = timers;
        this.pool = pool;
        this.metrics = metrics;
        this.port = port;
    }

    static TargetServer start(Target options) {
        Metrics metrics = new Metrics();
        Timers timers = Timers.onThread("target-timers");
        WorkerPool pool = new WorkerPool(options, timers, metrics);
        List<Route> all = new ArrayList<>(new Shop().routes());
        all.add(Route.of(
                "/spam_detection_path", "POST", SpamClassifier.requiring(options.token()), SpamClassifier::answer));
        all.add(Route.of("/hello", "GET", Route.Door.OPEN, call -> Answer.text("Hello!\n")));
        all.add(Route.unqueued("/metrics", "GET", call -> Answer.metrics(metrics.page(pool.state()))));
        Routes routes = new Routes(all);

        Supplier<AsyncServerExchangeHandler> exchanges = () -> new Exchange(routes, pool, metrics);
        HttpAsyncServer server = AsyncServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(options.ioThreads())
                        .setTcpNoDelay(true)
                        .setSoReuseAddress(true)
                        .setBacklogSize(4096)
                        .build())
                .setRequestRouter((request, context) -> exchanges)
                .create();
        server.start();
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
            var bound = server.listen(address, URIScheme.HTTP).get().getAddress();
            return new TargetServer(options, server, timers, pool, metrics, ((InetSocketAddress) bound).getPort());
        } catch (ExecutionException e) {
            stop(server, timers);
            throw new UncheckedIOException(
                    "target, port " + options.port() + ": cannot listen on it. Port 0 takes any free one.",
                    new IOException(e.getCause()));
        } catch (InterruptedException e) {
            stop(server, timers);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the target started", e);
        }
    }

    /** Returns {@code http://127.0.0.1:port}, without a slash at the end. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public Target options() {
        return options;
    }

    /** Returns the page that {@code GET /metrics} answers, without counting a request. */
    public String metrics() {
        return metrics.page(pool.state());
    }

    /** Waits until the server has been closed. */
    void join() throws InterruptedException {
        server.awaitShutdown(TimeValue.ofDays(365_000));
    }

    /** Closes the port and every connection at once. */
    @Override
    public void close() {
        stop(server, timers);
    }

    private static void stop(HttpAsyncServer server, Timers timers) {
        timers.close();
        server.close(CloseMode.IMMEDIATE);
    }
}
