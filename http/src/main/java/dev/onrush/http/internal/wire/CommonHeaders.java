package dev.onrush.http.internal.wire;

import java.util.Arrays;

import org.apache.hc.core5.util.CharArrayBuffer;

/** Names of headers that nearly every response has: known by their characters, so that no text is made for them. */
final class CommonHeaders {
    private static final String[] KNOWN = {
        "Content-Length", "content-length", "Content-Type", "content-type", "Connection", "connection", "Date", "date",
        "Server", "server", "Transfer-Encoding", "transfer-encoding", "Cache-Control", "cache-control", "ETag", "etag",
        "Keep-Alive", "Vary", "vary", "Location", "location", "Set-Cookie", "set-cookie", "Content-Encoding",
        "content-encoding", "Last-Modified", "last-modified", "Accept-Ranges", "Expires", "X-Request-Id"
    };
    private static final int LONGEST = 17;
    private static final String[][] BY_LENGTH = byLength();

    private CommonHeaders() {}

    private static String[][] byLength() {
        String[][] names = new String[LONGEST + 1][];
        for (int length = 0; length <= LONGEST; length++) {
            int wanted = length;
            names[length] =
                    Arrays.stream(KNOWN).filter(name -> name.length() == wanted).toArray(String[]::new);
        }
        return names;
    }

    /** The name before that colon, without blanks around it. */
    static String name(CharArrayBuffer line, int colon) {
        if (colon <= LONGEST) {
            for (String known : BY_LENGTH[colon]) {
                if (isAt(line, known)) {
                    return known;
                }
            }
        }
        return line.substringTrimmed(0, colon);
    }

    private static boolean isAt(CharArrayBuffer line, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (line.charAt(i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
