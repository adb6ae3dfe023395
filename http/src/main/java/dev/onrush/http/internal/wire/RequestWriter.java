package dev.onrush.http.internal.wire;

import java.nio.ByteBuffer;

import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.NHttpMessageWriter;
import org.apache.hc.core5.http.nio.SessionOutputBuffer;

/** Writes heads of requests, whose bytes are known. Without state: one for all connections. */
final class RequestWriter implements NHttpMessageWriter<HttpRequest> {
    static final RequestWriter INSTANCE = new RequestWriter();

    private RequestWriter() {}

    @Override
    public void reset() {}

    @Override
    public void write(HttpRequest head, SessionOutputBuffer buffer) {
        buffer.write(ByteBuffer.wrap(((WireRequest.Head) head).bytes()));
    }
}
