package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.net.InetAddress;

/** The allow-list does not name this target. */
final class TargetDeniedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A name that a proxy would look up. */
    TargetDeniedException(String host, ProxyServer proxy) {
        super(host + " is not among the allowed targets by its name, and only " + proxy + " knows its address");
    }

    TargetDeniedException(String host, InetAddress address) {
        super(host + " (" + address.getHostAddress() + ") is not among the allowed targets");
    }
}
