package dev.onrush.http.internal.wire;

import java.io.IOException;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseParser;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Parses heads of responses on one connection; notices bytes nobody asked for, and tells where a head is wrong. */
final class ResponseParser extends DefaultHttpResponseParser<HttpResponse> {
    private static final String VERSION = "HTTP/1.1 ";
    private static final int AFTER_CODE = VERSION.length() + 3;

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

    /** The code of a status line as nearly all are; 0: to be looked at more closely. */
    private static int plainStatus(CharArrayBuffer line) {
        int length = line.length();
        if (length < AFTER_CODE || length > AFTER_CODE && line.charAt(AFTER_CODE) != ' ') {
            return 0;
        }
        for (int i = 0; i < VERSION.length(); i++) {
            if (line.charAt(i) != VERSION.charAt(i)) {
                return 0;
            }
        }
        int code = 0;
        for (int i = VERSION.length(); i < AFTER_CODE; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            code = code * 10 + digit;
        }
        return code;
    }

    @Override
    protected HttpResponse createMessage(CharArrayBuffer line) throws HttpException {
        int code = plainStatus(line);
        if (code > 0) {
            String reason = line.substringTrimmed(AFTER_CODE, line.length());
            HttpResponse head = DefaultHttpResponseFactory.INSTANCE.newHttpResponse(code, reason);
            head.setVersion(HttpVersion.HTTP_1_1);
            return head;
        }
        try {
            return super.createMessage(line);
        } catch (HttpException e) {
            if (isLast && line.length() > 0 && VERSION.startsWith(line.substring(0, Math.min(9, line.length())))) {
                throw e; // torn, not wrong
            }
            throw new BadStatusLineException(e);
        }
    }
}
