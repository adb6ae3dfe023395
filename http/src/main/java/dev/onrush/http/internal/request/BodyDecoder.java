package dev.onrush.http.internal.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.airlift.compress.zstd.ZstdInputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.ResponseBody;
import dev.onrush.core.eventlog.ErrorClass;

/** Undoes the content codings of a body: gzip, deflate, br and zstd, each within limits. */
final class BodyDecoder {
    /** A body is a bomb if it is larger than this and … */
    private static final int BOMB_BYTES = 1 << 20;
    /** … so many times larger than what came. */
    private static final int BOMB_RATIO = 100;

    private static final int MOST_CODINGS = 5;
    private static final int GZIP_HEAD = 10;
    static final int GZIP_TAIL = 8;
    static final String BOMB = "body is over 1 MiB and over 100 times larger than what was sent";

    private BodyDecoder() {}

    /** @throws BodyException which class of failure it is */
    static ResponseBody decode(byte[] coded, HttpResponse response, long limitBytes) throws BodyException {
        if (coded.length == 0) {
            return ResponseBody.EMPTY;
        }
        byte[] bytes = coded;
        if (isCoded(response)) {
            bytes = undo(codings(response), coded, limitBytes);
        }
        return ResponseBody.of(bytes, charset(response));
    }

    private static boolean isCoded(HttpResponse response) {
        return response.containsHeader("Content-Encoding");
    }

    /** The coding of the body that follows, {@code identity} if it has none; null if it has several. */
    static @Nullable String onlyCoding(HttpResponse response) {
        String[] codings = isCoded(response) ? codings(response) : new String[] {""};
        String only = codings[0].trim();
        return codings.length > 1 ? null : only.isEmpty() ? "identity" : only;
    }

    /** Whether a body is much larger than what came of it. */
    static boolean isBomb(long plainBytes, long codedBytes) {
        return plainBytes > BOMB_BYTES && plainBytes / BOMB_RATIO > codedBytes;
    }

    static boolean isGzip(byte[] coded) {
        return coded.length >= GZIP_HEAD && (coded[0] & 0xff) == 0x1f && (coded[1] & 0xff) == 0x8b && coded[2] == 8;
    }

    /** Whether what calls itself deflate has the zlib wrapper; with or without are in use. */
    static boolean isWrapped(byte[] coded) {
        return coded.length >= 2 && (coded[0] & 0x0f) == 8 && (((coded[0] & 0xff) << 8) | (coded[1] & 0xff)) % 31 == 0;
    }

    /** In the order they were applied. */
    private static String[] codings(HttpResponse response) {
        StringBuilder all = new StringBuilder();
        for (Iterator<Header> each = response.headerIterator("Content-Encoding"); each.hasNext(); ) {
            all.append(all.length() == 0 ? "" : ",").append(each.next().getValue());
        }
        return all.toString().toLowerCase(Locale.ROOT).split(",", -1);
    }

    private static byte[] undo(String[] codings, byte[] coded, long limitBytes) throws BodyException {
        if (codings.length > MOST_CODINGS) {
            throw new BodyException(ErrorClass.BODY_DECODE, codings.length + " content codings, at most 5 are undone");
        }
        byte[] bytes = coded;
        for (int i = codings.length - 1; i >= 0; i--) {
            bytes = switch (codings[i].trim()) {
                case "gzip", "x-gzip" -> gunzip(bytes, limitBytes);
                case "deflate" -> inflate(bytes, limitBytes);
                case "br" -> unpack(bytes, BrotliInputStream::new, limitBytes);
                case "zstd" -> unpack(bytes, ZstdInputStream::new, limitBytes);
                case "identity", "" -> bytes;
                default ->
                    throw new BodyException(
                            ErrorClass.BODY_DECODE, "content coding " + codings[i].trim() + " is not known");
            };
        }
        return bytes;
    }

    private static byte[] gunzip(byte[] coded, long limitBytes) throws BodyException {
        int from = gzipHead(coded);
        Inflater inflater = new Inflater(true);
        try {
            byte[] plain = inflate(inflater, coded, from, limitBytes);
            if (inflater.getRemaining() < GZIP_TAIL) {
                throw new BodyException(ErrorClass.BODY_DECODE, "gzip body is cut short");
            }
            return plain;
        } finally {
            inflater.end();
        }
    }

