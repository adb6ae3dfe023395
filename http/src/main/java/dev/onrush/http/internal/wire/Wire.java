package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexer;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.frame.DefaultFrameFactory;
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.Host;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLIOSession;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.setting.Setting;

/**
 * The network side of one HTTP protocol in one run: HttpCore's reactor and all that connections share. HttpCore's own
 * timeouts are off, because they go by the wall clock; ours decide.
 */
public final class Wire {
    /** How soon what was closed on another thread is seen to. */
    private static final TimeValue SELECT_INTERVAL = TimeValue.ofMilliseconds(500);

    /** So many hosts that nobody named are told of; who meets more has seen enough to act. */
    private static final int MOST_HOSTS_TOLD = 100;

    private static final TimeValue GOODBYE = TimeValue.ofSeconds(2);
    /** Adds nothing: all headers are ours. */
    private static final HttpProcessor NOTHING = HttpProcessorBuilder.create().build();

    private final ProtocolEnvironment environment;
    private final WireOptions options;
    private final Resolver.LookUp lookUp;
    private final Resolver resolver;
    private final TargetBrake brake;
    /** Made when first needed: it reads the trust store. */
    private @Nullable Tls tls;

    private final HeadLimits headLimits;
    private final Http1Config config;
    private final H2Config http2Config;
    private final FailedConnects failedConnects = new FailedConnects();
    private final Connects connects;
    private final DefaultConnectingIOReactor reactor;
    private final AtomicInteger localAddresses = new AtomicInteger();
    private final Set<Thread> ioThreads = ConcurrentHashMap.newKeySet();
    private final AtomicLong openConnections = new AtomicLong();
    private final LongAdder stale = new LongAdder();
    private final LongAdder unexpectedBytes = new LongAdder();
    private final Set<String> namedHosts = ConcurrentHashMap.newKeySet();
    private final Set<String> strangers = ConcurrentHashMap.newKeySet();
    private volatile Descriptors descriptors = Descriptors.ofFree(0);

    public Wire(ProtocolEnvironment environment, WireOptions options) {
        this.environment = environment;
        this.options = options;
        this.lookUp = options.names().lookUp();
        this.resolver = newResolver();
        this.brake = new TargetBrake(environment.settings().text(Setting.ALLOW_TARGETS));
        this.headLimits = HeadLimits.of(environment.settings());
        this.config = headLimits.config();
        this.http2Config = headLimits.http2Config();
        IOReactorConfig reactorConfig = IOReactorConfig.custom()
                .setIoThreadCount(environment.ioThreadCount())
                .setSelectInterval(SELECT_INTERVAL)
                .setSoTimeout(Timeout.DISABLED)
                .setTcpNoDelay(true)
                .setTcpKeepIdle(0)
                .build();
        this.connects = new Connects(environment.clock(), environment.deadlines());
        this.reactor = new DefaultConnectingIOReactor(
                this::events, reactorConfig, this::ioThread, Wire::direct, null, null, null, null, connects::select);
    }

    /** TLS keeps its own account of what there is to read and to write. */
    private static IOSession direct(IOSession session) {
        return session instanceof SSLIOSession ? session : new DirectSession(session);
    }

    private Thread ioThread(Runnable task) {
        Thread thread = environment.ioThreads().newThread(task);
        ioThreads.add(thread);
        return thread;
    }

