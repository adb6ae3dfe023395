package dev.onrush.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link TruthServer} is to do. Immutable: each call returns a new one.
 *
 * <pre>{@code
 * try (var server = TruthServer.setup()
 *         .route("/items/*", request -> TruthResponse.json("{\"id\":1}"))
 *         .responseTime(ResponseTime.fixed(Duration.ofMillis(5)))
 *         .start()) {
 *     … server.url("/items/1") …
 * }
 * }</pre>
 */
public final class TruthSetup {
    private String address = "127.0.0.1";
    private int port;
    private int backlog = 16_384;
    private @Nullable SSLContext tls;
    private ResponseTime responseTime = ResponseTime.none();
    private List<Stall> stalls = List.of();
    private Map<String, Function<TruthRequest, TruthResponse>> routes = Map.of();
    private Function<TruthRequest, TruthResponse> otherwise = always(TruthResponse.ok("ok"));
    private boolean keepsEntries = true;
    private int bodyLimitBytes = 1 << 20;
    private @Nullable Duration idleTimeout;

    TruthSetup() {}

    /** A copy with one change; fields are written here only, before anyone else sees the copy. */
    private TruthSetup with(Consumer<TruthSetup> change) {
        var copy = new TruthSetup();
        copy.address = address;
        copy.port = port;
        copy.backlog = backlog;
        copy.tls = tls;
        copy.responseTime = responseTime;
        copy.stalls = stalls;
        copy.routes = routes;
        copy.otherwise = otherwise;
        copy.keepsEntries = keepsEntries;
        copy.bodyLimitBytes = bodyLimitBytes;
        copy.idleTimeout = idleTimeout;
        change.accept(copy);
        return copy;
    }

    /** Listens on this loopback address instead of 127.0.0.1. */
    public TruthSetup address(String loopback) {
        return with(copy -> copy.address = Loopback.check(loopback));
    }

    /** Listens on this port, for instance that of a server closed before; 0 means any free one. */
    public TruthSetup port(int number) {
        return with(copy -> copy.port = number);
    }

    /** Length of the listen queue, 16 384 unless told; the system caps it at {@code net.core.somaxconn}. */
    public TruthSetup backlog(int connections) {
        return with(copy -> copy.backlog = connections);
    }

    /** Speaks TLS with the keys of this context, see {@link TestCertificates}. */
    public TruthSetup tls(SSLContext context) {
        return with(copy -> copy.tls = context);
    }

    /** From arrival to answer, for answers that do not name a time of their own. */
    public TruthSetup responseTime(ResponseTime time) {
        return with(copy -> copy.responseTime = time);
    }

    /** Adds a {@link Stall}: {@code at} counts from the arrival of the first request. */
    public TruthSetup stall(Duration at, Duration length) {
        var more = new ArrayList<>(stalls);
        more.add(new Stall(at, length));
        return with(copy -> copy.stalls = List.copyOf(more));
    }

    /**
     * Answers this path by this function; a path ending in {@code *} stands for all that begin alike, the longest wins.
     *
     * <p>The function runs on the server's one thread and must not block: to be slow, answer {@code after(…)}.
     */
    public TruthSetup route(String path, Function<TruthRequest, TruthResponse> answer) {
        var more = new LinkedHashMap<>(routes);
        more.put(path, answer);
        return with(copy -> copy.routes = Map.copyOf(more));
    }

    /** Answers this path always alike. */
    public TruthSetup route(String path, TruthResponse answer) {
        return route(path, always(answer));
    }

    /** Answers every path without a route; 200 with the text {@code ok} unless told. */
    public TruthSetup otherwise(Function<TruthRequest, TruthResponse> answer) {
        return with(copy -> copy.otherwise = answer);
    }

    /** Answers every path without a route always alike. */
    public TruthSetup otherwise(TruthResponse answer) {
        return otherwise(always(answer));
    }

    /** Whether the ledger keeps an entry per request (the default, about 150 bytes each) or counters only. */
    public TruthSetup keepEntries(boolean keep) {
        return with(copy -> copy.keepsEntries = keep);
    }

    /** How much of a request's body is kept for {@link TruthRequest#body()}; 1 MiB unless told. All of it is counted. */
    public TruthSetup bodyLimit(int bytes) {
        return with(copy -> copy.bodyLimitBytes = bytes);
    }

    /** Closes connections that were idle for this long (to about 5 ms). They stay open unless told. */
    public TruthSetup idleTimeout(Duration timeout) {
        return with(copy -> copy.idleTimeout = timeout);
    }

    /** Starts a server; whoever calls closes it. */
    public TruthServer start() {
        return TruthServer.start(this);
    }

    String address() {
        return address;
    }

    int port() {
        return port;
    }

    int backlog() {
        return backlog;
    }

    @Nullable
    SSLContext tls() {
        return tls;
    }

    ResponseTime responseTime() {
        return responseTime;
    }

    List<Stall> stalls() {
        return stalls;
    }

    boolean keepsEntries() {
        return keepsEntries;
    }

    int bodyLimitBytes() {
        return bodyLimitBytes;
    }

    @Nullable
    Duration idleTimeout() {
        return idleTimeout;
    }

    TruthResponse answer(TruthRequest request) {
        String path = request.path();
        var exact = routes.get(path);
        if (exact != null) {
            return exact.apply(request);
        }
        Function<TruthRequest, TruthResponse> best = otherwise;
        int length = -1;
        for (var route : routes.entrySet()) {
            String pattern = route.getKey();
            if (pattern.endsWith("*")
                    && pattern.length() > length
                    && path.startsWith(pattern.substring(0, pattern.length() - 1))) {
                best = route.getValue();
                length = pattern.length();
            }
        }
        return best.apply(request);
    }

    private static Function<TruthRequest, TruthResponse> always(TruthResponse answer) {
        return request -> answer;
    }
}
