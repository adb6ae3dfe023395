package dev.onrush.http.internal.wire;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** SOCKS version 4, as its authors wrote it down: an address, a port, a user's name. */
final class Socks4Talk extends ProxyTalk {
    private static final int REPLY_BYTES = 8;
    private static final int GRANTED = 90;
    private static final int NO_IDENT = 92;
    private static final int OTHER_USER = 93;

    private final Inet4Address address;

    Socks4Talk(ProxyServer proxy, Origin target, Inet4Address address) {
        super(proxy, target);
        this.address = address;
    }

    @Override
    byte[] opening() {
        String user = proxy.user();
        byte[] name = (user == null ? "" : user).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(9 + name.length)
                .put((byte) 4)
                .put((byte) 1)
                .putShort((short) target.port())
                .put(address.getAddress())
                .put(name)
                .put((byte) 0)
                .array();
    }

    @Override
    byte @Nullable [] heard(ByteBuffer said) throws ProxyRefusedException {
        if (said.remaining() < REPLY_BYTES) {
            return null;
        }
        byte[] reply = new byte[REPLY_BYTES];
        said.get(reply);
        int code = reply[1] & 0xff;
        if (reply[0] != 0 || code < GRANTED || code > OTHER_USER) {
            throw notUnderstood("its reply is none of SOCKS 4");
        }
        if (code == NO_IDENT || code == OTHER_USER) {
            throw unauthorized("code " + code);
        }
        if (code != GRANTED) {
            throw refused("code " + code);
        }
        return DONE;
    }
}
