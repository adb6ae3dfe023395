package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

/**
 * An HTTP/1.1 server whose times are known: it answers when its {@link TruthSetup} says, and its {@link Ledger} tells what
 * really arrived.
 *
 * <p>One thread carries everything; it shares no code with the client under test. It serves pipelined requests one after
 * the other, answers {@code Expect: 100-continue}, and echoes {@link TruthRequest#ID_HEADER}. Closing it resets every
 * open connection, as a server that dies does.
 */
public final class TruthServer implements AutoCloseable {
    private final TruthSetup setup;
    private final Ledger ledger;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final TruthLoop loop;
    private final Thread thread;
    private final int port;
    private boolean closed;

    private TruthServer(TruthSetup setup, ServerSocketChannel listener, Selector selector) throws IOException {
        this.setup = setup;
        this.listener = listener;
        this.selector = selector;
        this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        this.ledger = new Ledger(setup.keepsEntries());
        this.loop = new TruthLoop(setup, ledger, listener, selector);
        this.thread = new Thread(loop, "truth-server-" + port);
        thread.setDaemon(true);
    }

    /** A setup that answers every request at once with 200 and the text {@code ok}, on any free port of 127.0.0.1. */
    public static TruthSetup setup() {
        return new TruthSetup();
    }

    /** Starts a server with the plain {@link #setup()}. */
    public static TruthServer start() {
        return setup().start();
    }

    static TruthServer start(TruthSetup setup) {
        ServerSocketChannel listener = null;
        Selector selector = null;
        try {
            listener = ServerSocketChannel.open();
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(Loopback.socket(setup.address(), setup.port()), setup.backlog());
            listener.configureBlocking(false);
            selector = Selector.open();
            listener.register(selector, SelectionKey.OP_ACCEPT);
            var server = new TruthServer(setup, listener, selector);
            server.thread.start();
            return server;
        } catch (IOException e) {
            Closing.quietly(listener, selector);
            throw new UncheckedIOException("cannot listen on " + setup.address() + ":" + setup.port(), e);
        }
    }

    /** The port it listens on; still known after {@link #close()}. */
    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:port} or {@code https://…}, without a slash at the end. */
    public String url() {
        return (setup.tls() == null ? "http" : "https") + "://" + setup.address() + ":" + port;
    }

    /** The URL of a path that begins with a slash. */
    public String url(String path) {
        return url() + path;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Holds all answers for this long from now; what waited is answered at once afterwards. From any thread. */
    public void stall(Duration length) {
        loop.hold(length);
    }

    /** Connections accepted so far. */
    public long connectionsAccepted() {
        return loop.accepted();
    }

    /** Connections open now. */
    public int connectionsOpen() {
        return loop.open();
    }

    /** Requests that arrived and were not answered, be it that they wait, were cut off or never get an answer. */
    public long unanswered() {
        return loop.inFlight();
    }

    /** Requests that were no HTTP; each was answered 400 and its connection closed. They are not in the ledger. */
    public long malformed() {
        return loop.malformedCount();
    }

    /**
     * Ends the server and resets its connections; the port is free again afterwards.
     *
     * @throws IllegalStateException when a route threw or the server's thread failed
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.end();
        Closing.join(thread);
        Closing.quietly(listener, selector);
        Throwable failure = loop.failure();
        if (failure != null) {
            throw new IllegalStateException("the truth server on port " + port + " failed: " + failure, failure);
        }
    }

    /** Runs a server in a JVM of its own; {@code --help} tells the options. Ends at SIGTERM or SIGINT. */
    public static void main(String[] args) throws InterruptedException {
        TruthMain.run(args);
    }
}
