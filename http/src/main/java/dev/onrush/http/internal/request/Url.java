package dev.onrush.http.internal.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.onrush.http.internal.wire.Origin;

/**
 * An absolute {@code http} or {@code https} URL, ready to be sent: what may not stand in a URL is percent-encoded, what is
 * encoded already stays as it is; fragment and user info are gone.
 *
 * @param target path and query, begins with a slash
 */
public record Url(Origin origin, String target) {
    private static final String HEX = "0123456789ABCDEF";
    /** Characters that stand for themselves in a path or a query, besides letters and digits. */
    private static final String PLAIN = "-._~!$&'()*+,;=:@/?%[]";

    /** @throws BadUrlException what is wrong with it */
    public static Url parse(String text) {
        return parse(text, false);
    }

    /**
     * @param isRaw path and query stay as they are, whatever a server may make of them
     * @throws BadUrlException what is wrong with it
     */
    static Url parse(String text, boolean isRaw) {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new BadUrlException("URL must begin with http:// or https://, was " + quoted(text));
        }
        int from = colon + 3;
        int end = from;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String authority = text.substring(from, end);
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        boolean isSecure = scheme.equals("https");
        String host = authority;
        int port = isSecure ? 443 : 80;
        int portAt = authority.lastIndexOf(':');
        if (portAt >= 0 && portAt > authority.lastIndexOf(']')) {
            host = authority.substring(0, portAt);
            port = port(authority.substring(portAt + 1), text);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (!isHostName(host)) {
            throw new BadUrlException("URL has no valid host: " + quoted(text));
        }
        int fragment = text.indexOf('#', end);
        String rest = fragment < 0 ? text.substring(end) : text.substring(end, fragment);
        String target = rest.startsWith("/") ? rest : "/" + rest;
        return new Url(
                new Origin(isSecure, host.toLowerCase(Locale.ROOT), port), isRaw ? sendable(target) : encode(target));
    }

    /** Refuses what would end the request line, or cannot stand in it. */
    private static String sendable(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 127) {
                throw new BadUrlException("URL has a character that must be encoded (space, control character, or not"
                        + " ASCII), and disableUrlEncoding keeps it as it is: " + quoted(target));
            }
        }
        return target;
    }

    private static int port(String digits, String text) {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadUrlException("URL has no valid port: " + quoted(text));
    }

    private static boolean isHostName(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._".indexOf(c) >= 0)) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    public static boolean isAbsolute(String text) {
        return text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8);
    }

    /** A relative URL behind a base URL. */
    static String join(String base, String relative) {
        if (relative.isEmpty()) {
            return base;
        }
        boolean hasSlash = base.endsWith("/");
        char first = relative.charAt(0);
        if (hasSlash && first == '/') {
            return base + relative.substring(1);
        }
        return hasSlash || first == '/' || first == '?' ? base + relative : base + "/" + relative;
    }

    /** This URL with more parameters, which are encoded already. */
    Url withQuery(CharSequence parameters) {
        if (parameters.isEmpty()) {
            return this;
        }
        char separator = target.indexOf('?') < 0 ? '?' : '&';
        return new Url(origin, sendable(target + separator + parameters));
    }

    /**
     * Where a reference leads from here, as in an answer or on a page (RFC 3986, section 5.2): an absolute URL of whatever scheme, not
     * encoded yet, without fragment. Null if there is nothing to it.
     */
    @Nullable
    String resolve(String reference) {
        String text = reference.trim();
        if (text.isEmpty()) {
            return null;
        }
        int fragment = text.indexOf('#');
        text = fragment < 0 ? text : text.substring(0, fragment);
        if (text.isEmpty()) {
            return toString();
        }
        if (hasScheme(text)) {
            return text;
        }
        if (text.startsWith("//")) {
            return origin.scheme() + ":" + text;
        }
        int mark = text.indexOf('?');
        String path = mark < 0 ? text : text.substring(0, mark);
        String query = text.substring(path.length());
        if (path.isEmpty()) {
            return origin + path() + query;
        }
        String whole = path.startsWith("/") ? path : path().substring(0, path().lastIndexOf('/') + 1) + path;
        return origin + withoutDots(whole) + query;
    }

    private static boolean hasScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (c == ':') {
                return i > 0;
            }
            if (!isLetter && (i == 0 || !(c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0))) {
                return false;
            }
        }
        return false;
    }

    private static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean isUp = segments[i].equals("..");
            if (isUp) {
                kept.pollLast();
            } else if (!segments[i].equals(".")) {
                kept.add(segments[i]);
                continue;
            }
            if (i == segments.length - 1) {
                kept.add(""); // the place itself
            }
        }
        return "/" + String.join("/", kept);
    }

    private static String encode(String text) {
        int bad = 0;
        while (bad < text.length() && isPlain(text, bad)) {
            bad++;
        }
        if (bad == text.length()) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, bad);
        for (int i = bad; i < text.length(); ) {
            int c = text.codePointAt(i);
            int size = Character.charCount(c);
            if (c < ' ' || c == 127) {
                throw new BadUrlException("URL has a control character (line break?): " + quoted(text));
            }
            if (isPlain(text, i) || c == '#') {
                encoded.append((char) c);
            } else {
                percent(encoded, text.substring(i, i + size));
            }
            i += size;
        }
        return encoded.toString();
    }

    private static boolean isPlain(String text, int at) {
        char c = text.charAt(at);
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || PLAIN.indexOf(c) >= 0
                || c == '#';
    }

    static void percent(StringBuilder into, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            into.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
    }

    private static String quoted(String text) {
        StringBuilder visible = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), 100); i++) {
            char c = text.charAt(i);
            visible.append(c < ' ' ? '?' : c);
        }
        return visible.append('"').toString();
    }

    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public String toString() {
        return origin + target;
    }
}
