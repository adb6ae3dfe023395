package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port whose next connects hang: a listener that never accepts and whose queue is full, so that the kernel drops every
 * further SYN. It needs no firewall.
 *
 * <p>Proves on start that it works. Linux only: other systems refuse or accept.
 */
public final class SynBlackHole implements AutoCloseable {
    private static final int PROOF_MILLIS = 150;
    private static final int MOST_FILLERS = 8;

    private final ServerSocket listener;
    private final List<Socket> fillers = new ArrayList<>();

    private SynBlackHole() {
        try {
            listener = new ServerSocket();
            listener.bind(Loopback.socket("127.0.0.1", 0), 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
        }
    }

    /** Opens the port and fills its queue. */
    public static SynBlackHole start() {
        var hole = new SynBlackHole();
        for (int i = 0; i < MOST_FILLERS; i++) {
            if (!hole.takesOneMore()) {
                return hole;
            }
        }
        hole.close();
        throw new IllegalStateException(
                "the system still accepts after " + MOST_FILLERS + " connections; no connect will hang here");
    }

    private boolean takesOneMore() {
        var filler = new Socket();
        fillers.add(filler);
        try {
            filler.connect(Loopback.socket("127.0.0.1", port()), PROOF_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("cannot fill the queue of port " + port(), e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** {@code http://127.0.0.1:port} and this path. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        fillers.forEach(Closing::quietly);
        Closing.quietly(listener);
    }
}
