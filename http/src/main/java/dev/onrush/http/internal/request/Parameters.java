package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Parameters of a query or a form, in the order written. Immutable. */
public final class Parameters {
    public static final Parameters NONE = new Parameters(List.of(), null);

    private final List<Source> sources;
    /** A form that was there before, of which these replace what they name. */
    private final @Nullable Expression<? extends Map<?, ?>> before;

    private Parameters(List<Source> sources, @Nullable Expression<? extends Map<?, ?>> before) {
        this.sources = sources;
        this.before = before;
    }

    /** Takes them one by one. */
    interface Sink {
        void add(String name, @Nullable Object value);
    }

    /** What one word of the author adds. */
    public sealed interface Source {
        boolean isConstant();

        List<Expression<?>> expressions();

        void add(UserSession session, Sink sink);
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
        public void add(UserSession session, Sink sink) {
            sink.add(name.evaluate(session), value.evaluate(session));
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
        public void add(UserSession session, Sink sink) {
            String key = name.evaluate(session);
            for (Object value : values.evaluate(session)) {
                sink.add(key, value);
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
        public void add(UserSession session, Sink sink) {
            for (Map.Entry<String, ?> entry : entries.evaluate(session)) {
                sink.add(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Encodes as it goes. */
    private static final class Writer implements Sink {
        private final StringBuilder text = new StringBuilder();
        private final Spelling spelling;

        private Writer(Spelling spelling) {
            this.spelling = spelling;
        }

        @Override
        public void add(String name, @Nullable Object value) {
            if (text.length() > 0) {
                text.append('&');
            }
            spell(text, name, spelling);
            text.append('=');
            spell(text, String.valueOf(value), spelling);
        }
    }

    /** How a name or a value is written. */
    private enum Spelling {
        QUERY,
        FORM,
        RAW
    }

    private static void spell(StringBuilder text, String plain, Spelling spelling) {
        if (spelling == Spelling.RAW) {
            text.append(plain);
            return;
        }
        for (int i = 0; i < plain.length(); ) {
            int c = plain.codePointAt(i);
            int size = Character.charCount(c);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0) {
                text.append((char) c);
            } else if (c == ' ' && spelling == Spelling.FORM) {
                text.append('+');
            } else {
                Url.percent(text, plain.substring(i, i + size));
            }
            i += size;
        }
    }

    /** A text with all but letters, digits and {@code -._~} percent-encoded. */
    static String encoded(String plain) {
        StringBuilder text = new StringBuilder(plain.length() + 16);
        spell(text, plain, Spelling.QUERY);
        return text.toString();
    }

    public Parameters and(Source source) {
        List<Source> more = new ArrayList<>(sources);
        more.add(source);
        return new Parameters(List.copyOf(more), before);
    }

    /** These, over a form: name to value, or to a list of values. */
    public Parameters over(Expression<? extends Map<?, ?>> form) {
        return new Parameters(sources, form);
    }

    List<Expression<?>> expressions() {
        List<Expression<?>> all = new ArrayList<>();
        if (before != null) {
            all.add(before);
        }
        sources.forEach(source -> all.addAll(source.expressions()));
        return all;
    }

    boolean isConstant() {
        return before == null && sources.stream().allMatch(Source::isConstant);
    }

    /** As in a URL: a space is {@code %20}. {@code isRaw}: as they are. */
    String query(UserSession session, boolean isRaw) {
        return write(session, isRaw ? Spelling.RAW : Spelling.QUERY);
    }

    /** As in a form: a space is {@code +}. */
    String form(UserSession session) {
        return write(session, Spelling.FORM);
    }

    private String write(UserSession session, Spelling spelling) {
        if (sources.isEmpty() && before == null) {
            return "";
        }
        Writer writer = new Writer(spelling);
        each(session, writer);
        return writer.text.toString();
    }

    void each(UserSession session, Sink sink) {
        if (before == null) {
            for (Source source : sources) {
                source.add(session, sink);
            }
            return;
        }
        Set<String> named = new HashSet<>();
        List<Runnable> own = new ArrayList<>();
        for (Source source : sources) {
            source.add(session, (name, value) -> {
                named.add(name);
                own.add(() -> sink.add(name, value));
            });
        }
        before.evaluate(session).forEach((name, value) -> {
            String field = String.valueOf(name);
            if (named.contains(field)) {
                return;
            }
            if (value instanceof Iterable<?> values) {
                values.forEach(each -> sink.add(field, each));
            } else {
                sink.add(field, value);
            }
        });
        own.forEach(Runnable::run);
    }
}
