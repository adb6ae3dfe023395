package dev.onrush.http.internal.wire;

import java.io.IOException;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseParser;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Parses heads of responses on one connection; notices bytes nobody asked for, and tells where a head is wrong. */
final class ResponseParser extends DefaultHttpResponseParser<HttpResponse> {
    private final HttpConnection connection;
    private @Nullable SessionInputBuffer buffer;
    /** Whether nothing comes after what is parsed now. */
    private boolean isLast;

    ResponseParser(HttpConnection connection, Http1Config limits) {
        super(limits, DefaultHttpResponseFactory.INSTANCE);
        this.connection = connection;
    }

    /** Whether bytes have been read beyond what was parsed. */
    boolean hasLeftOver() {
        SessionInputBuffer mine = buffer;
        return mine != null && mine.hasData();
    }

    @Override
    public @Nullable HttpResponse parse(SessionInputBuffer source, boolean isEnd) throws IOException, HttpException {
        buffer = source;
        isLast = isEnd;
        if (source.hasData() && !connection.awaitsAnswer()) {
            connection.unexpectedBytes();
            throw new HttpException("bytes that belong to no request");
        }
        try {
            return super.parse(source, isEnd);
        } catch (MessageConstraintException | BadStatusLineException e) {
            throw e;
        } catch (HttpException e) {
            if (isEnd) {
                throw new ConnectionClosedException("closed in the headers of the response");
            }
            throw new BadHeaderException(e);
        }
    }

    @Override
    protected HttpResponse createMessage(CharArrayBuffer line) throws HttpException {
        try {
            return super.createMessage(line);
        } catch (HttpException e) {
            if (isLast && line.length() > 0 && "HTTP/1.1 ".startsWith(line.substring(0, Math.min(9, line.length())))) {
                throw e; // torn, not wrong
            }
            throw new BadStatusLineException(e);
        }
    }
}
