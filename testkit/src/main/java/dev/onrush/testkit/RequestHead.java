package dev.onrush.testkit;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** The request line and headers of one request. */
record RequestHead(String method, String target, String version, HeaderList headers) {
    /** Reads a head up to its empty line; null when it is none. */
    static @Nullable RequestHead parse(String text) {
        int end = text.indexOf('\n');
        String[] words = text.substring(0, end).strip().split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.") || words[0].isEmpty() || words[1].isEmpty()) {
            return null;
        }
        var headers = new HeaderList();
        for (int from = end + 1; from < text.length(); from = end + 1) {
            end = text.indexOf('\n', from);
            if (end < 0) {
                break;
            }
            int colon = text.indexOf(':', from);
            if (colon > from && colon < end) {
                headers.add(
                        text.substring(from, colon),
                        text.substring(colon + 1, end).strip());
            } else if (!text.substring(from, end).isBlank()) {
                return null;
            }
        }
        return new RequestHead(words[0], words[1], words[2], headers);
    }

    static String pathOf(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    boolean chunked() {
        String coding = headers.first("Transfer-Encoding");
        return coding != null && coding.toLowerCase(Locale.ROOT).endsWith("chunked");
    }

    /** The announced length of the body; 0 when none is announced, -1 when it is no number. */
    long contentLength() {
        String length = headers.first("Content-Length");
        if (length == null) {
            return 0;
        }
        try {
            return Math.max(-1, Long.parseLong(length));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    boolean expectsContinue() {
        return "100-continue".equalsIgnoreCase(headers.first("Expect"));
    }

    boolean keepAlive() {
        String connection = headers.first("Connection");
        if (version.equals("HTTP/1.0")) {
            return "keep-alive".equalsIgnoreCase(connection);
        }
        return connection == null || !connection.toLowerCase(Locale.ROOT).contains("close");
    }
}
