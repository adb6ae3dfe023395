package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Parameters of a query or a form, in the order written. Immutable. */
public final class Parameters {
    public static final Parameters NONE = new Parameters(List.of());

    private final List<Source> sources;

    private Parameters(List<Source> sources) {
        this.sources = sources;
    }

    /** What one word of the author adds. */
    public sealed interface Source {
        boolean isConstant();

        List<Expression<?>> expressions();

        void add(UserSession session, Writer writer);
    }

    /** One name, one value. */
    public record One(Expression<String> name, Expression<?> value) implements Source {
        @Override
        public boolean isConstant() {
            return name.isConstant() && value.isConstant();
        }

        @Override
        public List<Expression<?>> expressions() {
            return List.of(name, value);
        }

        @Override
        public void add(UserSession session, Writer writer) {
            writer.add(name.evaluate(session), value.evaluate(session));
        }
    }

    /** One name, a list of values. */
    public record Many(Expression<String> name, Expression<? extends Iterable<?>> values) implements Source {
        @Override
        public boolean isConstant() {
            return name.isConstant() && values.isConstant();
        }

        @Override
        public List<Expression<?>> expressions() {
            return List.of(name, values);
        }

        @Override
        public void add(UserSession session, Writer writer) {
            String key = name.evaluate(session);
            for (Object value : values.evaluate(session)) {
                writer.add(key, value);
            }
        }
    }

    /** Names with values. */
    public record Entries(Expression<? extends Iterable<? extends Map.Entry<String, ?>>> entries) implements Source {
        @Override
        public boolean isConstant() {
            return entries.isConstant();
        }

        @Override
        public List<Expression<?>> expressions() {
            return List.of(entries);
        }

        @Override
        public void add(UserSession session, Writer writer) {
            for (Map.Entry<String, ?> entry : entries.evaluate(session)) {
                writer.add(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Encodes as it goes. */
    public static final class Writer {
        private final StringBuilder text = new StringBuilder();
        private final boolean isForm;

        private Writer(boolean isForm) {
            this.isForm = isForm;
        }

        void add(String name, @Nullable Object value) {
            if (text.length() > 0) {
                text.append('&');
            }
            encode(name);
            text.append('=');
            encode(String.valueOf(value));
        }

        private void encode(String plain) {
            for (int i = 0; i < plain.length(); ) {
                int c = plain.codePointAt(i);
                int size = Character.charCount(c);
                if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0) {
                    text.append((char) c);
                } else if (c == ' ' && isForm) {
                    text.append('+');
                } else {
                    Url.percent(text, plain.substring(i, i + size));
                }
                i += size;
            }
        }
    }

    public Parameters and(Source source) {
        List<Source> more = new ArrayList<>(sources);
        more.add(source);
        return new Parameters(List.copyOf(more));
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }

    List<Expression<?>> expressions() {
        return sources.stream().flatMap(source -> source.expressions().stream()).toList();
    }

    boolean isConstant() {
        return sources.stream().allMatch(Source::isConstant);
    }

    /** As in a URL: a space is {@code %20}. */
    String query(UserSession session) {
        return write(session, false);
    }

    /** As in a form: a space is {@code +}. */
    String form(UserSession session) {
        return write(session, true);
    }

    private String write(UserSession session, boolean isForm) {
        if (sources.isEmpty()) {
            return "";
        }
        Writer writer = new Writer(isForm);
        for (Source source : sources) {
            source.add(session, writer);
        }
        return writer.text.toString();
    }
}
