package dev.onrush.http.internal.request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** A text as the body of a request, in UTF-8. */
public record TextBytes(Expression<String> text) implements Expression<byte[]> {
    @Override
    public byte[] evaluate(UserSession session) {
        return text.evaluate(session).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isConstant() {
        return text.isConstant();
    }

    @Override
    public @Nullable String source() {
        return text.source();
    }

    @Override
    public Set<String> attributes() {
        return text.attributes();
    }

    @Override
    public List<String> problems() {
        return text.problems();
    }
}
