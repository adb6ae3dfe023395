package dev.onrush.core.check;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A response's body, whole and decoded from its content coding. Text and JSON are made when first asked for, once for all checks.
 * Used by one thread at a time.
 */
public final class ResponseBody {
    public static final ResponseBody EMPTY = new ResponseBody(new byte[0], StandardCharsets.UTF_8);

    private final byte[] bytes;
    private final Charset charset;
    private @Nullable String string;
    private @Nullable JsonNode json;

    private ResponseBody(byte[] bytes, Charset charset) {
        this.bytes = bytes;
        this.charset = charset;
    }

    /** @param bytes kept, not copied: nobody may change them any more */
    public static ResponseBody of(byte[] bytes, Charset charset) {
        return bytes.length == 0 ? EMPTY : new ResponseBody(bytes, charset);
    }

    /** A text in UTF-8. */
    public static ResponseBody of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The bytes themselves, not a copy: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /** What the response said, else UTF-8. */
    public Charset charset() {
        return charset;
    }

    public String string() {
        String text = string;
        if (text == null) {
            text = bytes.length == 0 ? "" : new String(bytes, charset);
            string = text;
        }
        return text;
    }

    /** @throws UnreadableBodyException if it is no JSON, or goes beyond the limits for depth and length of numbers */
    public JsonNode json() {
        JsonNode root = json;
        if (root == null) {
            root = Json.parse(this);
            json = root;
        }
        return root;
    }
}
