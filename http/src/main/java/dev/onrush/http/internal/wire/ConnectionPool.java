package dev.onrush.http.internal.wire;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/** Who has which connections: a user its own, or all users those of one pool. */
public interface ConnectionPool {
    /** Gives it to an idle connection, else to a new one, or lets it wait. */
    void carry(Exchange exchange, long sequence);

    /** Its exchange was answered; a connection of HTTP/1.1 is kept if it can be used again. Called by who runs the exchange's owner. */
    void giveBack(Carrier carrier);

    /** Called once for each connection that {@link #carry} made, from any thread. */
    void closed(HttpConnection connection);

    /** A connection that might have spoken HTTP/2 came up, and does not. On its I/O thread. */
    void isHttp1(HttpConnection connection);

    /** A connection came up and speaks HTTP/2. On its I/O thread. */
    void isHttp2(HttpConnection connection, Http2Connection streams);

    /** For TLS of its connections: sessions are resumed within a pool. From any thread. */
    SSLContext tlsContext();

    /** Whether an author's function is asked for the keys of {@link #tlsContext}. */
    boolean hasOwnKeys();

    /** Knows the names of its connections. From any thread. */
    Resolver resolver();

    /** Where its next connection begins; null: anywhere. From any thread. */
    LocalAddresses.@Nullable Pair localAddress();

    /** Closes what is idle. */
    void close();
}
