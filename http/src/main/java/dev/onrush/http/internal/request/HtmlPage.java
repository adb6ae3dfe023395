package dev.onrush.http.internal.request;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.HtmlResources;
import dev.onrush.core.check.ResponseBody;
import dev.onrush.http.internal.wire.WireRequest;

/** Which responses are pages, and what is fetched with them. */
final class HtmlPage {
    /** Far more than an honest page has. */
    static final int MOST_RESOURCES = 500;

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

    /**
     * What a browser fetches to show that page: each once, in its order.
     *
     * @param warn is told if there is more than a user fetches
     */
    static List<Url> resources(Url page, ResponseBody body, ResourceFilter filter, Consumer<String> warn) {
        String written = HtmlResources.base(body);
        Url base = written == null ? null : lead(page, written);
        Url from = base == null ? page : base;
        Set<Url> found = new LinkedHashSet<>();
        HtmlResources.tell(body, reference -> {
            Url url = found.size() > MOST_RESOURCES ? null : lead(from, reference);
            if (url != null && !url.equals(page) && filter.admits(page, url)) {
                found.add(url);
            }
        });
        if (found.size() > MOST_RESOURCES) {
            warn.accept("A page has more than " + MOST_RESOURCES + " resources: the first " + MOST_RESOURCES
                    + " of a page are fetched.");
        }
        return found.stream().limit(MOST_RESOURCES).toList();
    }

    /** Null if that is nothing HTTP can fetch. */
    private static @Nullable Url lead(Url from, String reference) {
        String resolved = from.resolve(withoutBreaks(reference));
        if (resolved == null || !Url.isAbsolute(resolved)) {
            return null;
        }
        try {
            return Url.parse(resolved);
        } catch (BadUrlException e) {
            return null; // as in a browser
        }
    }

    /** Pages may break URLs into lines. */
    private static String withoutBreaks(String reference) {
        String text = reference;
        for (String each : new String[] {"\t", "\n", "\r"}) {
            text = text.replace(each, "");
        }
        return text;
    }
}
