package dev.onrush.http.internal.request;

import java.net.URI;
import java.util.Locale;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.http.internal.wire.Failure;

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

    private static Way no(String errorClass, String message) {
        return new Way(null, new Failure(errorClass, message));
    }
}
