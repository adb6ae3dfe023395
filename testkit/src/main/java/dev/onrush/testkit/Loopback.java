package dev.onrush.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Keeps every server of the testkit on this machine. */
final class Loopback {
    private Loopback() {}

    /** Returns the address; refuses one that others can reach. */
    static String check(String address) {
        socket(address, 0);
        return address;
    }

    static InetSocketAddress socket(String address, int port) {
        try {
            var found = InetAddress.getByName(address);
            if (!found.isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        "the testkit listens on loopback only, was " + address + ". Use 127.0.0.1.");
            }
            return new InetSocketAddress(found, port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no such address: " + address + ". Use 127.0.0.1.", e);
        }
    }
}
