package dev.onrush.http.internal.request;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Form parameters as the body of a request, URL-encoded. */
record FormBody(Parameters form) implements Expression<byte[]> {
    @Override
    public byte[] evaluate(UserSession session) {
        return form.form(session).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Set<String> attributes() {
        Set<String> all = new LinkedHashSet<>();
        form.expressions().forEach(each -> all.addAll(each.attributes()));
        return all;
    }

    @Override
    public boolean isConstant() {
        return form.isConstant();
    }
}