    private IOEventHandler events(ProtocolIOSession session, @Nullable Object attachment) {
        HttpConnection connection = (HttpConnection) attachment;
        if (connection == null) {
            throw new IllegalStateException("a connection nobody asked for");
        }
        connects.more();
        ProtocolIOSession channel = connection.isNested() ? new NestedSession(session) : session;
        Http1Stream exchanges = connection.exchanges();
        ResponseParser parser = new ResponseParser(exchanges, headLimits, config);
        exchanges.parser(parser);
        ClientHttp1StreamDuplexer duplexer = new ClientHttp1StreamDuplexer(
                channel,
                NOTHING,
                config,
                CharCodingConfig.DEFAULT,
                exchanges::keepsAlive,
                parser,
                RequestWriter.INSTANCE,
                DefaultContentLengthStrategy.INSTANCE,
                DefaultContentLengthStrategy.INSTANCE,
                null);
        ConnectionEvents events = new ConnectionEvents(this, connection, duplexer);
        IOEventHandler then = mayBeHttp2(connection.origin(), connection.route())
                ? new NegotiationEvents(this, channel, connection, events)
                : events;
        ConnectionSetUp setUp = connection.setUp();
        if (setUp != null && setUp.isTunnelled()) {
            return new TunnelEvents(this, session, channel, connection, setUp, then);
        }
        if (connection.origin().secure()) {
            startTls(session, connection);
        }
        return then;
    }

    /** For the connections of one pool; null where nobody is spoken to in HTTP/2. */
    @Nullable
    Http2Lines newHttp2Lines(Http2Lines.Opener opener) {
        return options.http2().isOff() ? null : new Http2Lines(this, opener);
    }

    /** Whether a connection to it may turn out to speak HTTP/2; proxies that pass requests on are spoken to in HTTP/1.1. */
    boolean mayBeHttp2(Origin origin, @Nullable Route route) {
        return options.http2().allow(origin) && (route == null || route.isOpenTo(origin));
    }

    /** HttpCore's side of a connection of HTTP/2. */
    ClientH2StreamMultiplexer newMultiplexer(ProtocolIOSession session, Http2Connection streams) {
        return new ClientH2StreamMultiplexer(
                session, DefaultFrameFactory.INSTANCE, NOTHING, null, http2Config, CharCodingConfig.DEFAULT, streams);
    }

    /** Begins TLS with the target. */
    void startTls(ProtocolIOSession session, HttpConnection connection) {
        Origin target = connection.origin();
        tls().start(
                        session,
                        connection,
                        new Host(target.host(), target.port()),
                        mayBeHttp2(target, connection.route()));
    }

    /** Begins TLS with a proxy. */
    void startTls(ProtocolIOSession session, HttpConnection connection, ProxyServer proxy) {
        tls().start(session, connection, new Host(proxy.host(), proxy.port()), false);
    }

    public void start() {
        reactor.start();
        descriptors = Descriptors.ofProcess();
    }

