package dev.onrush.dsl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Bytes, compressed. */
record Gzipped(Expression<byte[]> plain) implements Expression<byte[]> {
    /** What is the same in every session is compressed once. */
    static Expression<byte[]> of(Expression<byte[]> plain) {
        Gzipped gzipped = new Gzipped(plain);
        return plain.isConstant() && plain.problems().isEmpty()
                ? Expression.constant(gzipped.evaluate(UserSession.NOBODY))
                : gzipped;
    }

    @Override
    public byte[] evaluate(UserSession session) {
        byte[] bytes = plain.evaluate(session);
        ByteArrayOutputStream packed = new ByteArrayOutputStream(64 + bytes.length / 2);
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @Override
    public @Nullable String source() {
        return plain.source();
    }

    @Override
    public Set<String> attributes() {
        return plain.attributes();
    }

    @Override
    public List<String> problems() {
        return plain.problems();
    }
}
