package dev.onrush.http;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.dsl.Body;
import dev.onrush.dsl.Bridge;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.Parameters;
import dev.onrush.http.internal.request.RequestDefinition;
import dev.onrush.http.internal.request.TextBytes;

/**
 * What can be said of a request that may have a body. Immutable: each call gives a new value.
 *
 * @param <T> the kind of request
 */
public abstract sealed class RequestWithBodyActionBuilder<T extends RequestWithBodyActionBuilder<T>>
        extends RequestActionBuilder<T> permits HttpRequestActionBuilder {
    RequestWithBodyActionBuilder(RequestDefinition definition) {
        super(definition);
    }

    public final T body(Body body) {
        Body given = Require.notNull("body", body);
        if (given instanceof Body.WithString text) {
            return with(facts -> facts.body = settings -> new TextBytes(Bridge.text(text, settings)));
        }
        if (given instanceof Body.WithBytes bytes) {
            return with(facts -> facts.body = settings -> Bridge.bytes(bytes, settings));
        }
        throw new DefinitionException("body: a " + given.getClass().getSimpleName() + " cannot be sent.");
    }

    /** That content type, where not set already. */
    public final T asFormUrlEncoded() {
        return with(facts -> facts.contentType = "application/x-www-form-urlencoded");
    }

    private T form(Parameters.Source source) {
        return with(facts -> facts.form = facts.form.and(source));
    }

    public final T formParam(String name, Object value) {
        return form(new Parameters.One(Words.text("formParam: name", name), Words.value("formParam: value", value)));
    }

    public final T formParam(String name, String value) {
        return form(new Parameters.One(Words.text("formParam: name", name), Words.value("formParam: value", value)));
    }

    public final T formParam(String name, Function<Session, ?> value) {
        return form(new Parameters.One(Words.text("formParam: name", name), Words.function("formParam: value", value)));
    }

    public final T formParam(Function<Session, ? extends String> name, Object value) {
        return form(
                new Parameters.One(Words.function("formParam: name", name), Words.value("formParam: value", value)));
    }

    public final T formParam(Function<Session, ? extends String> name, String value) {
        return form(
                new Parameters.One(Words.function("formParam: name", name), Words.value("formParam: value", value)));
    }

    public final T formParam(Function<Session, ? extends String> name, Function<Session, ?> value) {
        return form(
                new Parameters.One(Words.function("formParam: name", name), Words.function("formParam: value", value)));
    }

    public final T multivaluedFormParam(String name, List<Object> values) {
        return form(new Parameters.Many(
                Words.text("multivaluedFormParam: name", name), Words.list("multivaluedFormParam: values", values)));
    }

    public final T multivaluedFormParam(String name, String values) {
        return form(new Parameters.Many(
                Words.text("multivaluedFormParam: name", name), Words.list("multivaluedFormParam: values", values)));
    }

    public final T multivaluedFormParam(String name, Function<Session, ? extends List<?>> values) {
        return form(new Parameters.Many(
                Words.text("multivaluedFormParam: name", name),
                Words.<List<?>>function("multivaluedFormParam: values", values)));
    }

    public final T multivaluedFormParam(Function<Session, ? extends String> name, List<Object> values) {
        return form(new Parameters.Many(
                Words.function("multivaluedFormParam: name", name),
                Words.list("multivaluedFormParam: values", values)));
    }

    public final T multivaluedFormParam(Function<Session, ? extends String> name, String values) {
        return form(new Parameters.Many(
                Words.function("multivaluedFormParam: name", name),
                Words.list("multivaluedFormParam: values", values)));
    }

    public final T multivaluedFormParam(
            Function<Session, ? extends String> name, Function<Session, ? extends List<?>> values) {
        return form(new Parameters.Many(
                Words.function("multivaluedFormParam: name", name),
                Words.<List<?>>function("multivaluedFormParam: values", values)));
    }

    public final T formParamSeq(List<Map.Entry<String, Object>> parameters) {
        return form(new Parameters.Entries(Words.entries("formParamSeq", parameters)));
    }

    public final T formParamSeq(String parameters) {
        return form(new Parameters.Entries(Words.entries("formParamSeq", parameters)));
    }

    public final T formParamSeq(Function<Session, ? extends List<Map.Entry<String, Object>>> parameters) {
        return form(
                new Parameters.Entries(Words.<List<Map.Entry<String, Object>>>function("formParamSeq", parameters)));
    }

    public final T formParamMap(Map<String, Object> parameters) {
        return form(new Parameters.Entries(Words.map("formParamMap", parameters)));
    }

    public final T formParamMap(String parameters) {
        return form(new Parameters.Entries(Words.map("formParamMap", parameters)));
    }

    public final T formParamMap(Function<Session, ? extends Map<String, Object>> parameters) {
        return form(new Parameters.Entries(Words.entriesOf("formParamMap", parameters)));
    }
}