    private static int gzipHead(byte[] coded) throws BodyException {
        if (!isGzip(coded)) {
            throw new BodyException(ErrorClass.BODY_DECODE, "body is not gzip as its Content-Encoding says");
        }
        int flags = coded[3];
        int at = GZIP_HEAD;
        if ((flags & 4) != 0 && at + 2 <= coded.length) {
            at += 2 + (coded[at] & 0xff) + ((coded[at + 1] & 0xff) << 8);
        }
        for (int text = 0; text < Integer.bitCount(flags & 0x18); text++) { // name, comment
            while (at < coded.length && coded[at] != 0) {
                at++;
            }
            at++;
        }
        return Math.min(coded.length, (flags & 2) != 0 ? at + 2 : at);
    }

    private static byte[] inflate(byte[] coded, long limitBytes) throws BodyException {
        Inflater inflater = new Inflater(!isWrapped(coded));
        try {
            return inflate(inflater, coded, 0, limitBytes);
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflate(Inflater inflater, byte[] coded, int from, long limitBytes) throws BodyException {
        inflater.setInput(coded, from, coded.length - from);
        Plain plain = new Plain(coded.length, limitBytes);
        try {
            while (!inflater.finished()) {
                plain.makeRoom();
                int more = inflater.inflate(plain.bytes, plain.length, plain.room());
                if (more == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new BodyException(ErrorClass.BODY_DECODE, "compressed body is cut short");
                }
                plain.added(more, inflater.getBytesRead());
            }
        } catch (DataFormatException e) {
            throw new BodyException(ErrorClass.BODY_DECODE, "compressed body is damaged: " + e.getMessage());
        }
        return plain.whole();
    }

    /** Opens a stream that undoes a coding. */
    private interface Opener {
        InputStream open(InputStream coded) throws IOException;
    }

    private static byte[] unpack(byte[] coded, Opener opener, long limitBytes) throws BodyException {
        ByteArrayInputStream source = new ByteArrayInputStream(coded);
        Plain plain = new Plain(coded.length, limitBytes);
        try (InputStream unpacked = opener.open(source)) {
            while (true) {
                plain.makeRoom();
                int more = unpacked.read(plain.bytes, plain.length, plain.room());
                if (more < 0) {
                    return plain.whole();
                }
                plain.added(more, coded.length - source.available());
            }
        } catch (IOException | RuntimeException e) { // these decoders throw whatever damage leads to
            throw new BodyException(ErrorClass.BODY_DECODE, "compressed body is damaged: " + e.getMessage());
        }
    }

    /** What has been undone so far: grows, up to the limit. */
    private static final class Plain {
        private final int codedLength;
        private final long limitBytes;
        private byte[] bytes;
        private int length;

        Plain(int codedLength, long limitBytes) {
            this.codedLength = codedLength;
            this.limitBytes = limitBytes;
            this.bytes = new byte[(int) Math.min(Math.max(1024L, 4L * codedLength), Math.max(1024, limitBytes))];
        }

        void makeRoom() {
            if (length == bytes.length) {
                // One byte more than the limit is enough to know.
                long most = Math.min(limitBytes + 1, Integer.MAX_VALUE - 8);
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, most));
            }
        }

        int room() {
            return bytes.length - length;
        }

        /** @param readBytes of the coded ones, so far */
        void added(int more, long readBytes) throws BodyException {
            length += more;
            boolean isOver = length > limitBytes;
            // What was read so far would suffice to tell, but a picture may well begin with a lot of white.
            long read = isOver ? readBytes : codedLength;
            if (isBomb(length, read)) {
                throw new BodyException(ErrorClass.BODY_BOMB, BOMB);
            }
            if (isOver) {
                throw new BodyException(ErrorClass.BODY_TOO_LARGE, "body larger than " + limitBytes + " bytes");
            }
        }

        byte[] whole() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }

    private static Charset charset(HttpResponse response) throws BodyException {
        Header type = response.getFirstHeader("Content-Type");
        String name = type == null ? null : parameter(type.getValue());
        if (name == null) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new BodyException(ErrorClass.BODY_CHARSET, "charset " + name + " is not known");
        }
    }

    private static @Nullable String parameter(@Nullable String type) {
        if (type == null) {
            return null;
        }
        int at = type.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return null;
        }
        int from = at + "charset=".length();
        int end = type.indexOf(';', from);
        String name = (end < 0 ? type.substring(from) : type.substring(from, end)).trim();
        if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        return name.isEmpty() ? null : name;
    }
}
