package dev.onrush.core.check;

/** A response with a body in UTF-8. */
record TextResponse(ResponseBody body, long responseTimeMillis) implements CheckedResponse {
    static TextResponse of(String body) {
        return new TextResponse(ResponseBody.of(body), 12);
    }
}
