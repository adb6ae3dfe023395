package dev.onrush.dsl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.file.KeptFiles;
import dev.onrush.core.file.NamedFile;
import dev.onrush.core.file.UnusableFileException;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UnresolvedException;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;
import dev.onrush.dsl.internal.template.FreemarkerText;

/** What a request carries. Immutable; also a function of the session, so that it may stand wherever such a function may. */
public abstract sealed class Body {
    private final Function<Settings, ? extends Expression<?>> source;
    /** Its content coding; null: none. */
    private final @Nullable String coding;

    private volatile @Nullable Expression<?> byDefault;

    private Body(Function<Settings, ? extends Expression<?>> source, @Nullable String coding) {
        this.source = source;
        this.coding = coding;
    }

    final @Nullable String coding() {
        return coding;
    }

    /** The content as it is sent; a text in that charset. */
    abstract Expression<byte[]> bytes(Settings settings, Charset charset);

    /** The content under those settings. A missing file of fixed path, or a mistake in it, is a problem of the expression. */
    final Expression<?> content(Settings settings) {
        return source.apply(settings);
    }

    /** The content with all settings at their defaults, made once. */
    final Expression<?> content() {
        Expression<?> made = byDefault;
        if (made == null) {
            made = source.apply(Settings.defaults());
            byDefault = made;
        }
        return made;
    }

    /** A body of text. */
    public static final class WithString extends Body implements Function<Session, String> {
        private WithString(Function<Settings, Expression<String>> source) {
            super(source, null);
        }

        @Override
        @SuppressWarnings("unchecked") // a body of text
        Expression<byte[]> bytes(Settings settings, Charset charset) {
            return new EncodedText((Expression<String>) content(settings), charset);
        }

        @Override
        public String apply(Session session) {
            return (String) content().evaluate(session.core);
        }
    }

    /** A body of bytes. */
    public static final class WithBytes extends Body implements Function<Session, byte[]> {
        private WithBytes(Function<Settings, Expression<byte[]>> source, @Nullable String coding) {
            super(source, coding);
        }

        @Override
        @SuppressWarnings("unchecked") // a body of bytes
        Expression<byte[]> bytes(Settings settings, Charset charset) {
            return (Expression<byte[]>) content(settings);
        }

        @Override
        public byte[] apply(Session session) {
            return (byte[]) content().evaluate(session.core);
        }
    }

    /** A body whose bytes are there when it is sent, and then only. */
    static final class WithStream extends Body {
        private WithStream(Expression<byte[]> bytes) {
            super(settings -> bytes, null);
        }

        @Override
        @SuppressWarnings("unchecked") // a body of bytes
        Expression<byte[]> bytes(Settings settings, Charset charset) {
            return (Expression<byte[]>) content(settings);
        }
    }

    /** Text with expressions. */
    static WithString ofText(Expression<String> text) {
        return new WithString(settings -> text);
    }

    static WithBytes ofBytes(Expression<byte[]> bytes) {
        return new WithBytes(settings -> bytes, null);
    }

    /** Streams are read to their end, and closed, as each request is made. */
    static Body ofStream(Expression<InputStream> stream) {
        return new WithStream(session -> {
            try (InputStream in = stream.evaluate(session)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static WithBytes gzipped(Body plain) {
        String before = plain.coding();
        return new WithBytes(
                settings -> Gzipped.of(plain.bytes(settings, StandardCharsets.UTF_8)),
                before == null ? "gzip" : before + ", gzip");
    }

    static WithString ofFreemarkerText(String text) {
        FreemarkerText template = FreemarkerText.of("FreemarkerStringBody", text);
        return new WithString(settings -> template);
    }

    /** A file that is a FreeMarker template, parsed once. */
    static WithString ofFreemarkerFile(Expression<String> path) {
        return new WithString(settings -> ofFile(path, settings, file -> FreemarkerText.of(file.name(), file.text())));
    }

    /** The text of a file, with expressions, parsed once. */
    static WithString ofTemplateFile(Expression<String> path) {
        return new WithString(settings -> ofFile(path, settings, Body::template));
    }

    /** The bytes of a file. */
    static WithBytes ofRawFile(Expression<String> path) {
        return new WithBytes(settings -> ofFile(path, settings, file -> Expression.constant(file.bytes())), null);
    }

    private static Expression<String> template(NamedFile file) {
        Expression<String> text = ExpressionCompiler.text(file.text());
        return text.problems().isEmpty()
                ? text
                : new Unusable<>(
                        file.name(),
                        text.problems().stream()
                                .map(p -> file.name() + ": " + p)
                                .toList());
    }

    private static <T> Expression<T> ofFile(
            Expression<String> path, Settings settings, Function<NamedFile, Expression<T>> reader) {
        if (!path.problems().isEmpty()) {
            return new Unusable<>(path.source(), path.problems());
        }
        if (path.isConstant()) {
            String name = path.evaluate(UserSession.NOBODY);
            try {
                return reader.apply(NamedFile.find(name));
            } catch (UnusableFileException e) {
                return new Unusable<>(name, List.of(e.getMessage()));
            }
        }
        return new FileByExpression<>(path, new KeptFiles<>(settings, reader));
    }

    /** The content of a file whose path differs from session to session. */
    private record FileByExpression<T>(Expression<String> path, KeptFiles<Expression<T>> files)
            implements Expression<T> {
        @Override
        public T evaluate(UserSession session) {
            try {
                return files.get(path.evaluate(session)).evaluate(session);
            } catch (UnusableFileException e) {
                throw new UnresolvedException(e.getMessage());
            }
        }

        @Override
        public Set<String> attributes() {
            return path.attributes();
        }
    }

    /** A file that cannot be used. */
    private record Unusable<T>(@Nullable String source, List<String> problems) implements Expression<T> {
        @Override
        public T evaluate(UserSession session) {
            throw new UnresolvedException(problems.get(0));
        }
    }
}
