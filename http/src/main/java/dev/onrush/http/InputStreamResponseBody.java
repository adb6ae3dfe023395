package dev.onrush.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

import dev.onrush.core.Require;

/** A body from a stream, which is read to its end and closed at once. */
public final class InputStreamResponseBody extends ResponseBody {
    /** @param charset of its text, if it is one */
    public InputStreamResponseBody(InputStream stream, Charset charset) {
        super(dev.onrush.core.check.ResponseBody.of(
                read(Require.notNull("InputStreamResponseBody: stream", stream)),
                Require.notNull("InputStreamResponseBody: charset", charset)));
    }

    private static byte[] read(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
