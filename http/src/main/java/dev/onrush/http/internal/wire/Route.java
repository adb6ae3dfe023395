package dev.onrush.http.internal.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * How connections get to their target if not straight. A value: connections are kept apart by it.
 *
 * @param proxy null: none
 * @param source4 the client's address that a target on IPv4 is told of first (PROXY protocol, version 1)
 * @param source6 the same for a target on IPv6; without both, nothing is told
 */
public record Route(
        @Nullable ProxyServer proxy,
        @Nullable Inet4Address source4,
        @Nullable Inet6Address source6) {
    /** The request as it goes out this way. */
    public WireRequest onItsWay(Origin origin, WireRequest request) {
        ProxyServer asked = proxy;
        return asked == null || asked.isTunnelTo(origin)
                ? request
                : request.inAbsoluteForm(origin, asked.authorization());
    }

    /** Whether what is sent this way comes to the target as it is. */
    boolean isOpenTo(Origin origin) {
        ProxyServer asked = proxy;
        return asked == null || asked.isTunnelTo(origin);
    }

    /** The proxy that is spoken to under TLS; null: none, or in clear. */
    @Nullable
    ProxyServer securedProxy() {
        ProxyServer asked = proxy;
        return asked != null && asked.isSecured() ? asked : null;
    }

    boolean tellsSource() {
        return source4 != null || source6 != null;
    }

    /** The line by which the peer learns the client's address. */
    byte[] sourceLine(InetSocketAddress local, InetSocketAddress remote) {
        InetAddress peer = remote.getAddress();
        InetAddress source = peer instanceof Inet4Address ? source4 : source6;
        String line = source == null
                ? "PROXY UNKNOWN"
                : "PROXY " + (source instanceof Inet4Address ? "TCP4 " : "TCP6 ") + source.getHostAddress() + " "
                        + peer.getHostAddress() + " " + local.getPort() + " " + remote.getPort();
        return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
