package dev.onrush.http.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * A proxy, and who asks it. Two that are equal share connections.
 *
 * @param host lower case
 * @param user null: nobody is named
 * @param password null with {@code user}
 * @param connectHeaders what goes along with {@code CONNECT}, as it is sent: each line with its end
 */
public record ProxyServer(
        Kind kind,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        String connectHeaders) {
    /** What it speaks. */
    public enum Kind {
        /** HTTP in clear: {@code CONNECT} for targets under TLS, requests with the whole URL for the others. */
        HTTP("http"),
        /** The same under TLS, which the target's own TLS goes through. */
        HTTPS("https"),
        /** Version 4: it is told an IPv4 address. */
        SOCKS4("socks4"),
        /** Version 5: it is told the name. */
        SOCKS5("socks5");

        private final String scheme;

        Kind(String scheme) {
            this.scheme = scheme;
        }
    }

    /** The value of {@code Proxy-Authorization}; null without a user. */
    @Nullable
    String authorization() {
        return user == null
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it opens a way to the target before the target's own protocol begins. */
    boolean isTunnelTo(Origin origin) {
        return origin.secure() || kind == Kind.SOCKS4 || kind == Kind.SOCKS5;
    }

    /** Whether it is spoken to under TLS. */
    boolean isSecured() {
        return kind == Kind.HTTPS;
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return "proxy " + kind.scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
