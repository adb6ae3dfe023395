package dev.onrush.http.internal.wire;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** SOCKS version 5 (RFC 1928), with user and password (RFC 1929) if there are some. The proxy looks the target's name up. */
final class Socks5Talk extends ProxyTalk {
    private static final int VERSION = 5;
    private static final int NO_METHOD = 0;
    private static final int PASSWORD_METHOD = 2;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final List<String> REPLIES = List.of(
            "",
            "general failure",
            "not allowed by its rules",
            "network unreachable",
            "host unreachable",
            "connection refused",
            "TTL expired",
            "command not supported",
            "address type not supported");

    private enum Awaited {
        METHOD,
        AUTHORIZATION,
        CONNECTION
    }

    private Awaited awaited = Awaited.METHOD;

    Socks5Talk(ProxyServer proxy, Origin target) {
        super(proxy, target);
    }

    @Override
    byte[] opening() {
        return proxy.user() == null
                ? new byte[] {VERSION, 1, NO_METHOD}
                : new byte[] {VERSION, 2, NO_METHOD, PASSWORD_METHOD};
    }

    @Override
    byte @Nullable [] heard(ByteBuffer said) throws ProxyRefusedException {
        return switch (awaited) {
            case METHOD -> method(said);
            case AUTHORIZATION -> authorization(said);
            case CONNECTION -> connection(said);
        };
    }

    private byte @Nullable [] method(ByteBuffer said) throws ProxyRefusedException {
        if (said.remaining() < 2) {
            return null;
        }
        if (said.get() != VERSION) {
            throw notUnderstood("its reply is none of SOCKS 5");
        }
        int method = said.get() & 0xff;
        if (method == NO_METHOD) {
            awaited = Awaited.CONNECTION;
            return request();
        }
        if (method != PASSWORD_METHOD || proxy.user() == null) {
            throw unauthorized("it takes none of those offered");
        }
        awaited = Awaited.AUTHORIZATION;
        return credentials();
    }

    private byte[] credentials() throws ProxyRefusedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        put(out, String.valueOf(proxy.user()));
        put(out, String.valueOf(proxy.password()));
        return out.toByteArray();
    }

    private void put(ByteArrayOutputStream out, String text) throws ProxyRefusedException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) {
            throw refused("SOCKS 5 has no room for more than 255 bytes of a name, user or password");
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private byte @Nullable [] authorization(ByteBuffer said) throws ProxyRefusedException {
        if (said.remaining() < 2) {
            return null;
        }
        said.get();
        if (said.get() != 0) {
            throw unauthorized("user or password is wrong");
        }
        awaited = Awaited.CONNECTION;
        return request();
    }

    private byte[] request() throws ProxyRefusedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.write(1); // connect
        out.write(0);
        if (Resolver.isAddress(target.host())) {
            byte[] address = address();
            out.write(address.length == 4 ? IPV4 : IPV6);
            out.writeBytes(address);
        } else {
            out.write(NAME);
            put(out, target.host());
        }
        out.write(target.port() >> 8);
        out.write(target.port());
        return out.toByteArray();
    }

    private byte[] address() throws ProxyRefusedException {
        try {
            return InetAddress.getByName(target.host()).getAddress();
        } catch (UnknownHostException | IllegalArgumentException e) { // which of the two depends on the JDK
            throw refused(target.host() + " is no address");
        }
    }

    private byte @Nullable [] connection(ByteBuffer said) throws ProxyRefusedException {
        if (said.remaining() < 5) {
            return null;
        }
        int at = said.position();
        int code = said.get(at + 1) & 0xff;
        if (said.get(at) != VERSION) {
            throw notUnderstood("its reply is none of SOCKS 5");
        }
        if (code != 0) {
            throw refused(code < REPLIES.size() ? REPLIES.get(code) : "code " + code);
        }
        int addressBytes = switch (said.get(at + 3)) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> 1 + (said.get(at + 4) & 0xff);
            default -> throw notUnderstood("its reply has an address of no known type");
        };
        int length = 4 + addressBytes + 2;
        if (said.remaining() < length) {
            return null;
        }
        said.position(at + length);
        return DONE;
    }
}
