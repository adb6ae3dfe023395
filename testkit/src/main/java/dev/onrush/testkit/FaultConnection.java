package dev.onrush.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/** One connection a script is played on. Its own thread only, but for {@link #drop()}. */
final class FaultConnection {
    /** How long an orderly end waits for the client to leave before the socket is closed all the same. */
    private static final int LONGEST_GOODBYE_MILLIS = 5000;

    private final Socket raw;
    private final CountDownLatch serverClosed;
    private final AtomicLong requestsRead;
    private final AtomicLong bytesRead;
    private @Nullable SSLContext tls;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private String lastId = "";
    private boolean over;

    FaultConnection(
            Socket raw,
            @Nullable SSLContext tls,
            CountDownLatch serverClosed,
            AtomicLong requestsRead,
            AtomicLong bytesRead)
            throws IOException {
        this.raw = raw;
        this.tls = tls;
        this.serverClosed = serverClosed;
        this.requestsRead = requestsRead;
        this.bytesRead = bytesRead;
        this.socket = raw;
        // Steps before a handshake must not swallow bytes of it, so nothing is buffered in clear under TLS.
        this.in = tls == null ? new BufferedInputStream(raw.getInputStream()) : raw.getInputStream();
        this.out = raw.getOutputStream();
    }

    boolean goesOn() {
        return !over && serverClosed.getCount() > 0;
    }

    void handshake() throws IOException {
        if (tls == null) {
            throw new IllegalStateException("handshake() needs a FaultServer with tls(…)");
        }
        var secured = (SSLSocket)
                tls.getSocketFactory().createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        tls = null;
        socket = secured;
        in = new BufferedInputStream(secured.getInputStream());
        out = secured.getOutputStream();
    }

    void read(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            readByte();
        }
    }

    /** Reads by the rules of {@link RequestParser}, byte by byte, so that nothing behind it is taken. */
    void readRequest(boolean withBody) throws IOException {
        var parser = new RequestParser(0);
        while (true) {
            var step = parser.advance(ByteBuffer.wrap(new byte[] {readByte()}));
            if (step == RequestParser.Step.HEAD_DONE && withBody) {
                step = parser.advance(ByteBuffer.allocate(0));
            }
            switch (step) {
                case HEAD_DONE, REQUEST_DONE -> {
                    requestsRead.incrementAndGet();
                    RequestHead head = parser.lastHead();
                    String id = head == null ? null : head.headers().first(TruthRequest.ID_HEADER);
                    lastId = id == null ? "" : id;
                    return;
                }
                case MALFORMED -> throw new IOException("the client sent no HTTP request");
                default -> {}
            }
        }
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Writes the text with the id of the request read last in the place of the mark. */
    void echo(String text, String mark) throws IOException {
        write(text.replace(mark, lastId));
    }

    void pause(Duration time) throws InterruptedException {
        if (serverClosed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            over = true;
        }
    }

    void stall() throws InterruptedException {
        serverClosed.await();
    }

    void drain() throws IOException {
        var buffer = new byte[16 * 1024];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            bytesRead.addAndGet(count);
        }
        over = true;
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    void fin() throws IOException {
        socket.shutdownOutput();
        leave();
    }

    void cut() throws IOException {
        raw.shutdownOutput();
        leave();
    }

    /** Closing with unread bytes would reset the connection: reads until the client leaves. */
    private void leave() throws IOException {
        over = true;
        raw.setSoTimeout(LONGEST_GOODBYE_MILLIS);
        InputStream rest = raw.getInputStream();
        var buffer = new byte[16 * 1024];
        while (rest.read(buffer) >= 0) {
            // Dropped.
        }
    }

    void reset() throws IOException {
        over = true;
        raw.setSoLinger(true, 0);
        raw.close();
    }

    /** Ends the connection from outside. */
    void drop() {
        Closing.quietly(raw);
    }

    /** Plays the script to its end and closes the connection. */
    void run(FaultScript script) throws InterruptedException {
        try {
            if (tls != null && !script.handshakesItself()) {
                handshake();
            }
            script.play(this);
            if (goesOn()) {
                fin();
            }
        } catch (IOException e) {
            // The client has left, or refused the handshake: nothing is left to play.
        } finally {
            drop();
        }
    }

    private byte readByte() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the client left");
        }
        bytesRead.incrementAndGet();
        return (byte) b;
    }
}
