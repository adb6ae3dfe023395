package dev.onrush.http.internal.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.client5.http.impl.cookie.RFC6265LaxSpec;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** One user's cookies, as RFC 6265 has them. For whoever runs the user. */
final class CookieJar {
    /** What RFC 6265 asks at least of a client, per domain and cookie; beyond it a server could fill our memory. */
    private static final int MOST_COOKIES = 300;

    private static final int LONGEST_COOKIE = 8 * 1024;
    /** Stateless. */
    private static final RFC6265LaxSpec RULES = new RFC6265LaxSpec();

    private final List<Cookie> cookies = new ArrayList<>(4);

    /**
     * Takes what a response sets.
     *
     * @return how many cookies were too many, too long or not to be sent back, and dropped
     */
    int store(HttpResponse response, Url url) {
        CookieOrigin origin = origin(url);
        int dropped = 0;
        for (Iterator<Header> all = response.headerIterator("Set-Cookie"); all.hasNext(); ) {
            Header header = all.next();
            String text = header.getValue();
            if (text == null || text.length() > LONGEST_COOKIE || hasControl(text)) {
                dropped++;
                continue;
            }
            try {
                for (Cookie cookie : RULES.parse(header, origin)) {
                    RULES.validate(cookie, origin);
                    if (!add(cookie)) {
                        dropped++;
                    }
                }
            } catch (MalformedCookieException e) {
                // RFC 6265 has it ignored
            }
        }
        return dropped;
    }

    /** Sent back it would spoil the requests that follow. */
    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127);
    }

    private boolean add(Cookie cookie) {
        cookies.removeIf(known -> isSame(known, cookie));
        if (cookie.isExpired(Instant.now())) {
            return true;
        }
        if (cookies.size() >= MOST_COOKIES) {
            return false;
        }
        cookies.add(cookie);
        return true;
    }

    private static boolean isSame(Cookie a, Cookie b) {
        return a.getName().equals(b.getName())
                && Objects.equals(lower(a.getDomain()), lower(b.getDomain()))
                && Objects.equals(path(a), path(b));
    }

    private static String path(Cookie cookie) {
        String path = cookie.getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** Sets one by hand. */
    void add(String name, String value, String domain, String path, @Nullable Long maxAgeSeconds, boolean isSecure) {
        BasicClientCookie cookie = new BasicClientCookie(name, value);
        String host = lower(domain);
        cookie.setDomain(host);
        cookie.setAttribute(Cookie.DOMAIN_ATTR, host);
        cookie.setPath(path);
        cookie.setSecure(isSecure);
        if (maxAgeSeconds != null) {
            cookie.setExpiryDate(Instant.now().plusSeconds(maxAgeSeconds));
        }
        add(cookie);
    }

    /** The value of the header {@code Cookie} for that URL; null if there is none to send. */
    @Nullable
    String headerFor(Url url) {
        if (cookies.isEmpty()) {
            return null;
        }
        List<Cookie> matching = matching(url);
        if (matching.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (Cookie cookie : matching) {
            if (text.length() > 0) {
                text.append("; ");
            }
            String value = cookie.getValue();
            text.append(cookie.getName()).append('=').append(value == null ? "" : value);
        }
        return text.toString();
    }

    private List<Cookie> matching(Url url) {
        CookieOrigin origin = origin(url);
        Instant now = Instant.now();
        cookies.removeIf(cookie -> cookie.isExpired(now));
        List<Cookie> matching = new ArrayList<>(cookies.size());
        for (Cookie cookie : cookies) {
            if (RULES.match(cookie, origin)) {
                matching.add(cookie);
            }
        }
        matching.sort(Comparator.comparingInt((Cookie cookie) -> path(cookie).length())
                .reversed()); // the sort is stable
        return matching;
    }

    /** Values of the cookies of that name, as far as domain, path and security are given. */
    List<String> values(String name, @Nullable String domain, @Nullable String path, @Nullable Boolean isSecure) {
        Instant now = Instant.now();
        cookies.removeIf(cookie -> cookie.isExpired(now));
        List<String> values = new ArrayList<>(1);
        for (Cookie cookie : cookies) {
            String its = lower(cookie.getDomain());
            if (cookie.getName().equals(name)
                    && (domain == null || isWithin(lower(domain), its))
                    && (path == null || path.equals(path(cookie)))
                    && (isSecure == null || isSecure == cookie.isSecure())) {
                String value = cookie.getValue();
                values.add(value == null ? "" : value);
            }
        }
        return values;
    }

    private static boolean isWithin(@Nullable String host, @Nullable String domain) {
        return host != null && domain != null && (host.equals(domain) || host.endsWith("." + domain));
    }

    void flushSession() {
        cookies.removeIf(cookie -> !cookie.isPersistent());
    }

    void flush() {
        cookies.clear();
    }

    private static CookieOrigin origin(Url url) {
        return new CookieOrigin(
                url.origin().host(),
                url.origin().port(),
                url.path(),
                url.origin().secure());
    }
}