    /** Ends its threads, waiting for them at most a few seconds. */
    public void close() {
        reactor.initiateShutdown();
        try {
            reactor.awaitShutdown(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reactor.close(CloseMode.IMMEDIATE);
    }

    /** Has it connected, now or as soon as an I/O thread takes more; it is told of its future and of what came of it. */
    void connect(
            NamedEndpoint endpoint,
            InetSocketAddress address,
            @Nullable InetSocketAddress localAddress,
            HttpConnection connection,
            ConnectionSetUp setUp) {
        connects.ask(() -> {
            if (!setUp.begins()) {
                setUp.cancelled();
                return;
            }
            int attempt = setUp.attempt();
            try {
                setUp.connecting(
                        attempt, reactor.connect(endpoint, address, localAddress, Timeout.DISABLED, connection, setUp));
            } catch (RuntimeException e) {
                setUp.failed(e);
            }
        });
    }

    /**
     * A context for TLS, whose sessions are resumed by who has it.
     *
     * @param keys what the client shows of itself; null: nothing
     */
    public SSLContext newTlsContext(@Nullable KeyManagerFactory keys) {
        return tls().newContext(keys);
    }

    private synchronized Tls tls() {
        Tls mine = tls;
        if (mine == null) {
            mine = new Tls(options.trustsAllCertificates());
            tls = mine;
        }
        return mine;
    }

    boolean isIoThread() {
        return ioThreads.contains(Thread.currentThread());
    }

    public ProtocolEnvironment environment() {
        return environment;
    }

    public long now() {
        return environment.clock().now();
    }

    private Resolver newResolver() {
        return new Resolver(
                environment.blocking(),
                this::now,
                lookUp,
                environment.settings().duration(Setting.DNS_TTL).toNanos(),
                options.names().aliases());
    }

    Resolver resolver() {
        return resolver;
    }

    Resolver resolverOfNextUser() {
        return options.names().isPerUser() ? newResolver() : resolver;
    }

    /** Each in turn; null: any. */
    LocalAddresses.@Nullable Pair nextLocalAddress() {
        return options.localAddresses().at(localAddresses.getAndIncrement());
    }

    /** The first of the local addresses from which that target can be reached; null: any. */
    public @Nullable InetAddress localAddressTowards(InetAddress target) {
        LocalAddresses.Pair first = options.localAddresses().at(0);
        return first == null ? null : first.towards(target);
    }

    /** Asks for an address of that name, now and on this thread. */
    public InetAddress lookUp(String host) throws IOException {
        List<InetAddress> alias = options.names().aliases().get(host);
        if (alias != null) {
            return alias.get(0);
        }
        return Resolver.isAddress(host) ? InetAddress.getByName(host) : lookUp.of(host)[0];
    }

    /** @param address null if somebody else looks it up */
    public boolean allows(String host, @Nullable InetAddress address) {
        return brake.allows(host, address);
    }

    /** Whether it may be reached by somebody else's look-up of its name. */
    boolean allowsByName(String host) {
        if (brake.allowsAll() || !Resolver.isAddress(host)) {
            return brake.allowsAll() || brake.allows(host, null);
        }
        try {
            return brake.allows(host, InetAddress.getByName(host));
        } catch (UnknownHostException | IllegalArgumentException e) { // which of the two depends on the JDK
            return false;
        }
    }

    /** Those of the addresses that may be connected to, in the same order. */
    InetAddress[] allowed(String host, InetAddress[] addresses) {
        if (brake.allowsAll()) {
            return addresses;
        }
        return Arrays.stream(addresses)
                .filter(address -> brake.allows(host, address))
                .toArray(InetAddress[]::new);
    }

    Descriptors descriptors() {
        return descriptors;
    }

    /** The author wrote this host into the simulation. */
    public void named(Origin origin) {
        namedHosts.add(origin.host());
    }

    /** There is a connection to it. With an allow-list that is as intended, else a host that the author never named is told of. */
    void reached(String host, InetAddress address, @Nullable ProxyServer proxy) {
        if (brake.allowsAll()
                && !namedHosts.contains(host)
                && strangers.size() < MOST_HOSTS_TOLD
                && strangers.add(host)) {
            environment.warn(host + " (" + (proxy == null ? address.getHostAddress() : "by " + proxy)
                    + ") was connected to, and no base URL or request of the simulation names it. To keep a run to the hosts"
                    + " it is meant for, set allowTargets.");
        }
    }

    long idleTimeoutNanos() {
        return options.idleTimeoutNanos();
    }

    boolean closesWithReset() {
        return options.closesWithReset();
    }

    void connectionOpened() {
        openConnections.incrementAndGet();
    }

    void connectionClosed() {
        openConnections.decrementAndGet();
    }

    public long openConnections() {
        return openConnections.get();
    }

    /** A connection did not come up. */
    void connectFailed(Failure why, long now) {
        if (failedConnects.areTooMany(now)) {
            environment.warn("more than " + FailedConnects.MOST_PER_SECOND + " connections failed in one second ("
                    + why.message() + "): users ask again at once, and that keeps the generator busy with nothing."
                    + " Put a pause into the loop.");
        }
    }

    void countStale() {
        stale.increment();
    }

    /** Completions that came after their exchange had ended, and were dropped. */
    public long staleCompletions() {
        return stale.sum();
    }

    void countUnexpectedBytes() {
        unexpectedBytes.increment();
    }

    /** Connections dropped because of bytes after the end of a response. */
    public long unexpectedBytes() {
        return unexpectedBytes.sum();
    }
}
