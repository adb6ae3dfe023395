package dev.onrush.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a {@link FaultServer} does with one connection, step by step. Immutable: each call returns a new one.
 *
 * <p>A script that ends without {@link #fin}, {@link #cut} or {@link #reset} ends with {@link #fin}. When the client
 * leaves, the rest is not played. Text is written in ISO 8859-1, byte for byte.
 */
public final class FaultScript {
    /** What {@link #echo} puts the id of the request in place of. */
    public static final String ID = "{id}";

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    private static final FaultScript EMPTY = new FaultScript(List.of());

    private final List<FaultStep> steps;

    private FaultScript(List<FaultStep> steps) {
        this.steps = steps;
    }

    /** A script without a step: accepts, and ends at once. */
    public static FaultScript script() {
        return EMPTY;
    }

    // Steps

    /** Reads exactly this many bytes. */
    public FaultScript read(int bytes) {
        return then(new FaultStep.Read(bytes));
    }

    /** Reads up to the end of a request's headers, and no byte of its body. */
    public FaultScript readHead() {
        return then(new FaultStep.ReadHead());
    }

    /** Reads a whole request: headers and the body they announce. */
    public FaultScript readRequest() {
        return then(new FaultStep.ReadRequest());
    }

    /** Writes this text. */
    public FaultScript write(String text) {
        return then(new FaultStep.Write(text));
    }

    /** Writes these bytes. */
    public FaultScript write(byte[] bytes) {
        return write(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Writes this text, in it the request's {@link TruthRequest#ID_HEADER} in the place of each {@link #ID}. */
    public FaultScript echo(String text) {
        return then(new FaultStep.Echo(text));
    }

    /** Writes one byte, then pauses, for each byte of the text. */
    public FaultScript drip(String text, Duration interval) {
        return then(new FaultStep.Drip(text, interval));
    }

    /** Writes this text again and again, as fast as the client takes it, until the client leaves. */
    public FaultScript flood(String text) {
        return then(new FaultStep.Flood(text));
    }

    /** Does nothing for a while. */
    public FaultScript pause(Duration time) {
        return then(new FaultStep.Pause(time));
    }

    /** Says it will write no more (FIN, under TLS after close_notify) and goes on with the script. */
    public FaultScript halfClose() {
        return then(new FaultStep.HalfClose());
    }

    /** Ends in good order: under TLS close_notify, then FIN, then reads until the client leaves too. */
    public FaultScript fin() {
        return then(new FaultStep.Fin());
    }

    /** Like {@link #fin} but without close_notify: TLS is cut off. */
    public FaultScript cut() {
        return then(new FaultStep.Cut());
    }

    /** Resets the connection ({@code SO_LINGER} 0). */
    public FaultScript reset() {
        return then(new FaultStep.Reset());
    }

    /** Neither reads nor writes until the server is closed. */
    public FaultScript stall() {
        return then(new FaultStep.Stall());
    }

    /** Reads and drops everything until the client leaves, and writes nothing. */
    public FaultScript drain() {
        return then(new FaultStep.Drain());
    }

    /** Plays this whole script again and again on the same connection until the client leaves (keep-alive). */
    public FaultScript forever() {
        return EMPTY.then(new FaultStep.Forever(this));
    }

    /** Does the TLS handshake here. Without it, a TLS server does it before the first step. */
    public FaultScript handshake() {
        return then(new FaultStep.Handshake());
    }

    /** Does no TLS handshake, also on a TLS server. The named scripts that spoil a handshake say so themselves. */
    public FaultScript inClear() {
        return then(new FaultStep.InClear());
    }

    /** Goes on with the steps of another script. */
    public FaultScript then(FaultScript next) {
        var all = new ArrayList<>(steps);
        all.addAll(next.steps);
        return new FaultScript(List.copyOf(all));
    }

    /** Writes a complete answer: 200 with this body and its length. */
    public FaultScript answer(String body) {
        return write(HEAD + "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + body);
    }

    // Scripts with a name

    /** A server without a fault: answers every request on the connection with 200 and this body. */
    public static FaultScript healthy(String body) {
        return EMPTY.readRequest().answer(body).forever();
    }

    /** Drops the connection as soon as it is accepted. */
    public static FaultScript dropAtStart(Ending ending) {
        return ending == Ending.RST ? EMPTY.reset() : EMPTY.cut();
    }

    /** Reads the request and drops the connection without a byte of an answer. */
    public static FaultScript dropBeforeAnswer(Ending ending) {
        return ending == Ending.RST
                ? EMPTY.readRequest().reset()
                : EMPTY.readRequest().cut();
    }

    /** Drops the connection in the middle of a header line of the answer. */
    public static FaultScript dropInHeaders(Ending ending) {
        return ending.after(EMPTY.readRequest().write("HTTP/1.1 200 OK\r\nContent-Ty"));
    }

    /** Announces 100 bytes of body, sends 10, drops the connection. */
    public static FaultScript dropInBody(Ending ending) {
        return ending.after(EMPTY.readRequest().write(HEAD + "Content-Length: 100\r\n\r\n0123456789"));
    }

    /** Accepts and never reads: the client can write until the buffers of both sides are full. */
    public static FaultScript neverRead() {
        return EMPTY.stall();
    }

    /** Reads everything and never answers. */
    public static FaultScript neverAnswer() {
        return EMPTY.readRequest().drain();
    }

    /** Sends the status line one byte per interval, then the rest at once. */
    public static FaultScript dripStatusLine(Duration interval) {
        return EMPTY.readRequest()
                .drip("HTTP/1.1 200 OK\r\n", interval)
                .write("Content-Length: 2\r\n\r\nok")
                .forever();
    }

    /** Sends the headers one byte per interval, without end. */
    public static FaultScript dripHeaders(Duration interval) {
        return EMPTY.readRequest()
                .write("HTTP/1.1 200 OK\r\n")
                .then(EMPTY.drip("X-Slow: 1\r\n", interval).forever());
    }

    /** Announces a megabyte of body and sends it one byte per interval. */
    public static FaultScript dripBody(Duration interval) {
        return EMPTY.readRequest()
                .write(HEAD + "Content-Length: 1000000\r\n\r\n")
                .then(EMPTY.drip("x", interval).forever());
    }

    /** A good answer of two bytes with this much more behind it, in the same write. */
    public static FaultScript extraBytesAfterBody(String extra) {
        return EMPTY.readRequest()
                .write(HEAD + "Content-Length: 2\r\n\r\nok" + extra)
                .forever();
    }

    /** Answers with random bytes, the same for the same seed, and ends. */
    public static FaultScript garbageReply(long seed, int bytes) {
        var garbage = new byte[bytes];
        new SplittableRandom(seed).nextBytes(garbage);
        return EMPTY.readRequest().write(garbage).cut();
    }

    /** Announces this many bytes of body, sends half of them, ends with FIN. */
    public static FaultScript truncatedBody(int announcedBytes) {
        return EMPTY.readRequest()
                .write(HEAD + "Content-Length: " + announcedBytes + "\r\n\r\n" + "x".repeat(announcedBytes / 2))
                .cut();
    }

    /** Starts a chunked body and ends with FIN before the last chunk. */
    public static FaultScript truncatedChunks() {
        return EMPTY.readRequest()
                .write(HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                .cut();
    }

    /** A good keep-alive answer, then the connection ends this much later: the next request may find it stale. */
    public static FaultScript closeAfterAnswer(Duration delay) {
        return EMPTY.readRequest().answer("ok").pause(delay).fin();
    }

    /** A good keep-alive answer; the next request on the connection is read and the connection reset. */
    public static FaultScript resetSecondRequest() {
        return EMPTY.readRequest().answer("ok").readRequest().reset();
    }

    /** Reads the first bytes of a handshake, answers with the fatal alert {@code handshake_failure}, ends. */
    public static FaultScript failHandshake() {
        return EMPTY.inClear().read(5).write(new byte[] {21, 3, 3, 0, 2, 2, 40}).cut();
    }

    /** Reads the first bytes of a handshake and resets the connection. */
    public static FaultScript resetHandshake() {
        return EMPTY.inClear().read(5).reset();
    }

    /** Reads what the client says and never answers, in clear or in a handshake. */
    public static FaultScript stallHandshake() {
        return EMPTY.inClear().drain();
    }

    /** Answers a handshake in clear text, as a server does whose port was mistaken. */
    public static FaultScript plainAnswerToHandshake() {
        return EMPTY.inClear()
                .read(5)
                .write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                .cut();
    }

    /** True when a TLS server leaves the handshake, or that there is none, to the script. */
    boolean handshakesItself() {
        return steps.stream()
                .anyMatch(step -> step instanceof FaultStep.Handshake || step instanceof FaultStep.InClear);
    }

    void play(FaultConnection connection) throws IOException, InterruptedException {
        for (FaultStep step : steps) {
            if (!connection.goesOn()) {
                return;
            }
            step.play(connection);
        }
    }

    private FaultScript then(FaultStep step) {
        var all = new ArrayList<>(steps);
        all.add(step);
        return new FaultScript(List.copyOf(all));
    }
}
