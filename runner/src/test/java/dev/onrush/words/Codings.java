package dev.onrush.words;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.airlift.compress.zstd.ZstdCompressor;

/** Content codings, as a server applies them. */
final class Codings {
    private Codings() {}

    static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] deflate(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new DeflaterOutputStream(bytes)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Stored as it is, as the format allows (RFC 7932, section 9.2): there is no encoder for Java without native code. */
    static byte[] br(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        int window = 0xb; // 22 bits, in front of the first block only
        for (int from = 0; from < plain.length; from += 1 << 16) {
            int length = Math.min(1 << 16, plain.length - from);
            int shift = from == 0 ? 4 : 0;
            int head = (from == 0 ? window : 0) | (length - 1) << 3 + shift | 1 << 19 + shift;
            bytes.write(head);
            bytes.write(head >> 8);
            bytes.write(head >> 16);
            bytes.write(plain, from, length);
        }
        bytes.write(3); // the last block, empty
        return bytes.toByteArray();
    }

    static byte[] zstd(byte[] plain) {
        var encoder = new ZstdCompressor();
        byte[] room = new byte[encoder.maxCompressedLength(plain.length)];
        int length = encoder.compress(plain, 0, plain.length, room, 0, room.length);
        return Arrays.copyOf(room, length);
    }
}
