package dev.onrush.dsl;

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

/** What a request carries. Immutable; also a function of the session, so that it may stand wherever such a function may. */
public abstract sealed class Body {
    private final Function<Settings, ? extends Expression<?>> source;
    private volatile @Nullable Expression<?> byDefault;

    private Body(Function<Settings, ? extends Expression<?>> source) {
        this.source = source;
    }

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
            super(source);
        }

        @Override
        public String apply(Session session) {
            return (String) content().evaluate(session.core);
        }
    }

    /** A body of bytes. */
    public static final class WithBytes extends Body implements Function<Session, byte[]> {
        private WithBytes(Function<Settings, Expression<byte[]>> source) {
            super(source);
        }

        @Override
        public byte[] apply(Session session) {
            return (byte[]) content().evaluate(session.core);
        }
    }

    /** Text with expressions. */
    static WithString ofText(Expression<String> text) {
        return new WithString(settings -> text);
    }

    static WithBytes ofBytes(Expression<byte[]> bytes) {
        return new WithBytes(settings -> bytes);
    }

    /** The text of a file, with expressions, parsed once. */
    static WithString ofTemplateFile(Expression<String> path) {
        return new WithString(settings -> ofFile(path, settings, Body::template));
    }

    /** The bytes of a file. */
    static WithBytes ofRawFile(Expression<String> path) {
        return new WithBytes(settings -> ofFile(path, settings, file -> Expression.constant(file.bytes())));
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
