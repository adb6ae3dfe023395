package dev.onrush.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;

/** A response's body, whole and without its content coding. Immutable: what it gives is not to be changed. */
public abstract sealed class ResponseBody
        permits ByteArrayResponseBody, InputStreamResponseBody, NoResponseBody, StringResponseBody {
    private final dev.onrush.core.check.ResponseBody content;

    ResponseBody(dev.onrush.core.check.ResponseBody content) {
        this.content = content;
    }

    final dev.onrush.core.check.ResponseBody content() {
        return content;
    }

    public final String string() {
        return content.string();
    }

    public final byte[] bytes() {
        return content.bytes();
    }

    public final char[] chars() {
        return content.string().toCharArray();
    }

    /** From its beginning. */
    public final InputStream stream() {
        return new ByteArrayInputStream(content.bytes());
    }

    /** In bytes. */
    public final int length() {
        return content.length();
    }

    public final Charset charset() {
        return content.charset();
    }

    @Override
    public final String toString() {
        return content.length() + " bytes";
    }
}
