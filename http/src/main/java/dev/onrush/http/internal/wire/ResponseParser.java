package dev.onrush.http.internal.wire;

import java.io.IOException;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseParser;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.apache.hc.core5.util.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Parses heads of responses on one connection; notices bytes nobody asked for, and tells where a head is wrong. By the rules of
 * HttpCore's own parser, which makes a buffer for every line: here a connection has one, and a header keeps no more than its text.
 */
final class ResponseParser extends DefaultHttpResponseParser<HttpResponse> {
    private static final String VERSION = "HTTP/1.1 ";
    private static final int AFTER_CODE = VERSION.length() + 3;
    private static final String TORN = "closed in the headers of the response";

    /** Of a line's buffer when it is made; it grows. */
    private static final int LINE_CHARS = 64;

    private final Http1Stream exchanges;
    private final HeadLimits limits;
    /** Of the head that is being parsed. */
    private long headBytes;

    private @Nullable SessionInputBuffer buffer;
    /** Whether nothing comes after what is parsed now. */
    private boolean isLast;

    private final CharArrayBuffer line = new CharArrayBuffer(LINE_CHARS);
    /** The header read before, which the next line may continue. */
    private @Nullable Header last;

    private @Nullable HttpResponse head;
    private int emptyLines;
    private int headers;

    ResponseParser(Http1Stream exchanges, HeadLimits limits, Http1Config config) {
        super(config, DefaultHttpResponseFactory.INSTANCE);
        this.exchanges = exchanges;
        this.limits = limits;
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
        if (source.hasData() && !exchanges.awaitsAnswer()) {
            exchanges.unexpectedBytes();
            throw new HttpException("bytes that belong to no request");
        }
        int before = source.length();
        try {
            HttpResponse complete = lines(source, isEnd);
            headBytes += before - source.length();
            if (headBytes > limits.bytes()) {
                throw limits.tooLarge();
            }
            return complete;
        } catch (MessageConstraintException | BadStatusLineException e) {
            throw e;
        } catch (HttpException e) {
            if (isEnd) {
                throw new ConnectionClosedException(TORN);
            }
            throw new BadHeaderException(e);
        }
    }

    @Override
    public void reset() {
        last = null;
        head = null;
        emptyLines = 0;
        headers = 0;
        headBytes = 0;
    }

    /** The head, if it is complete with these lines. */
    private @Nullable HttpResponse lines(SessionInputBuffer source, boolean isEnd) throws IOException, HttpException {
        while (nextLine(source, false)) {
            HttpResponse begun = head;
            if (begun == null) {
                head = begins();
            } else if (line.isEmpty()) {
                return begun;
            } else {
                header(begun);
            }
        }
        // HttpCore takes an end in the middle of a head for the head's end; but it tears it.
        if (isEnd && (head != null || nextLine(source, true) && begins() != null)) {
            throw new ConnectionClosedException(TORN);
        }
        return null;
    }

    /** @param isCut whether what has no line end is a line, too */
    private boolean nextLine(SessionInputBuffer source, boolean isCut) throws IOException {
        line.clear();
        boolean isComplete = source.readLine(line, isCut);
        int longest = limits.lineChars();
        if (line.length() > longest || !isComplete && source.length() > longest) {
            throw limits.lineTooLong();
        }
        return isComplete;
    }

    private @Nullable HttpResponse begins() throws HttpException, MessageConstraintException {
        if (!line.isEmpty()) {
            return createMessage(line);
        }
        if (++emptyLines >= HeadLimits.MOST_EMPTY_LINES) {
            throw limits.tooManyEmptyLines();
        }
        return null;
    }

    private void header(HttpResponse begun) throws HttpException, MessageConstraintException {
        if (headers >= limits.lines()) {
            throw limits.tooManyHeaders();
        }
        char first = line.charAt(0);
        Header before = last;
        Header read;
        if ((first == ' ' || first == '\t') && before != null) {
            read = continued(before);
            begun.removeHeader(before);
        } else {
            read = header();
            headers++;
        }
        begun.addHeader(read);
        last = read;
    }

    private Header header() throws ParseException {
        int colon = line.indexOf(':');
        if (colon <= 0 || Tokenizer.isWhitespace(line.charAt(colon - 1))) {
            throw new ParseException("a header without a name", line, 0, line.length());
        }
        return new BasicHeader(CommonHeaders.name(line, colon), line.substringTrimmed(colon + 1, line.length()));
    }

    private Header continued(Header before) throws MessageConstraintException {
        String value = before.getValue() + ' ' + line.substringTrimmed(0, line.length());
        if (before.getName().length() + value.length() > limits.lineChars()) {
            throw limits.lineTooLong();
        }
        return new BasicHeader(before.getName(), value);
    }

    /** The code of a status line as nearly all are; 0: to be looked at more closely. */
    private static int plainStatus(CharArrayBuffer text) {
        int length = text.length();
        if (length < AFTER_CODE || length > AFTER_CODE && text.charAt(AFTER_CODE) != ' ') {
            return 0;
        }
        for (int i = 0; i < VERSION.length(); i++) {
            if (text.charAt(i) != VERSION.charAt(i)) {
                return 0;
            }
        }
        int code = 0;
        for (int i = VERSION.length(); i < AFTER_CODE; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            code = code * 10 + digit;
        }
        return code;
    }

    @Override
    protected HttpResponse createMessage(CharArrayBuffer text) throws HttpException {
        int code = plainStatus(text);
        if (code > 0) {
            String reason = text.substringTrimmed(AFTER_CODE, text.length());
            HttpResponse plain = DefaultHttpResponseFactory.INSTANCE.newHttpResponse(code, reason);
            plain.setVersion(HttpVersion.HTTP_1_1);
            return plain;
        }
        try {
            return super.createMessage(text);
        } catch (IllegalArgumentException e) {
            throw new BadStatusLineException(e); // status 000
        } catch (HttpException e) {
            if (isLast && text.length() > 0 && VERSION.startsWith(text.substring(0, Math.min(9, text.length())))) {
                throw e; // torn, not wrong
            }
            throw new BadStatusLineException(e);
        }
    }
}
