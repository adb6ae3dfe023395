package dev.onrush.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A client's connection to a {@link FaultProxy} and the proxy's own to the server behind it. Loop thread only. */
final class ProxyLink {
    private final FaultProxy proxy;
    private final long number;
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final ProxyFlow toServer;
    private final ProxyFlow toClient;
    private boolean connected;
    private boolean closed;

    ProxyLink(FaultProxy proxy, long number, SocketChannel client, InetSocketAddress target, Selector selector)
            throws IOException {
        this.proxy = proxy;
        this.number = number;
        this.client = client;
        this.server = SocketChannel.open();
        for (SocketChannel channel : new SocketChannel[] {client, server}) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        long nowNanos = System.nanoTime();
        toServer = new ProxyFlow(this, true, client, server, proxy.toServerCount(), nowNanos);
        toClient = new ProxyFlow(this, false, server, client, proxy.toClientCount(), nowNanos);
        clientKey = client.register(selector, 0, this);
        serverKey = server.register(selector, SelectionKey.OP_CONNECT, this);
        if (server.connect(target)) {
            connected();
        }
    }

    void ready(SelectionKey key) {
        try {
            if (!connected) {
                if (key.isConnectable() && server.finishConnect()) {
                    connected();
                }
                return;
            }
            if (key.isReadable()) {
                ProxyFlow flow = key == clientKey ? toServer : toClient;
                flow.read(flow.own(proxy.toxicsOf(number)));
            }
            deliver();
        } catch (IOException e) {
            // The client or the server has broken off: the other one sees the same.
            reset();
        }
    }

    void deliver() {
        if (closed || !connected) {
            return;
        }
        try {
            long nowNanos = System.nanoTime();
            toServer.deliver(nowNanos);
            toClient.deliver(nowNanos);
            interest();
        } catch (IOException e) {
            reset();
        }
    }

    void wakeAt(long dueNanos) {
        proxy.wakeAt(dueNanos, this);
    }

    boolean closed() {
        return closed;
    }

    void flowDone() {
        if (toServer.done() && toClient.done()) {
            close();
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            Closing.quietly(client, server);
            proxy.forget(this);
        }
    }

    void reset() {
        if (!closed) {
            for (SocketChannel channel : new SocketChannel[] {client, server}) {
                try {
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                } catch (IOException e) {
                    // Closed already: nothing is left to reset.
                }
            }
            close();
        }
    }

    private void connected() {
        connected = true;
        interest();
    }

    private void interest() {
        if (!closed) {
            clientKey.interestOps(ops(toServer, toClient));
            serverKey.interestOps(ops(toClient, toServer));
        }
    }

    private static int ops(ProxyFlow from, ProxyFlow to) {
        return (from.wantsRead() ? SelectionKey.OP_READ : 0) | (to.wantsWrite() ? SelectionKey.OP_WRITE : 0);
    }
}
