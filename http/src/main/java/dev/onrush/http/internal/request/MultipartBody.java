package dev.onrush.http.internal.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/** Form parameters, then parts, as a multipart body (RFC 7578). */
final class MultipartBody implements Expression<byte[]> {
    private final Parameters form;
    private final List<Part> parts;
    private final String boundary;

    MultipartBody(Parameters form, List<PartDefinition> parts, Settings settings, String boundary) {
        this.form = form;
        this.parts = parts.stream().map(part -> Part.of(part, settings)).toList();
        this.boundary = boundary;
    }

    @Override
    public byte[] evaluate(UserSession session) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        form.each(session, (name, value) -> {
            begin(out);
            Part.line(out, "Content-Disposition: form-data; name=\"" + Part.escaped(name) + '"');
            Part.line(out, "");
            Part.line(out, String.valueOf(value));
        });
        for (Part part : parts) {
            begin(out);
            part.write(session, out);
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private void begin(ByteArrayOutputStream out) {
        Part.line(out, "--" + boundary);
    }

    private List<Expression<?>> expressions() {
        List<Expression<?>> all = new ArrayList<>(form.expressions());
        parts.forEach(part -> all.addAll(part.expressions()));
        return all;
    }

    @Override
    public Set<String> attributes() {
        Set<String> all = new LinkedHashSet<>();
        expressions().forEach(each -> all.addAll(each.attributes()));
        return all;
    }

    @Override
    public List<String> problems() {
        // Those of the form are told with the form.
        return parts.stream()
                .flatMap(part -> part.expressions().stream())
                .flatMap(each -> each.problems().stream())
                .toList();
    }

    @Override
    public boolean isConstant() {
        return Stream.concat(
                        Stream.of(form.isConstant()), expressions().stream().map(Expression::isConstant))
                .allMatch(is -> is);
    }
}
