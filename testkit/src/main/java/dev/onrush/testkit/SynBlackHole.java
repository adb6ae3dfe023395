package dev.onrush.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * A port whose next connects hang: a listener that never accepts and whose queue is full, so that the kernel drops every
 * further SYN. It needs no firewall.
 *
 * <p>Proves on start that it works. Linux only: other systems refuse or accept.
 */
public final class SynBlackHole implements AutoCloseable {
    private static final int PROOF_MILLIS = 150;
    private static final int MOST_FILLERS = 8;
    private static final int LONGEST_REQUEST_MILLIS = 5000;

    private final ServerSocket listener;
    private final List<Socket> fillers = new ArrayList<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private @Nullable Thread server;

    private final String address;

    private SynBlackHole(String address, int port) {
        this.address = address;
        try {
            listener = new ServerSocket();
            listener.bind(Loopback.socket(address, port), 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
    }

    /** Opens a free port of 127.0.0.1 and fills its queue. */
    public static SynBlackHole start() {
        return start("127.0.0.1", 0);
    }

    /** Opens that port of a loopback address and fills its queue. */
    public static SynBlackHole start(String loopback, int port) {
        var hole = new SynBlackHole(loopback, port);
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
            filler.connect(Loopback.socket(address, port()), PROOF_MILLIS);
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

    /** {@code http://address:port} and this path. */
    public String url(String path) {
        return "http://" + address + ":" + port() + path;
    }

    /** Says what whoever gets through after {@link #open} is answered when its request's head is complete. */
    public void willAnswer(String answer) {
        var thread = new Thread(() -> serve(answer), "syn-black-hole-" + port());
        thread.setDaemon(true);
        server = thread;
        thread.start();
    }

    /** Ends the hole. The system tries a SYN that was lost again after 1, 3, 7 s. From any thread. */
    public void open() {
        fillers.forEach(Closing::quietly);
        opened.countDown();
    }

    private void serve(String answer) {
        try {
            opened.await();
        } catch (InterruptedException e) {
            return;
        }
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(LONGEST_REQUEST_MILLIS);
                if (readHead(socket.getInputStream())) {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                // The hole is closed, or a client left.
            }
        }
    }

    /** False for one that left, as those do that filled the queue. */
    private static boolean readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return false;
            }
            head.append((char) b);
        }
        return true;
    }

    @Override
    public void close() {
        fillers.forEach(Closing::quietly);
        Closing.quietly(listener);
        opened.countDown();
        Thread thread = server;
        if (thread != null) {
            Closing.join(thread);
        }
    }
}
