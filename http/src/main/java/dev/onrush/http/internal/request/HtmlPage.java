package dev.onrush.http.internal.request;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

import dev.onrush.http.internal.wire.WireRequest;

/** Which responses are pages. */
final class HtmlPage {
    private HtmlPage() {}

    /** Whether a browser would now show this: no fetch of a script. */
    static boolean isShown(WireRequest asked, HttpResponse head) {
        return isHtml(head)
                && !asked.method().equals("HEAD")
                && asked.headers().stream().noneMatch(header -> header.getName().equalsIgnoreCase("X-Requested-With"));
    }

    private static boolean isHtml(HttpResponse head) {
        Header type = head.getFirstHeader("Content-Type");
        String value = type == null ? null : type.getValue();
        return value != null
                && (value.regionMatches(true, 0, "text/html", 0, 9)
                        || value.regionMatches(true, 0, "application/xhtml+xml", 0, 21));
    }
}
