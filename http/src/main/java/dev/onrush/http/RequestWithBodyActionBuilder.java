package dev.onrush.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.dsl.Body;
import dev.onrush.dsl.CoreDsl;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.Parameters;
import dev.onrush.http.internal.request.RequestDefinition;

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
        return with(facts -> facts.body = given);
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

    // ---- parts, forms, processors

    /** What happens to the body before it is sent: that of {@code body}, of form parameters, or of parts. In the order said. */
    public final T processRequestBody(Function<Body, ? extends Body> processor) {
        Function<Body, ? extends Body> given = Require.notNull("processRequestBody", processor);
        return with(facts -> facts.processor(given));
    }

    /** Form parameters are sent as parts, as browsers do with a form that has files. */
    public final T asMultipartForm() {
        return with(facts -> facts.isMultipart = true);
    }

    public final T bodyPart(BodyPart part) {
        return bodyParts(List.of(Require.notNull("bodyPart", part)));
    }

    public final T bodyParts(BodyPart... parts) {
        return bodyParts(Arrays.asList(Require.notNull("bodyParts", parts)));
    }

    public final T bodyParts(List<BodyPart> parts) {
        List<BodyPart> given = Require.notNull("bodyParts", parts);
        if (given.isEmpty()) {
            throw new DefinitionException("bodyParts: at least one is needed, none was given.");
        }
        given.forEach(part -> Require.notNull("bodyParts", part));
        return with(
                facts -> facts.parts(given.stream().map(BodyPart::definition).toList()));
    }

    /** A file as a browser uploads it, with its name and the type its name tells. */
    public final T formUpload(String name, String path) {
        return upload(
                Words.text("formUpload: name", name), CoreDsl.RawFileBody(path), Words.text("formUpload: path", path));
    }

    public final T formUpload(String name, Function<Session, ? extends String> path) {
        return upload(
                Words.text("formUpload: name", name),
                CoreDsl.RawFileBody(path),
                Words.function("formUpload: path", path));
    }

    public final T formUpload(Function<Session, ? extends String> name, String path) {
        return upload(
                Words.function("formUpload: name", name),
                CoreDsl.RawFileBody(path),
                Words.text("formUpload: path", path));
    }

    public final T formUpload(Function<Session, ? extends String> name, Function<Session, ? extends String> path) {
        return upload(
                Words.function("formUpload: name", name),
                CoreDsl.RawFileBody(path),
                Words.function("formUpload: path", path));
    }

    private T upload(Expression<String> name, Body file, Expression<String> path) {
        return bodyPart(HttpDsl.file(name, file, path)).asMultipartForm();
    }

    /** A form as the check of that name saved it: a map of names to values, or to lists of values. Form parameters override it. */
    public final T form(String form) {
        Expression<Map<?, ?>> given = ExpressionCompiler.map(Require.notNull("form", form));
        return with(facts -> facts.form = facts.form.over(given));
    }

    public final T form(Function<Session, ? extends Map<String, Object>> form) {
        Expression<Map<String, Object>> given = Words.function("form", form);
        return with(facts -> facts.form = facts.form.over(given));
    }
}
