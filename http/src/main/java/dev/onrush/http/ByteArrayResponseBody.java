package dev.onrush.http;

import java.nio.charset.Charset;

import dev.onrush.core.Require;

/** A body of bytes. */
public final class ByteArrayResponseBody extends ResponseBody {
    /** @param charset of its text, if it is one */
    public ByteArrayResponseBody(byte[] bytes, Charset charset) {
        this(dev.onrush.core.check.ResponseBody.of(
                Require.notNull("ByteArrayResponseBody: bytes", bytes),
                Require.notNull("ByteArrayResponseBody: charset", charset)));
    }

    ByteArrayResponseBody(dev.onrush.core.check.ResponseBody content) {
        super(content);
    }
}
