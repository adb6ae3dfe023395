package dev.onrush.testkit;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import org.jspecify.annotations.Nullable;

/** The one thread of a {@link TruthServer}: accepts, reads, waits out response times and stalls, answers. */
final class TruthLoop implements Runnable {
    private static final long MILLI = 1_000_000;

    private final TruthSetup setup;
    private final Ledger ledger;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Set<TruthConnection> connections = new HashSet<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>();
    private final Set<TruthConnection> never = new HashSet<>();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();
    private volatile int open;
    private volatile long firstNanos;
    private volatile boolean started;
    private volatile long heldUntilNanos = System.nanoTime();
    private volatile boolean ending;
    private volatile @Nullable Throwable failure;
    private long dueNumber;
    private long nextIdleLookNanos;

    /** An answer and when it may leave. */
    private record Due(long nanos, long number, TruthConnection connection, TruthResponse response)
            implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return nanos == other.nanos ? Long.compare(number, other.number) : Long.signum(nanos - other.nanos);
        }
    }

    TruthLoop(TruthSetup setup, Ledger ledger, ServerSocketChannel listener, Selector selector) {
        this.setup = setup;
        this.ledger = ledger;
        this.listener = listener;
        this.selector = selector;
    }

    TruthSetup setup() {
        return setup;
    }

    long accepted() {
        return accepted.get();
    }

    int open() {
        return open;
    }

    long inFlight() {
        return inFlight.get();
    }

    long malformedCount() {
        return malformed.get();
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Holds all answers for this long from now; from any thread. */
    void hold(Duration length) {
        heldUntilNanos = System.nanoTime() + length.toNanos();
        selector.wakeup();
    }

    /** Ends the loop; from any thread. */
    void end() {
        ending = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!ending) {
                await();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (!key.isValid()) {
                        continue;
                    }
                    if (key.isAcceptable()) {
                        accept();
                    } else if (key.attachment() instanceof TruthConnection connection) {
                        connection.ready();
                    }
                }
                selector.selectedKeys().clear();
                answerDue();
                closeIdle();
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        } finally {
            for (TruthConnection connection : List.copyOf(connections)) {
                connection.reset();
            }
        }
    }

    private void await() throws IOException {
        Due next = dues.peek();
        long mostMillis = setup.idleTimeout() == null ? 1000 : 5;
        if (next == null) {
            selector.select(mostMillis);
        } else {
            TimedSelect.until(selector, next.nanos, mostMillis);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            var connection = new TruthConnection(this, channel, key, wire(channel), accepted.getAndIncrement());
            key.attach(connection);
            connections.add(connection);
            open = connections.size();
        }
    }

    private Wire wire(SocketChannel channel) {
        SSLContext tls = setup.tls();
        if (tls == null) {
            return new Wire.Plain(channel);
        }
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(false);
        return new TlsWire(channel, engine);
    }

    Ledger.Row arrived(RequestHead head, long connection) {
        long nowNanos = System.nanoTime();
        if (!started) {
            firstNanos = nowNanos;
            started = true;
        }
        inFlight.incrementAndGet();
        return ledger.arrive(head, nowNanos, connection);
    }

    void handle(TruthConnection connection, TruthRequest request) {
        TruthResponse response;
        try {
            response = setup.answer(request);
        } catch (RuntimeException | Error e) {
            // A route of the test is wrong: the test learns it when it closes the server.
            failure = e;
            response = TruthResponse.status(500).body("the route of " + request.path() + " failed: " + e);
        }
        if (response.end() == TruthResponse.End.NEVER) {
            never.add(connection);
            return;
        }
        Duration delay = response.delay();
        long waitNanos = delay == null ? setup.responseTime().nextNanos() : delay.toNanos();
        long nowNanos = System.nanoTime();
        if (waitNanos == 0 && release(nowNanos) == nowNanos) {
            connection.answer(response);
        } else {
            dues.add(new Due(request.arrivalNanos() + waitNanos, dueNumber++, connection, response));
        }
    }

    boolean isNever(TruthConnection connection) {
        return never.contains(connection);
    }

    void finished() {
        inFlight.decrementAndGet();
    }

    void malformed() {
        malformed.incrementAndGet();
    }

    void forget(TruthConnection connection) {
        connections.remove(connection);
        never.remove(connection);
        open = connections.size();
    }

    private void answerDue() {
        if (dues.isEmpty()) {
            return;
        }
        long nowNanos = System.nanoTime();
        var held = new ArrayList<Due>(0);
        for (Due due = dues.peek(); due != null && due.nanos - nowNanos <= 0; due = dues.peek()) {
            dues.poll();
            long releaseNanos = release(nowNanos);
            if (releaseNanos == nowNanos) {
                due.connection.answer(due.response);
            } else {
                held.add(new Due(releaseNanos, due.number, due.connection, due.response));
            }
        }
        dues.addAll(held);
    }

    /** The instant at which what is due now may leave: later than now only within a stall. */
    private long release(long nowNanos) {
        long releaseNanos = heldUntilNanos - nowNanos > 0 ? heldUntilNanos : nowNanos;
        for (Stall stall : setup.stalls()) {
            long end = stall.releaseNanos(firstNanos, nowNanos);
            if (end - releaseNanos > 0) {
                releaseNanos = end;
            }
        }
        return releaseNanos;
    }

    private void closeIdle() {
        Duration timeout = setup.idleTimeout();
        long nowNanos = System.nanoTime();
        if (timeout == null || nowNanos - nextIdleLookNanos < 0) {
            return;
        }
        nextIdleLookNanos = nowNanos + 5 * MILLI;
        for (TruthConnection connection : List.copyOf(connections)) {
            if (connection.idleNanos(nowNanos) > timeout.toNanos()) {
                connection.close();
            }
        }
    }
}
