package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.net.InetAddress;

/** The allow-list does not name this target. */
final class TargetDeniedException extends IOException {
    private static final long serialVersionUID = 1L;

    TargetDeniedException(String host, InetAddress address) {
        super(host + " (" + address.getHostAddress() + ") is not among the allowed targets");
    }
}
