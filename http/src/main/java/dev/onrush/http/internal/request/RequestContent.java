package dev.onrush.http.internal.request;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.dsl.Body;
import dev.onrush.dsl.Bridge;

/**
 * What a request carries: a body, form parameters, or parts; the same way through processors for all of them.
 *
 * @param bytes null: nothing
 * @param headers those that say what it is, to be sent where not set already
 * @param boundary of its parts; null: it has none
 */
record RequestContent(
        @Nullable Expression<byte[]> bytes,
        List<HeaderField> headers,
        @Nullable String boundary) {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BOUNDARY = "boundary=";

    /** @param fields headers the author set */
    static RequestContent of(Compilation compilation, RequestDefinition.Draft facts, List<HeaderField> fields) {
        boolean hasForm = facts.form != Parameters.NONE;
        boolean hasParts = !facts.parts.isEmpty();
        boolean isMultipart = hasParts || hasForm && facts.isMultipart;
        if (facts.body != null && hasForm) {
            compilation.problem("a request has either form parameters or a body, this one has both. Remove one.");
        }
        if (facts.body != null && hasParts) {
            compilation.problem("a request has either parts or a body, this one has both. Remove one.");
        }
        if (facts.body != null && facts.isMultipart) {
            compilation.problem(
                    "asMultipartForm is for form parameters and parts, this request has a body. Remove one.");
        }
        String boundary = isMultipart ? boundary(fields) : null;
        Expression<byte[]> bytes = null;
        String type = facts.contentType;
        if (boundary != null) {
            bytes = new MultipartBody(facts.form, facts.parts, compilation.settings(), boundary);
            type = "multipart/form-data; " + BOUNDARY + boundary;
        } else if (hasForm) {
            bytes = new FormBody(facts.form);
            type = FORM;
        } else if (facts.body != null) {
            bytes = Bridge.bytes(facts.body, compilation.settings());
        }
        String coding = null;
        if (!facts.processors.isEmpty()) {
            if (bytes == null) {
                compilation.warning("processRequestBody has nothing to process: the request has no body.");
            } else {
                Body plain = facts.body == null || boundary != null || hasForm ? Bridge.body(bytes) : facts.body;
                Body processed = processed(compilation, plain, facts.processors);
                bytes = Bridge.bytes(processed, compilation.settings());
                coding = Bridge.coding(processed);
            }
        }
        return new RequestContent(bytes, headers(bytes, type, coding), boundary);
    }

    private static List<HeaderField> headers(
            @Nullable Expression<byte[]> bytes, @Nullable String type, @Nullable String coding) {
        List<HeaderField> headers = List.of();
        if (bytes != null && type != null) {
            headers = Headers.with(headers, new HeaderField("Content-Type", Expression.constant(type)));
        }
        if (coding != null) {
            headers = Headers.with(headers, new HeaderField("Content-Encoding", Expression.constant(coding)));
        }
        return headers;
    }

    private static Body processed(
            Compilation compilation, Body plain, List<Function<Body, ? extends Body>> processors) {
        Body body = plain;
        for (Function<Body, ? extends Body> processor : processors) {
            try {
                Body next = processor.apply(body);
                if (next == null) {
                    compilation.problem("processRequestBody: the function gave null. Return a body.");
                } else {
                    body = next;
                }
            } catch (RuntimeException e) {
                compilation.problem("processRequestBody: the function failed: " + Excerpt.ofThrown(e));
            }
        }
        return body;
    }

    /** One that the author wrote into the content type, else one of ours. */
    private static String boundary(List<HeaderField> fields) {
        for (HeaderField field : fields) {
            if (field.is("Content-Type") && field.value().isConstant()) {
                String type = field.value().evaluate(UserSession.NOBODY);
                int at = type.toLowerCase(Locale.ROOT).indexOf(BOUNDARY);
                if (at >= 0) {
                    String rest = type.substring(at + BOUNDARY.length());
                    int end = rest.indexOf(';');
                    return (end < 0 ? rest : rest.substring(0, end)).trim().replace("\"", "");
                }
            }
        }
        return "onrush" + UUID.randomUUID().toString().replace("-", "");
    }

    /** A header the author set, with the boundary where it belongs and is missing. */
    HeaderField completed(HeaderField field) {
        String mine = boundary;
        return mine == null || !field.is("Content-Type")
                ? field
                : new HeaderField(field.name(), new WithBoundary(field.value(), mine));
    }

    private record WithBoundary(Expression<String> type, String boundary) implements Expression<String> {
        @Override
        public String evaluate(UserSession session) {
            String given = type.evaluate(session);
            String lower = given.toLowerCase(Locale.ROOT);
            return lower.startsWith("multipart/") && !lower.contains(BOUNDARY)
                    ? given + "; " + BOUNDARY + boundary
                    : given;
        }

        @Override
        public boolean isConstant() {
            return type.isConstant();
        }

        @Override
        public Set<String> attributes() {
            return type.attributes();
        }

        @Override
        public List<String> problems() {
            return type.problems();
        }
    }
}
