package dev.onrush.http.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** {@code CONNECT} of HTTP/1.1. */
final class ConnectTalk extends ProxyTalk {
    private static final String VERSION = "HTTP/1.";
    private static final int CODE_AT = VERSION.length() + 2;

    ConnectTalk(ProxyServer proxy, Origin target) {
        super(proxy, target);
    }

    @Override
    byte[] opening() {
        String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
        String authority = host + ":" + target.port();
        String authorization = proxy.authorization();
        return ("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n"
                        + (authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n")
                        + proxy.connectHeaders() + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    byte @Nullable [] heard(ByteBuffer said) throws ProxyRefusedException {
        int end = endOfHead(said);
        if (end < 0) {
            return null;
        }
        byte[] head = new byte[end];
        said.get(head);
        String line = new String(head, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        if (!line.startsWith(VERSION) || !line.substring(VERSION.length()).matches("[0-9] [0-9]{3}.*")) {
            throw notUnderstood("its first line is no status line of HTTP/1");
        }
        int code = Integer.parseInt(line.substring(CODE_AT, CODE_AT + 3));
        if (code == 407) {
            throw unauthorized("status 407");
        }
        if (code < 200 || code > 299) {
            throw refused("status " + code);
        }
        return DONE;
    }

    /** Behind the empty line; -1 if that has not come yet. */
    private static int endOfHead(ByteBuffer said) {
        for (int i = said.position() + 3; i < said.limit(); i++) {
            if (said.get(i) == '\n' && said.get(i - 1) == '\r' && said.get(i - 2) == '\n' && said.get(i - 3) == '\r') {
                return i + 1 - said.position();
            }
        }
        return -1;
    }
}
