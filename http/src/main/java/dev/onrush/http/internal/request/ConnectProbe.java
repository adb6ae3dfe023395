package dev.onrush.http.internal.request;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.protocol.ConnectTime;
import dev.onrush.http.internal.wire.Origin;
import dev.onrush.http.internal.wire.Wire;

/** Measures before a run what connecting to the base URLs takes without load: a few connections, one after the other, nothing sent. */
final class ConnectProbe {
    /** Base URLs beyond these are not connected to. */
    private static final int MOST_TARGETS = 4;

    private static final int CONNECT_MILLIS = 1000;
    /** For all connections to one target, the look-up of its name included. */
    private static final int TARGET_MILLIS = 3000;

    private ConnectProbe() {}

    static List<ConnectTime> of(
            List<String> baseUrls, int connects, Wire wire, @Nullable Routing routing, Executor blocking) {
        List<ConnectTime> times = new ArrayList<>();
        baseUrls.stream()
                .map(url -> Url.parse(url).origin())
                .distinct()
                .limit(MOST_TARGETS)
                .forEach(origin -> {
                    CompletableFuture<ConnectTime> measured =
                            CompletableFuture.supplyAsync(() -> of(origin, connects, wire, routing), blocking);
                    try {
                        times.add(measured.get(TARGET_MILLIS, TimeUnit.MILLISECONDS));
                    } catch (TimeoutException e) {
                        times.add(ConnectTime.failed(origin.toString(), "not within " + TARGET_MILLIS + " ms"));
                    } catch (ExecutionException e) {
                        times.add(ConnectTime.failed(origin.toString(), String.valueOf(e.getCause())));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        return times;
    }

    private static ConnectTime of(Origin origin, int connects, Wire wire, @Nullable Routing routing) {
        if (routing != null && routing.leadsByProxy(origin)) {
            return ConnectTime.failed(origin.toString(), "a proxy leads there");
        }
        long[] nanos = new long[connects];
        try {
            InetAddress address = wire.lookUp(origin.host());
            if (!wire.allows(origin.host(), address)) {
                return ConnectTime.failed(origin.toString(), "allowTargets does not name it");
            }
            for (int i = 0; i < connects; i++) {
                try (Socket socket = new Socket()) {
                    InetAddress local = wire.localAddressTowards(address);
                    socket.bind(local == null ? null : new InetSocketAddress(local, 0));
                    long startNanos = System.nanoTime();
                    socket.connect(new InetSocketAddress(address, origin.port()), CONNECT_MILLIS);
                    nanos[i] = System.nanoTime() - startNanos;
                }
            }
        } catch (IOException e) {
            return ConnectTime.failed(origin.toString(), String.valueOf(e.getMessage()));
        }
        return ConnectTime.of(origin.toString(), nanos);
    }
}
