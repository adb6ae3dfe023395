package dev.onrush.http.internal.request;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;

import javax.net.ssl.KeyManagerFactory;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.protocol.ConnectTime;
import dev.onrush.core.protocol.ExchangeListener;
import dev.onrush.core.protocol.ProtocolClient;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.protocol.UserResource;
import dev.onrush.core.setting.Setting;
import dev.onrush.http.internal.wire.ConnectionPool;
import dev.onrush.http.internal.wire.SharedConnections;
import dev.onrush.http.internal.wire.UserConnections;
import dev.onrush.http.internal.wire.Wire;
import dev.onrush.http.internal.wire.WireOptions;

/** Carries the traffic of one HTTP definition during a run. */
final class HttpClient implements ProtocolClient {
    private static final int MOST_PER_USER = 6;
    private static final long KIB = 1024;

    private final HttpDefinition definition;
    private final ProtocolEnvironment environment;
    private final boolean closesWithReset;
    private final Wire wire;
    private final int slot;
    private final long blockingBytes;
    private final @Nullable ConnectionPool shared;
    private final @Nullable ExchangeListener exchanges;
    private final SharedResources sharedResources = new SharedResources();
    private final AtomicInteger nextBaseUrl = new AtomicInteger();

    HttpClient(HttpDefinition definition, ProtocolEnvironment environment) {
        HttpDefinition.Draft facts = definition.facts();
        this.definition = definition;
        this.environment = environment;
        this.closesWithReset = environment.settings().flag(Setting.HTTP_CLOSE_WITH_RESET, facts.closesWithReset);
        if (facts.keys != null && facts.sharesConnections) {
            throw new DefinitionException(
                    "perUserKeyManagerFactory: with shareConnections no connection is one user's. Remove one of the two.");
        }
        this.wire = new Wire(
                environment,
                new WireOptions(
                        facts.idleTimeoutNanos,
                        facts.trustsAllCertificates,
                        closesWithReset,
                        facts.names,
                        facts.localAddresses,
                        facts.http2));
        facts.baseUrls.forEach(this::named);
        if (facts.warmUpUrl != null) {
            named(facts.warmUpUrl);
        }
        this.slot = environment.newUserSlot();
        this.blockingBytes = environment.settings().longNumber(Setting.BODY_BLOCKING_KIB) * KIB;
        this.exchanges = environment.exchanges();
        this.shared = facts.sharesConnections
                ? new SharedConnections(
                        wire, facts.maxConnectionsPerHost == 0 ? Integer.MAX_VALUE : facts.maxConnectionsPerHost)
                : null;
    }

    @Override
    public void start() {
        wire.start();
        if (definition.facts().baseUrls.stream().anyMatch(HttpClient::isTls)) {
            // The first context of a JVM takes some 100 ms: not out of the first user's time to connect.
            wire.newTlsContext(null).createSSLEngine();
        }
        String warmUpUrl = definition.facts().warmUpUrl;
        if (warmUpUrl != null && environment.isFirst("warmUp " + warmUpUrl)) {
            WarmUp.of(wire, definition, Url.parse(warmUpUrl)).ifPresent(environment::warn);
        }
    }

    private static boolean isTls(String url) {
        return url.regionMatches(true, 0, "https:", 0, 6);
    }

    @Override
    public List<ConnectTime> connectTimes(int connects) {
        Routing routing = Routing.of(definition.facts(), null);
        return ConnectProbe.of(definition.facts().baseUrls, connects, wire, routing, environment.blocking());
    }

    @Override
    public boolean takesPortPerUser() {
        return shared == null && !closesWithReset;
    }

    @Override
    public long openConnections() {
        return wire.openConnections();
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
        wire.close();
    }

    /** What is kept for that user; made at its first use. */
    HttpUser user(VirtualUser user) {
        UserResource known = user.resource(slot);
        if (known != null) {
            return (HttpUser) known;
        }
        HttpUser made = new HttpUser(this, user, nextBaseUrl());
        user.resource(slot, made);
        return made;
    }

    private int nextBaseUrl() {
        int count = definition.facts().baseUrls.size();
        return count < 2 ? 0 : Math.floorMod(nextBaseUrl.getAndIncrement(), count);
    }

    ConnectionPool newConnections(long userId) {
        if (shared != null) {
            return shared;
        }
        int most = definition.facts().maxConnectionsPerHost;
        LongFunction<@Nullable KeyManagerFactory> keys = definition.facts().keys;
        int mostPerOrigin = most == 0 ? MOST_PER_USER : most;
        return keys == null
                ? new UserConnections(wire, mostPerOrigin)
                : new UserConnections(wire, mostPerOrigin, keysOf(userId, keys));
    }

    private static Supplier<@Nullable KeyManagerFactory> keysOf(
            long userId, LongFunction<@Nullable KeyManagerFactory> keys) {
        return () -> keys.apply(userId);
    }

    /** Answers that a user's cache remembers; 0: it has none. */
    int cacheEntries() {
        return definition.facts().caches ? environment.settings().number(Setting.HTTP_CACHE) : 0;
    }

    /** What users' caches remember of pages. */
    SharedResources sharedResources() {
        return sharedResources;
    }

    /** Requests of one user that may be on their way to one origin. */
    int mostPerOrigin() {
        int most = definition.facts().maxConnectionsPerHost;
        return most == 0 ? MOST_PER_USER : most;
    }

    boolean sharesConnections() {
        return shared != null;
    }

    Wire wire() {
        return wire;
    }

    /** Who wants to know of exchanges; null: nobody. */
    @Nullable
    ExchangeListener exchanges() {
        return exchanges;
    }

    ProtocolEnvironment environment() {
        return environment;
    }

    /** The author wrote this URL into the simulation. */
    void named(String url) {
        try {
            wire.named(Url.parse(url).origin());
        } catch (BadUrlException e) {
            // Told as a mistake, or when the request is due.
        }
    }

    HttpDefinition.Draft facts() {
        return definition.facts();
    }

    /** A body above this is decoded and checked on a blocking thread. */
    long blockingBytes() {
        return blockingBytes;
    }
}
