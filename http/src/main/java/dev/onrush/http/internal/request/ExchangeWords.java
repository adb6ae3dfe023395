package dev.onrush.http.internal.request;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.ResponseBody;
import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.http.internal.wire.WireRequest;

/** An exchange in words, for people. */
final class ExchangeWords {
    /** Bytes of a body that are shown. */
    private static final int LONGEST = 16 * 1024;
    /** One character in so many, and a few besides, may be none before a body is no text. */
    private static final int ODD = 20;

    private static final int FEW = 4;

    private ExchangeWords() {}

    /**
     * @param url null, as is the request, if it never came to be
     * @param head null: no answer
     * @param body as it came, still coded
     */
    static ExchangeText of(
            @Nullable Url url,
            @Nullable WireRequest request,
            @Nullable HttpResponse head,
            byte[] body,
            long bodyLimitBytes) {
        String method = request == null ? "" : request.method();
        String target = url == null ? "" : url.toString();
        String requestHead = request == null ? "" : lines(request.headers());
        byte[] sent = request == null ? null : request.body();
        String requestBody = sent == null ? "" : text(sent, StandardCharsets.UTF_8);
        if (head == null) {
            return new ExchangeText(method, target, requestHead, requestBody, "", "");
        }
        List<Header> headers = Arrays.asList(head.getHeaders());
        String phrase = head.getReasonPhrase() == null ? "" : " " + head.getReasonPhrase();
        String responseHead = "HTTP/1.1 " + head.getCode() + phrase + (headers.isEmpty() ? "" : "\n" + lines(headers));
        return new ExchangeText(
                method, target, requestHead, requestBody, responseHead, decoded(head, body, bodyLimitBytes));
    }

    private static String lines(List<? extends Header> headers) {
        return headers.stream()
                .map(header -> header.getName() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String decoded(HttpResponse head, byte[] body, long limitBytes) {
        try {
            ResponseBody plain = BodyDecoder.decode(body, head, limitBytes);
            return text(plain.bytes(), plain.charset());
        } catch (BodyException e) {
            return "(" + body.length + " bytes: " + e.failure().message() + ")";
        }
    }

    static String text(byte[] bytes, Charset charset) {
        boolean isLong = bytes.length > LONGEST;
        String text = new String(bytes, 0, Math.min(LONGEST, bytes.length), charset);
        long odd = text.chars()
                .filter(c -> c == '\uFFFD' || Character.isISOControl(c) && !Character.isWhitespace(c))
                .count();
        if (odd > FEW + text.length() / ODD) {
            return "(" + bytes.length + " bytes, no text)";
        }
        return isLong ? text + "… (" + bytes.length + " bytes in all)" : text;
    }
}
