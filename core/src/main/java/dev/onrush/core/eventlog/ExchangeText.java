package dev.onrush.core.eventlog;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

import dev.onrush.core.Secrets;

/**
 * One exchange in words, whatever the protocol. Parts that there were not are empty.
 *
 * @param method what was asked, such as {@code GET}
 * @param target whom and what for, such as a URL
 * @param requestHead one line for each header sent
 * @param requestBody as text, or in words if it is none
 * @param responseHead the line with the status, then one line for each header
 * @param responseBody as text, or in words if it is none
 */
public record ExchangeText(
        String method,
        String target,
        String requestHead,
        String requestBody,
        String responseHead,
        String responseBody) {
    static final int TEXTS = 6;
    /** Bytes in UTF-8 that the log keeps of each text. */
    static final int KEPT_BYTES = 2048;

    /** A copy without secrets. */
    public ExchangeText masked(Secrets secrets) {
        return new ExchangeText(
                secrets.mask(method),
                secrets.mask(target),
                secrets.mask(requestHead),
                secrets.mask(requestBody),
                secrets.mask(responseHead),
                secrets.mask(responseBody));
    }

    /** As the log keeps them: masked first and cut then, so that no part of a secret is left. */
    byte[][] inLog(Secrets secrets) {
        ExchangeText masked = masked(secrets);
        return new byte[][] {
            kept(masked.method),
            kept(masked.target),
            kept(masked.requestHead),
            kept(masked.requestBody),
            kept(masked.responseHead),
            kept(masked.responseBody)
        };
    }

    private static byte[] kept(String text) {
        String sound = LogText.of(text, KEPT_BYTES + 1); // a character has at least one byte
        byte[] whole = LogFormat.utf8(sound);
        if (whole.length <= KEPT_BYTES) {
            return whole;
        }
        byte[] end = LogFormat.utf8("…");
        ByteBuffer kept = ByteBuffer.allocate(KEPT_BYTES);
        kept.limit(KEPT_BYTES - end.length);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(sound), kept, true); // stops at a whole character
        kept.limit(KEPT_BYTES);
        kept.put(end);
        byte[] bytes = new byte[kept.position()];
        kept.flip().get(bytes);
        return bytes;
    }
}
