package dev.onrush.core.check;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;

import dev.onrush.core.session.UserSession;

/** Something of the body as a whole: its text, its bytes. Always found, also of an empty body. */
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

    public static Finder<InputStream> stream() {
        return new WholeBodyFinder<>("bodyStream", body -> new ByteArrayInputStream(body.bytes()));
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
