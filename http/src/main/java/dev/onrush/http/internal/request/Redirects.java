package dev.onrush.http.internal.request;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.http.internal.wire.Failure;
import dev.onrush.http.internal.wire.WireRequest;

/** The rules by which a response leads on to another request. */
final class Redirects {
    private Redirects() {}

    /** Whether it wants to lead on: one of the five statuses, and a place to go. */
    static boolean leadsOn(HttpResponse response) {
        return switch (response.getCode()) {
            case 301, 302, 303, 307, 308 -> response.containsHeader("Location");
            default -> false;
        };
    }

    /**
     * Whether the next request is a GET without a body.
     *
     * @param isStrict302 whether 302 keeps the method
     */
    static boolean becomesGet(int status, String method, boolean isStrict302) {
        boolean isSafe = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
        return switch (status) {
            case 301, 303 -> !isSafe;
            case 302 -> !isSafe && !isStrict302;
            default -> false;
        };
    }

    /** Where to, or why not; one of the two. */
    record Way(@Nullable Url url, @Nullable Failure failure) {}

    static Way way(HttpResponse response, Url from) {
        Header header = response.getFirstHeader("Location");
        String location = header == null || header.getValue() == null ? "" : header.getValue();
        URI resolved = from.resolve(location);
        if (resolved == null) {
            return no(ErrorClass.REDIRECT_INVALID, "redirect to a place that is no URL");
        }
        String scheme = resolved.getScheme() == null ? "" : resolved.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return no(ErrorClass.REDIRECT_SCHEME, "redirect to the scheme " + scheme);
        }
        if (from.origin().secure() && scheme.equals("http")) {
            return no(
                    ErrorClass.REDIRECT_NOT_ALLOWED,
                    "redirect from https to http. Ask for " + from.origin().host() + " by http:// if that is meant.");
        }
        try {
            return new Way(Url.parse(resolved.toString()), null);
        } catch (BadUrlException e) {
            return no(ErrorClass.REDIRECT_INVALID, "redirect to a place that is no URL");
        }
    }

    /**
     * The request that follows another one.
     *
     * @param before not signed
     * @param isGet whether it becomes a GET without a body
     * @param isHome whether it goes to the server that was asked first
     * @param tellsOrigin whether the header {@code Origin} was not the author's
     * @param cookies null: none
     */
    static WireRequest follow(
            WireRequest before, Url to, boolean isGet, boolean isHome, boolean tellsOrigin, @Nullable String cookies) {
        List<Header> headers = new ArrayList<>();
        for (Header header : before.headers()) {
            boolean isOurOrigin = tellsOrigin && header.getName().equals("Origin");
            if (survives(header.getName(), isGet, isHome) && !(isGet && isOurOrigin)) {
                headers.add(header);
            }
        }
        if (cookies != null) {
            headers.add(HeaderField.header("Cookie", cookies));
        }
        return new WireRequest(
                isGet ? "GET" : before.method(), to.origin(), to.target(), headers, isGet ? null : before.body());
    }

    private static boolean survives(String header, boolean isGet, boolean isHome) {
        return switch (header.toLowerCase(Locale.ROOT)) {
            case "host", "content-length", "cookie" -> false;
            case "authorization", "proxy-authorization" -> isHome;
            case "content-type", "content-encoding", "content-language", "content-location" -> !isGet;
            default -> true;
        };
    }

    private static Way no(String errorClass, String message) {
        return new Way(null, new Failure(errorClass, message));
    }
}
