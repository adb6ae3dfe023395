package dev.onrush.http.internal.wire;

/**
 * What a connection leads to.
 *
 * @param host lower case, an IPv6 address without brackets
 */
public record Origin(boolean secure, String host, int port) {
    /** The value of the header {@code Host}. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? name : name + ":" + port;
    }

    public String scheme() {
        return secure ? "https" : "http";
    }

    @Override
    public String toString() {
        return scheme() + "://" + authority();
    }
}
