package dev.onrush.http;

/** The body of a response that has none. */
public final class NoResponseBody extends ResponseBody {
    public static final NoResponseBody INSTANCE = new NoResponseBody();

    private NoResponseBody() {
        super(dev.onrush.core.check.ResponseBody.EMPTY);
    }
}
