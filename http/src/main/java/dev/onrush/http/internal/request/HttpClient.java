package dev.onrush.http.internal.request;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

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
    private final AtomicInteger nextBaseUrl = new AtomicInteger();

    HttpClient(HttpDefinition definition, ProtocolEnvironment environment) {
        HttpDefinition.Draft facts = definition.facts();
        this.definition = definition;
        this.environment = environment;
        this.closesWithReset = environment.settings().flag(Setting.HTTP_CLOSE_WITH_RESET, facts.closesWithReset);
        this.wire = new Wire(environment, facts.idleTimeoutNanos, facts.trustsAllCertificates, closesWithReset);
        facts.baseUrls.forEach(this::named);
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
            wire.newTlsContext().createSSLEngine();
        }
    }

    private static boolean isTls(String url) {
        return url.regionMatches(true, 0, "https:", 0, 6);
    }

    @Override
    public List<ConnectTime> connectTimes(int connects) {
        return ConnectProbe.of(definition.facts().baseUrls, connects, wire::allows, environment.blocking());
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

    ConnectionPool newConnections() {
        if (shared != null) {
            return shared;
        }
        int most = definition.facts().maxConnectionsPerHost;
        return new UserConnections(wire, most == 0 ? MOST_PER_USER : most);
    }

    /** Answers that a user's cache remembers; 0: it has none. */
    int cacheEntries() {
        return definition.facts().caches ? environment.settings().number(Setting.HTTP_CACHE) : 0;
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
