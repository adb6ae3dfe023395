package dev.onrush.http.internal.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.http.internal.wire.WireRequest;

/**
 * What one user need not ask for again, as a browser's cache has it (RFC 9111): answers to GET that are fresh, what proves others
 * unchanged, and where permanent redirects lead. Bodies are not kept: nobody looks at them. For whoever runs the user.
 */
final class HttpCache {
    /** The reason under which requests count that were not sent. */
    static final String SERVED = "cache.served";

    private static final long SECOND = 1_000_000_000L;
    /** Longer means for ever. */
    private static final long MOST_SECONDS = 1L << 31;

    private final Map<Url, StoredAnswer> entries;

    /** @param most beyond it the one not used for longest goes */
    HttpCache(int most) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Url, StoredAnswer> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * What is known of a URL.
     *
     * @param freshUntilNanos since the run began
     * @param tag null: none, as is {@code modified}
     * @param movedTo null: it has not moved
     * @param varying names and values of the request's headers it was chosen by
     * @param resources found on it, if it is a page
     */
    private record StoredAnswer(
            long freshUntilNanos,
            @Nullable String tag,
            @Nullable String modified,
            @Nullable Url movedTo,
            List<Varying> varying,
            List<Url> resources) {
        boolean fits(WireRequest request) {
            for (Varying each : varying) {
                if (!Objects.equals(each.value(), value(request, each.name()))) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Varying(String name, @Nullable String value) {}

    /** Whether a request for that URL is another than it would be without a cache. */
    boolean knows(Url url) {
        return entries.containsKey(url);
    }

    /** Where that URL has moved to for good, in as many hops as it takes; itself if it has not. */
    Url moved(Url from, int mostHops) {
        Url to = from;
        for (int i = 0; i < mostHops; i++) {
            StoredAnswer known = entries.get(to);
            Url next = known == null ? null : known.movedTo();
            if (next == null) {
                return to;
            }
            to = next;
        }
        return from; // in a circle: to be seen by who asks
    }

    /** That request, which asks whether what is known still holds; null if the answer is known. */
    @Nullable
    WireRequest asking(String recordedAs, Url url, WireRequest request, long nowNanos) {
        StoredAnswer known = entry(url, request);
        if (known == null || isReload(request)) {
            return request;
        }
        return known.freshUntilNanos() > nowNanos
                ? null
                : OutgoingRequest.of(recordedAs, url, request)
                        .withOwn("If-None-Match", known.tag())
                        .withOwn("If-Modified-Since", known.modified())
                        .wire();
    }

    /** What is known that may serve that request; null: nothing. */
    private @Nullable StoredAnswer entry(Url url, WireRequest request) {
        if (!request.method().equals("GET")) {
            return null;
        }
        StoredAnswer known = entries.get(url);
        return known == null || known.movedTo() != null || !known.fits(request) ? null : known;
    }

    /** What was found on the page of that URL when it was last seen. */
    List<Url> resources(Url page) {
        StoredAnswer known = entries.get(page);
        return known == null ? List.of() : known.resources();
    }

    /** What was found on a page: kept if the page is. */
    void learn(Url page, List<Url> found, SharedResources shared) {
        StoredAnswer known = entries.get(page);
        if (known != null && known.movedTo() == null) {
            entries.put(
                    page,
                    new StoredAnswer(
                            known.freshUntilNanos(),
                            known.tag(),
                            known.modified(),
                            null,
                            known.varying(),
                            shared.shared(found)));
        }
    }

    /** Whether the author wants to be served by the server. */
    private static boolean isReload(WireRequest request) {
        String control = lower(value(request, "Cache-Control"));
        return control.contains("no-cache")
                || control.contains("no-store")
                || control.contains("max-age=0")
                || lower(value(request, "Pragma")).contains("no-cache");
    }

    /** Whether there is something to remember, or to forget, so that a user without a cache needs none. */
    static boolean matters(HttpResponse response) {
        return response.getCode() == 301
                || response.getCode() == 308
                || response.containsHeader("ETag")
                || response.containsHeader("Last-Modified")
                || response.containsHeader("Expires")
                || response.containsHeader("Cache-Control");
    }

    /** Learns from an answer. */
    void learn(Url url, WireRequest request, HttpResponse response, long nowNanos) {
        int status = response.getCode();
        if (!request.method().equals("GET")) {
            boolean isSafe = request.method().equals("HEAD")
                    || request.method().equals("OPTIONS")
                    || request.method().equals("QUERY");
            if (!isSafe && status < 400) {
                entries.remove(url);
            }
            return;
        }
        if (status == 304) {
            StoredAnswer known = entries.get(url);
            if (known != null) {
                keep(url, request, response, nowNanos, known);
            }
        } else if (status == 200) {
            keep(url, request, response, nowNanos, null);
        } else if (status == 301 || status == 308) {
            Redirects.Way way = Redirects.way(response, url);
            if (way.url() != null && !control(response).contains("no-store")) {
                entries.put(url, new StoredAnswer(0, null, null, way.url(), List.of(), List.of()));
            }
        }
    }

    private void keep(
            Url url, WireRequest request, HttpResponse response, long nowNanos, @Nullable StoredAnswer before) {
        String control = control(response);
        List<Varying> varying = varying(request, response);
        if (control.contains("no-store") || varying == null) {
            entries.remove(url);
            return;
        }
        String tag = value(response, "ETag");
        String modified = value(response, "Last-Modified");
        if (before != null) {
            tag = tag == null ? before.tag() : tag;
            modified = modified == null ? before.modified() : modified;
        }
        long freshSeconds = freshSeconds(response, control);
        if (freshSeconds <= 0 && tag == null && modified == null) {
            entries.remove(url);
            return;
        }
        long until = freshSeconds <= 0 ? Long.MIN_VALUE : nowNanos + Math.min(freshSeconds, MOST_SECONDS) * SECOND;
        List<Url> resources = before == null ? List.of() : before.resources();
        entries.put(url, new StoredAnswer(until, tag, modified, null, varying, resources));
    }

    /** Null if nobody can tell what it varies by. */
    private static @Nullable List<Varying> varying(WireRequest request, HttpResponse response) {
        List<Varying> all = new ArrayList<>(0);
        for (Iterator<Header> each = response.headerIterator("Vary"); each.hasNext(); ) {
            for (String name : lower(each.next().getValue()).split(",", -1)) {
                if (name.trim().equals("*")) {
                    return null;
                }
                if (!name.isBlank()) {
                    all.add(new Varying(name.trim(), value(request, name.trim())));
                }
            }
        }
        return all;
    }

    private static long freshSeconds(HttpResponse response, String control) {
        if (control.contains("no-cache")) {
            return 0;
        }
        if (control.isEmpty() && lower(value(response, "Pragma")).contains("no-cache")) {
            return 0;
        }
        for (String directive : control.split(",", -1)) {
            String text = directive.trim();
            if (text.startsWith("max-age=")) {
                return whole(text.substring("max-age=".length()).replace("\"", "")) - whole(value(response, "Age"));
            }
        }
        String expires = value(response, "Expires");
        if (expires == null) {
            return 0;
        }
        Instant until = date(expires);
        Instant made = date(value(response, "Date"));
        return until == null ? 0 : until.getEpochSecond() - (made == null ? Instant.now() : made).getEpochSecond();
    }

    private static long whole(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static @Nullable Instant date(@Nullable String text) {
        try {
            return text == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.trim()));
        } catch (DateTimeException e) {
            return null; // such as 0, which means: gone already
        }
    }

    private static String control(HttpResponse response) {
        StringBuilder all = new StringBuilder();
        for (Iterator<Header> each = response.headerIterator("Cache-Control"); each.hasNext(); ) {
            all.append(all.length() == 0 ? "" : ",").append(lower(each.next().getValue()));
        }
        return all.toString();
    }

    private static @Nullable String value(HttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private static @Nullable String value(WireRequest request, String name) {
        for (Header header : request.headers()) {
            if (header.getName().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
