package dev.onrush.http;

import java.nio.charset.Charset;

import dev.onrush.core.Require;

/** A body of text. */
public final class StringResponseBody extends ResponseBody {
    /** @param charset for its bytes */
    public StringResponseBody(String text, Charset charset) {
        super(dev.onrush.core.check.ResponseBody.of(
                Require.notNull("StringResponseBody: text", text)
                        .getBytes(Require.notNull("StringResponseBody: charset", charset)),
                charset));
    }
}
