package dev.onrush.core.check;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;

import dev.onrush.core.session.UserSession;

/** Something of the body as a whole: its text, bytes, length, digest. Always found, also of an empty body. */
public final class WholeBodyFinder<T> implements Finder<T> {
    private final String name;
    private final Reading<T> reading;

    private WholeBodyFinder(String name, Reading<T> reading) {
        this.name = name;
        this.reading = reading;
    }

    /** From a body to a value. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(ResponseBody body) throws Exception;
    }

    public static Finder<String> string() {
        return new WholeBodyFinder<>("bodyString", ResponseBody::string);
    }

    public static Finder<byte[]> bytes() {
        return new WholeBodyFinder<>("bodyBytes", ResponseBody::bytes);
    }

    public static Finder<Integer> length() {
        return new WholeBodyFinder<>("bodyLength", ResponseBody::length);
    }

    public static Finder<InputStream> stream() {
        return new WholeBodyFinder<>("bodyStream", body -> new ByteArrayInputStream(body.bytes()));
    }

    /**
     * In lower-case hexadecimal digits.
     *
     * @param algorithm as {@link MessageDigest} names it
     */
    public static Finder<String> digest(String name, String algorithm) {
        return new WholeBodyFinder<>(
                name,
                body -> HexFormat.of()
                        .formatHex(MessageDigest.getInstance(algorithm).digest(body.bytes())));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CheckScope scope() {
        return CheckScope.BODY;
    }

    @Override
    public boolean readsBody() {
        return true;
    }

    @Override
    public Object find(CheckedResponse response, UserSession session) throws Exception {
        return Objects.requireNonNull(reading.read(response.body()));
    }
}
