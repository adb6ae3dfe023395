package dev.onrush.http.internal.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The connections of one pool to targets that may speak HTTP/2: one to each, and who waits for it to come up. Until a target has said
 * what it speaks, only one connection to it is opened. Thread-safe.
 */
final class Http2Lines {
    private final Wire wire;
    private final Opener opener;
    private final Map<Object, Line> lines = new HashMap<>();

    /** Opens a connection for an exchange. From any thread. */
    interface Opener {
        void open(Exchange exchange, long sequence);
    }

    private record Waiting(Exchange exchange, long sequence) {}

    private record Detour(Origin origin, Route route) {}

    private static final class Line {
        final Deque<Waiting> waiting = new ArrayDeque<>();

        @Nullable
        Http2Connection live;

        boolean isComing;
        boolean isHttp1;
    }

    Http2Lines(Wire wire, Opener opener) {
        this.wire = wire;
        this.opener = opener;
    }

    private Line line(Origin origin, @Nullable Route route) {
        return lines.computeIfAbsent(route == null ? origin : new Detour(origin, route), any -> new Line());
    }

    /** Takes it up, or lets it wait. False if the caller is to give it to a connection of HTTP/1.1, or to a new one. */
    boolean carry(Exchange exchange, long sequence) {
        if (!wire.mayBeHttp2(exchange.origin(), exchange.route())) {
            return false;
        }
        Http2Connection live;
        synchronized (this) {
            Line line = line(exchange.origin(), exchange.route());
            live = line.live;
            if (live == null) {
                return waits(line, exchange, sequence);
            }
        }
        if (live.carry(exchange, sequence)) {
            return true;
        }
        synchronized (this) {
            Line line = line(exchange.origin(), exchange.route());
            if (line.live == live) {
                line.live = null;
                live.close(); // idle for too long, if it is open at all
            }
            return waits(line, exchange, sequence);
        }
    }

    private static boolean waits(Line line, Exchange exchange, long sequence) {
        if (line.isComing) {
            line.waiting.add(new Waiting(exchange, sequence));
            return true;
        }
        line.isComing = !line.isHttp1;
        return false;
    }

    /** It came up and speaks HTTP/2; null: HTTP/1.1. */
    void up(HttpConnection connection, @Nullable Http2Connection streams) {
        List<Waiting> all;
        synchronized (this) {
            Line line = line(connection.origin(), connection.route());
            line.live = streams;
            line.isHttp1 = streams == null;
            line.isComing = false;
            all = new ArrayList<>(line.waiting);
            line.waiting.clear();
        }
        for (Waiting each : all) {
            if (each.exchange.isOpen(each.sequence)) {
                each.exchange.waited(each.sequence, wire.now());
                if (streams == null || !streams.carry(each.exchange, each.sequence)) {
                    opener.open(each.exchange, each.sequence);
                }
            }
        }
    }

    /** It is closed. If it never came up, the next one in line tries for itself. */
    void closed(HttpConnection connection) {
        if (connection.isUp() || !wire.mayBeHttp2(connection.origin(), connection.route())) {
            return;
        }
        Waiting next;
        synchronized (this) {
            Line line = line(connection.origin(), connection.route());
            if (line.isHttp1 || line.live != null) {
                return;
            }
            do {
                next = line.waiting.poll();
            } while (next != null && !next.exchange.isOpen(next.sequence));
            line.isComing = next != null;
        }
        if (next != null) {
            next.exchange.waited(next.sequence, wire.now());
            opener.open(next.exchange, next.sequence);
        }
    }

    void close() {
        List<Http2Connection> all = new ArrayList<>();
        synchronized (this) {
            for (Line line : lines.values()) {
                if (line.live != null) {
                    all.add(line.live);
                }
            }
            lines.clear();
        }
        all.forEach(Http2Connection::close);
    }
}
