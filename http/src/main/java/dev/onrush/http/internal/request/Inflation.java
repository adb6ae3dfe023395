package dev.onrush.http.internal.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.BodyFacts;
import dev.onrush.core.eventlog.ErrorClass;

/** Undoes gzip or deflate piece by piece, as {@link BodyDecoder} does it for a whole body. Nothing of the body is kept. */
final class Inflation {
    private static final int PIECE = 8192;
    /** A name and a comment of a gzip file are all that may be long at its head. */
    private static final int LONGEST_HEAD = 1 << 16;

    private static final int GZIP_HEAD = 10;

    private final boolean isGzip;
    private final long limitBytes;
    /** What came before the compressed data begin, as long as they have not. */
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    private @Nullable Inflater inflater;
    private long came;
    private long plainBytes;
    private long tailBytes;

    Inflation(boolean isGzip, long limitBytes) {
        this.isGzip = isGzip;
        this.limitBytes = limitBytes;
    }

    /** @throws BodyException it is damaged, something else, or a bomb; nothing more may be added */
    void add(ByteBuffer piece, BodyFacts facts) throws BodyException {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        came += bytes.length;
        int from = 0;
        Inflater running = inflater;
        if (running == null) {
            head.write(bytes, 0, bytes.length);
            bytes = head.toByteArray();
            from = isGzip ? endOfGzipHead(bytes) : bytes.length < 2 ? -1 : 0;
            if (from < 0) {
                return;
            }
            running = new Inflater(isGzip || !BodyDecoder.isWrapped(bytes));
            inflater = running;
        }
        if (running.finished()) {
            tailBytes += bytes.length;
            return;
        }
        running.setInput(bytes, from, bytes.length - from);
        try {
            inflate(running, facts);
        } catch (DataFormatException e) {
            throw failed(ErrorClass.BODY_DECODE, "compressed body is damaged: " + e.getMessage());
        }
    }

    private void inflate(Inflater running, BodyFacts facts) throws DataFormatException, BodyException {
        byte[] plain = new byte[PIECE];
        while (!running.finished()) {
            int count = running.inflate(plain);
            if (running.needsDictionary()) {
                throw failed(ErrorClass.BODY_DECODE, "compressed body is cut short");
            }
            if (count == 0 && running.needsInput()) {
                return;
            }
            plainBytes += count;
            facts.add(ByteBuffer.wrap(plain, 0, count));
            // A picture may well begin with a lot of white: below the limit all of it is awaited.
            if (plainBytes > limitBytes && BodyDecoder.isBomb(plainBytes, running.getBytesRead())) {
                throw failed(ErrorClass.BODY_BOMB, BodyDecoder.BOMB);
            }
        }
        tailBytes = running.getRemaining();
    }

    /** All has come. */
    void end() throws BodyException {
        if (came == 0) {
            return;
        }
        Inflater over = inflater;
        if (over == null || !over.finished()) {
            throw failed(ErrorClass.BODY_DECODE, "compressed body is cut short");
        }
        if (isGzip && tailBytes < BodyDecoder.GZIP_TAIL) {
            throw failed(ErrorClass.BODY_DECODE, "gzip body is cut short");
        }
        if (BodyDecoder.isBomb(plainBytes, came)) {
            throw failed(ErrorClass.BODY_BOMB, BodyDecoder.BOMB);
        }
        over.end();
    }

    private BodyException failed(String errorClass, String message) {
        Inflater running = inflater;
        if (running != null) {
            running.end();
        }
        return new BodyException(errorClass, message);
    }

    /** Where the compressed data begin; -1 if that has not come yet. */
    private int endOfGzipHead(byte[] bytes) throws BodyException {
        if (bytes.length < GZIP_HEAD) {
            return -1;
        }
        if (!BodyDecoder.isGzip(bytes)) {
            throw failed(ErrorClass.BODY_DECODE, "body is not gzip as its Content-Encoding says");
        }
        int flags = bytes[3];
        int at = GZIP_HEAD;
        if ((flags & 4) != 0) {
            at = at + 2 > bytes.length ? bytes.length + 1 : at + 2 + (bytes[at] & 0xff) + ((bytes[at + 1] & 0xff) << 8);
        }
        for (int text = 0; text < Integer.bitCount(flags & 0x18); text++) { // name, comment
            while (at < bytes.length && bytes[at] != 0) {
                at++;
            }
            at++;
        }
        at += (flags & 2) != 0 ? 2 : 0;
        if (at <= bytes.length) {
            return at;
        }
        if (bytes.length > LONGEST_HEAD) {
            throw failed(ErrorClass.BODY_DECODE, "gzip body has a head of more than " + LONGEST_HEAD + " bytes");
        }
        return -1;
    }
}
