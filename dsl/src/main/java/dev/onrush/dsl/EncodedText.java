package dev.onrush.dsl;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** A text as bytes. */
record EncodedText(Expression<String> text, Charset charset) implements Expression<byte[]> {
    @Override
    public byte[] evaluate(UserSession session) {
        return text.evaluate(session).getBytes(charset);
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
