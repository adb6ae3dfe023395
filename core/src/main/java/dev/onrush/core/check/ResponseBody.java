package dev.onrush.core.check;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A response's body, decoded from its content coding: whole, or only what was told of it while it came. Text, JSON, HTML and XML are
 * made when first asked for, once for all checks. Used by one thread at a time.
 */
public final class ResponseBody {
    public static final ResponseBody EMPTY = new ResponseBody(new byte[0], StandardCharsets.UTF_8, null);

    private final byte[] bytes;
    private final Charset charset;
    private final @Nullable BodyFacts facts;
    private @Nullable String string;
    private @Nullable JsonNode json;
    private @Nullable JsonNode jsonp;
    private @Nullable Document html;
    private org.w3c.dom.@Nullable Document xml;

    private ResponseBody(byte[] bytes, Charset charset, @Nullable BodyFacts facts) {
        this.bytes = bytes;
        this.charset = charset;
        this.facts = facts;
    }

    /** @param bytes kept, not copied: nobody may change them any more */
    public static ResponseBody of(byte[] bytes, Charset charset) {
        return bytes.length == 0 ? EMPTY : new ResponseBody(bytes, charset, null);
    }

    /** A text in UTF-8. */
    public static ResponseBody of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** A body that was not kept: nothing but those facts can be asked of it. */
    public static ResponseBody of(BodyFacts facts) {
        return new ResponseBody(EMPTY.bytes, StandardCharsets.UTF_8, facts);
    }

    /** The bytes themselves, not a copy: not to be changed. */
    public byte[] bytes() {
        if (facts != null) {
            throw new IllegalStateException("the body was not kept, as no check was said to read it");
        }
        return bytes;
    }

    /** In bytes. */
    public int length() {
        return bytes().length;
    }

    /** What the response said, else UTF-8. */
    public Charset charset() {
        return charset;
    }

    /** @throws UnreadableBodyException the length of a body of 2 GiB or more */
    public Object fact(BodyFact fact) {
        BodyFacts told = facts;
        if (told == null) {
            told = new BodyFacts(Set.of(fact));
            told.add(ByteBuffer.wrap(bytes));
        }
        return told.of(fact);
    }

    public String string() {
        String text = string;
        if (text == null) {
            byte[] kept = bytes();
            text = kept.length == 0 ? "" : new String(kept, charset);
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

    /** The JSON that a script hands to a function, as in {@code show({"n": 1});}. */
    JsonNode jsonp() {
        JsonNode root = jsonp;
        if (root == null) {
            root = Json.parsePadded(string());
            jsonp = root;
        }
        return root;
    }

    /** As browsers read it, whatever it is. */
    Document html() {
        Document page = html;
        if (page == null) {
            page = Html.parse(string());
            html = this == EMPTY ? null : page; // which all threads share
        }
        return page;
    }

    /** @throws UnreadableBodyException if it is no XML, has a DOCTYPE or goes beyond the limits for depth */
    org.w3c.dom.Document xml() {
        org.w3c.dom.Document document = xml;
        if (document == null) {
            document = Xml.parse(this);
            xml = document;
        }
        return document;
    }
}
