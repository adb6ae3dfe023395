package dev.onrush.http.internal.request;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManagerFactory;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.Check;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.protocol.ProtocolClient;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.session.Expression;
import dev.onrush.http.internal.wire.Http2Options;
import dev.onrush.http.internal.wire.LocalAddresses;
import dev.onrush.http.internal.wire.NameOptions;
import dev.onrush.http.internal.wire.Timeouts;

/** How a population talks HTTP to its target. An immutable value: {@link #with} gives a changed copy. */
public final class HttpDefinition implements Protocol {
    /** What tells it apart from other protocols. */
    public static final String KIND = "http";

    private static final long SECOND = 1_000_000_000L;

    private final Draft facts;

    private HttpDefinition(Draft facts) {
        this.facts = facts;
    }

    /** All at their defaults. */
    public static final HttpDefinition DEFAULT = new HttpDefinition(new Draft());

    /** The facts while they are being changed. */
    public static final class Draft {
        public List<String> baseUrls = List.of();
        public List<HeaderField> headers = List.of();
        public @Nullable Auth auth;
        public List<Signer> signers = List.of();
        public @Nullable ResponseTransformer transformer;
        public boolean tellsReferer = true;
        public boolean tellsOrigin = true;
        /** Whether URLs and queries are sent as written. */
        public boolean isRaw;
        /** A request whose whole URL matches is silent. */
        public @Nullable Pattern silentUri;

        public boolean silencesResources;
        public boolean caches = true;
        /** Null: what HTML pages are made of is not fetched with them. */
        public @Nullable ResourceFilter resourceFilter;

        public ResourceNaming resourceNaming = ResourceNaming.URL_TAIL;

        public List<Check> checks = List.of();
        public boolean followsRedirects = true;
        public int maxRedirects = 20;
        public boolean isStrict302;
        public RedirectNaming redirectNaming = RedirectNaming.DEFAULT;
        public long connectTimeoutNanos = 10 * SECOND;
        public long handshakeTimeoutNanos = 10 * SECOND;
        public long requestTimeoutNanos = 60 * SECOND;
        public long idleTimeoutNanos = 60 * SECOND;
        public long maxBodyBytes = 16 << 20;
        public boolean trustsAllCertificates;
        public boolean sharesConnections;
        public boolean closesWithReset;
        /** 0: not said. */
        public int maxConnectionsPerHost;

        public NameOptions names = NameOptions.DEFAULT;
        public LocalAddresses localAddresses = LocalAddresses.ANY;
        public Http2Options http2 = Http2Options.OFF;
        /** What the user of that number shows of itself under TLS; null: nothing. */
        public @Nullable LongFunction<@Nullable KeyManagerFactory> keys;

        public @Nullable String warmUpUrl;
        public @Nullable ProxyDefinition proxy;
        /** Hosts that no proxy is asked for, in lower case. */
        public Set<String> noProxyFor = Set.of();
        /** What targets are told of the client's address; null: nothing. */
        public @Nullable Expression<String> source4;

        public @Nullable Expression<String> source6;

        private Draft() {}

        private Draft(Draft other) {
            this.baseUrls = other.baseUrls;
            this.headers = other.headers;
            this.auth = other.auth;
            this.signers = other.signers;
            this.transformer = other.transformer;
            this.tellsReferer = other.tellsReferer;
            this.tellsOrigin = other.tellsOrigin;
            this.isRaw = other.isRaw;
            this.silentUri = other.silentUri;
            this.silencesResources = other.silencesResources;
            this.caches = other.caches;
            this.resourceFilter = other.resourceFilter;
            this.resourceNaming = other.resourceNaming;
            this.checks = other.checks;
            this.followsRedirects = other.followsRedirects;
            this.maxRedirects = other.maxRedirects;
            this.isStrict302 = other.isStrict302;
            this.redirectNaming = other.redirectNaming;
            this.connectTimeoutNanos = other.connectTimeoutNanos;
            this.handshakeTimeoutNanos = other.handshakeTimeoutNanos;
            this.requestTimeoutNanos = other.requestTimeoutNanos;
            this.idleTimeoutNanos = other.idleTimeoutNanos;
            this.maxBodyBytes = other.maxBodyBytes;
            this.trustsAllCertificates = other.trustsAllCertificates;
            this.sharesConnections = other.sharesConnections;
            this.closesWithReset = other.closesWithReset;
            this.maxConnectionsPerHost = other.maxConnectionsPerHost;
            this.names = other.names;
            this.localAddresses = other.localAddresses;
            this.http2 = other.http2;
            this.keys = other.keys;
            this.warmUpUrl = other.warmUpUrl;
            this.proxy = other.proxy;
            this.noProxyFor = other.noProxyFor;
            this.source4 = other.source4;
            this.source6 = other.source6;
        }

        /** Adds a header; one of the same name, letter case ignored, is replaced. */
        public void header(HeaderField field) {
            headers = Headers.with(headers, field);
        }

        public void checks(List<? extends Check> more) {
            checks = Lists.with(checks, more);
        }

        public void signer(Signer more) {
            signers = Lists.with(signers, List.of(more));
        }
    }

    public HttpDefinition with(Consumer<Draft> change) {
        Draft changed = new Draft(facts);
        change.accept(changed);
        return new HttpDefinition(changed);
    }

    Draft facts() {
        return facts;
    }

    Timeouts timeouts() {
        return new Timeouts(facts.connectTimeoutNanos, facts.handshakeTimeoutNanos, facts.requestTimeoutNanos);
    }

    @Override
    public boolean verifiesTarget() {
        return !facts.trustsAllCertificates;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public ProtocolClient client(ProtocolEnvironment environment) {
        return new HttpClient(this, environment);
    }
}
