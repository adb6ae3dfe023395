package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * A server on raw sockets that plays a {@link FaultScript} on every connection.
 *
 * <pre>{@code
 * try (var server = FaultServer.start(FaultScript.dropInBody(Ending.RST))) {
 *     … server.url("/") …
 * }
 * }</pre>
 *
 * <p>One thread per connection: meant for some hundred of them. Scripts of a TLS server begin after the handshake, unless
 * they contain {@link FaultScript#handshake()} or {@link FaultScript#inClear()}. Closing it closes every connection and waits for its threads.
 */
public final class FaultServer implements AutoCloseable {
    private final ServerSocket listener;
    private final @Nullable SSLContext tls;
    private final LongFunction<FaultScript> scripts;
    private final Thread acceptor;
    private final Set<FaultConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong requestsRead = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private final String address;

    private FaultServer(String address, @Nullable SSLContext tls, LongFunction<FaultScript> scripts) {
        this.address = address;
        this.tls = tls;
        this.scripts = scripts;
        try {
            listener = new ServerSocket();
            listener.bind(Loopback.socket(address, 0), 4096);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
        acceptor = new Thread(this::accept, "fault-server-" + listener.getLocalPort());
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Plays the same script on every connection, on a free port of 127.0.0.1. */
    public static FaultServer start(FaultScript script) {
        return start(number -> script);
    }

    /** Plays the script that belongs to a connection's number, from 0 in the order of acceptance. */
    public static FaultServer start(LongFunction<FaultScript> scripts) {
        return new FaultServer("127.0.0.1", null, scripts);
    }

    /** Plays under TLS with the keys of this context. */
    public static FaultServer startTls(SSLContext tls, FaultScript script) {
        return new FaultServer("127.0.0.1", tls, number -> script);
    }

    /** Plays under TLS, a script per connection number. */
    public static FaultServer startTls(SSLContext tls, LongFunction<FaultScript> scripts) {
        return new FaultServer("127.0.0.1", tls, scripts);
    }

    /** Plays on another loopback address, for instance 127.0.0.2, a script per connection number; in clear. */
    public static FaultServer startOn(String loopback, LongFunction<FaultScript> scripts) {
        return new FaultServer(loopback, null, scripts);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The URL of a path that begins with a slash: {@code https} when the server speaks TLS. */
    public String url(String path) {
        return (tls == null ? "http://" : "https://") + address + ":" + port() + path;
    }

    /** The same URL with {@code https}, to send a TLS client to a server that speaks none. */
    public String httpsUrl(String path) {
        return "https://" + address + ":" + port() + path;
    }

    /** Connections accepted so far. */
    public long connectionsAccepted() {
        return accepted.get();
    }

    /** Connections on which a script is being played now. */
    public int connectionsOpen() {
        return connections.size();
    }

    /** Requests read to the end the script asked for. */
    public long requestsRead() {
        return requestsRead.get();
    }

    /** Bytes read from clients by scripts, after decryption. */
    public long bytesRead() {
        return bytesRead.get();
    }

    @Override
    public void close() {
        closed.countDown();
        Closing.quietly(listener);
        Closing.join(acceptor);
        connections.forEach(FaultConnection::drop);
        threads.forEach(Closing::join);
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                long number = accepted.getAndIncrement();
                var connection = new FaultConnection(socket, tls, closed, requestsRead, bytesRead);
                connections.add(connection);
                var thread = new Thread(
                        () -> play(connection, number), "fault-server-" + listener.getLocalPort() + "-" + number);
                thread.setDaemon(true);
                // A thread is forgotten once it is dead, not when it says that it will be: who closes waits for all
                // others.
                threads.removeIf(known -> !known.isAlive());
                thread.start();
                threads.add(thread);
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    continue;
                }
                return;
            }
        }
    }

    private void play(FaultConnection connection, long number) {
        try {
            connection.run(scripts.apply(number));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }
}
