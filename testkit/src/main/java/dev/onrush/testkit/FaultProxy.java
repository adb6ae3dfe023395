package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy in front of another loopback server that spoils what passes, by {@link Toxics} that can be changed at any
 * time; a change concerns the bytes read afterwards.
 *
 * <pre>{@code
 * try (var proxy = FaultProxy.before(server.port())) {
 *     proxy.set(Toxics.toClient(Toxic.latency(ofMillis(200), ofMillis(20), 1)));
 *     … proxy.url("/") …
 *     proxy.down();
 * }
 * }</pre>
 *
 * <p>It knows bytes only, so TLS passes through it. A reset of one side is passed on to the other. One thread carries
 * all connections. Packets lost or reordered are out of its reach.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final int port;
    private final Selector selector;
    private final Thread thread;
    private final Set<ProxyLink> links = new HashSet<>();
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong toServerBytes = new AtomicLong();
    private final AtomicLong toClientBytes = new AtomicLong();
    private volatile LongFunction<Toxics> toxics = number -> Toxics.NONE;
    private volatile boolean ending;
    private volatile @Nullable Throwable failure;
    private @Nullable ServerSocketChannel listener;

    private record Wake(long nanos, ProxyLink link) implements Comparable<Wake> {
        @Override
        public int compareTo(Wake other) {
            return Long.signum(nanos - other.nanos);
        }
    }

    private FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.selector = Selector.open();
        this.port = listen(0);
        this.thread = new Thread(this::run, "fault-proxy-" + port);
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts a proxy on a free port of 127.0.0.1 before this port of 127.0.0.1. */
    public static FaultProxy before(int targetPort) {
        return before("127.0.0.1", targetPort);
    }

    /** Starts a proxy on a free port of 127.0.0.1 before this port of a loopback address. */
    public static FaultProxy before(String loopback, int targetPort) {
        try {
            return new FaultProxy(Loopback.socket(loopback, targetPort));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a proxy before port " + targetPort, e);
        }
    }

    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:port} and this path. */
    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Does this to every connection from now on, open ones included. */
    public void set(Toxics all) {
        toxics = number -> all;
    }

    /**
     * Does to each connection what its number (from 0 in the order of acceptance) asks for. The function is called for
     * every piece read, on the proxy's thread: it must give the same toxics for the same number.
     */
    public void set(LongFunction<Toxics> byConnection) {
        toxics = byConnection;
    }

    /** Lets everything pass again. What is already on its way keeps its time. */
    public void heal() {
        set(Toxics.NONE);
    }

    /** Resets all connections and refuses new ones until {@link #up}. Returns when it is so. */
    public void down() {
        order(() -> {
            Closing.quietly(listener);
            listener = null;
            List.copyOf(links).forEach(ProxyLink::reset);
        });
    }

    /** Listens again, on the same port. */
    public void up() {
        order(() -> {
            if (listener == null) {
                try {
                    listen(port);
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot listen on port " + port + " again", e);
                }
            }
        });
    }

    /** Resets the connections that are open now; new ones are accepted. */
    public void resetAll() {
        order(() -> List.copyOf(links).forEach(ProxyLink::reset));
    }

    public long connectionsAccepted() {
        return accepted.get();
    }

    /** Bytes handed on to the server so far. */
    public long bytesToServer() {
        return toServerBytes.get();
    }

    /** Bytes handed on to clients so far. */
    public long bytesToClient() {
        return toClientBytes.get();
    }

    @Override
    public void close() {
        ending = true;
        selector.wakeup();
        Closing.join(thread);
        if (failure != null) {
            throw new IllegalStateException("the fault proxy on port " + port + " failed: " + failure, failure);
        }
    }

    AtomicLong toServerCount() {
        return toServerBytes;
    }

    AtomicLong toClientCount() {
        return toClientBytes;
    }

    Toxics toxicsOf(long connection) {
        return toxics.apply(connection);
    }

    void wakeAt(long dueNanos, ProxyLink link) {
        wakes.add(new Wake(dueNanos, link));
    }

    void forget(ProxyLink link) {
        links.remove(link);
    }

    private int listen(int wanted) throws IOException {
        var channel = ServerSocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(Loopback.socket("127.0.0.1", wanted), 4096);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
        listener = channel;
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Runs this on the proxy's thread and waits for it. */
    private void order(Runnable task) {
        var done = new CompletableFuture<Void>();
        orders.add(() -> {
            try {
                task.run();
                // A closed listener leaves the port only when the selector has let go of it.
                selector.selectNow();
                done.complete(null);
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        selector.wakeup();
        done.join();
    }

    private void run() {
        try {
            while (!ending) {
                Wake next = wakes.peek();
                if (next == null) {
                    selector.select(1000);
                } else {
                    TimedSelect.until(selector, next.nanos, 1000);
                }
                handleSockets();
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
                long nowNanos = System.nanoTime();
                for (Wake wake = wakes.peek(); wake != null && wake.nanos - nowNanos <= 0; wake = wakes.peek()) {
                    wakes.remove().link.deliver();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        } finally {
            List.copyOf(links).forEach(ProxyLink::reset);
            Closing.quietly(listener, selector);
        }
    }

    private void handleSockets() throws IOException {
        for (SelectionKey key : selector.selectedKeys()) {
            if (!key.isValid()) {
                continue;
            }
            if (key.attachment() instanceof ProxyLink link) {
                link.ready(key);
            } else if (key.isAcceptable()) {
                accept();
            }
        }
        selector.selectedKeys().clear();
    }

    private void accept() throws IOException {
        if (listener == null) {
            return;
        }
        try {
            for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
                try {
                    links.add(new ProxyLink(this, accepted.getAndIncrement(), client, target, selector));
                } catch (IOException e) {
                    // The server refuses: the client learns it as a reset.
                    client.setOption(StandardSocketOptions.SO_LINGER, 0);
                    client.close();
                }
            }
        } catch (ClosedChannelException e) {
            // Taken down in between.
        }
    }
}
