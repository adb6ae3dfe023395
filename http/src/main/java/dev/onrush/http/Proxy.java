package dev.onrush.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.core.session.Expression;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.BasicAuth;
import dev.onrush.http.internal.request.ProxyDefinition;
import dev.onrush.http.internal.wire.ProxyServer;

/**
 * A proxy, for {@link HttpProtocolBuilder#proxy} and for a single request; begins with {@link HttpDsl#Proxy}. Immutable: each call
 * gives a new value.
 *
 * <p>With {@code allowTargets}, the proxy must be allowed, and so must each target: by its name where the proxy looks it up (HTTP and
 * SOCKS 5), whatever its address.
 */
public final class Proxy {
    private final ProxyDefinition definition;

    private Proxy(ProxyDefinition definition) {
        this.definition = definition;
    }

    static Proxy of(String host, int port) {
        String name = Require.notBlank("Proxy: host", host).toLowerCase(Locale.ROOT);
        if (name.contains("#{")) {
            throw new DefinitionException("Proxy: host \"" + host + "\" is fixed: #{ has no effect in it.");
        }
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        boolean isVersion6 = name.indexOf(':') != name.lastIndexOf(':');
        if (name.indexOf('/') >= 0 || name.indexOf(':') >= 0 && !isVersion6) {
            throw new DefinitionException("Proxy: host \"" + host + "\" is no host name. Give host and port alone.");
        }
        if (port < 1 || port > 65_535) {
            throw new DefinitionException("Proxy: port must be from 1 to 65535, was " + port + ".");
        }
        return new Proxy(new ProxyDefinition(ProxyServer.Kind.HTTP, name, port, null, List.of()));
    }

    ProxyDefinition definition() {
        return definition;
    }

    /** HTTP in clear, as is the default: {@code CONNECT} for https targets, requests with the whole URL for the others. */
    public Proxy http() {
        return new Proxy(definition.with(ProxyServer.Kind.HTTP));
    }

    /** HTTP under TLS with the proxy itself, whose certificate is verified as all are; the TLS of https targets goes inside it. */
    public Proxy https() {
        return new Proxy(definition.with(ProxyServer.Kind.HTTPS));
    }

    /** SOCKS 4: targets are looked up here, and must have an IPv4 address. Of the credentials it takes the user. */
    public Proxy socks4() {
        return new Proxy(definition.with(ProxyServer.Kind.SOCKS4));
    }

    /** SOCKS 5: the proxy looks targets up. */
    public Proxy socks5() {
        return new Proxy(definition.with(ProxyServer.Kind.SOCKS5));
    }

    private Proxy with(Expression<String> user, Expression<String> password) {
        return new Proxy(definition.with(new BasicAuth(user, password)));
    }

    public Proxy credentials(String user, String password) {
        return with(Words.text("credentials: user", user), Words.text("credentials: password", password));
    }

    public Proxy credentials(String user, Function<Session, ? extends String> password) {
        return with(Words.text("credentials: user", user), Words.function("credentials: password", password));
    }

    public Proxy credentials(Function<Session, ? extends String> user, String password) {
        return with(Words.function("credentials: user", user), Words.text("credentials: password", password));
    }

    public Proxy credentials(Function<Session, ? extends String> user, Function<Session, ? extends String> password) {
        return with(Words.function("credentials: user", user), Words.function("credentials: password", password));
    }

    private Proxy with(CharSequence name, Expression<String> value) {
        return new Proxy(definition.with(Words.header(name, value)));
    }

    /** Goes along with {@code CONNECT}. */
    public Proxy connectHeader(CharSequence name, String value) {
        return with(name, Words.text("connectHeader: value", value));
    }

    public Proxy connectHeader(CharSequence name, Function<Session, ? extends String> value) {
        return with(name, Words.function("connectHeader: value", value));
    }

    public Proxy connectHeaders(Map<? extends CharSequence, String> headers) {
        Proxy all = this;
        for (Map.Entry<? extends CharSequence, String> header :
                Require.notNull("connectHeaders", headers).entrySet()) {
            all = all.connectHeader(header.getKey(), header.getValue());
        }
        return all;
    }
}
