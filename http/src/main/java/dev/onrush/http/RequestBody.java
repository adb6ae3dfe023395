package dev.onrush.http;

/** What a request carries. Immutable. */
public final class RequestBody {
    private final byte[] bytes;

    RequestBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** As sent: not to be changed. */
    public byte[] getBytes() {
        return bytes;
    }
}
