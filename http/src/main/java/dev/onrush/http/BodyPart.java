package dev.onrush.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.PartDefinition;

/** A part of a multipart body. Immutable: each call gives a new value. */
public final class BodyPart {
    private final PartDefinition definition;

    BodyPart(PartDefinition definition) {
        this.definition = definition;
    }

    PartDefinition definition() {
        return definition;
    }

    private BodyPart with(Consumer<PartDefinition.Draft> change) {
        return new BodyPart(definition.with(change));
    }

    /** Unless told, that of the file's name for a file as it is, and none for all others. */
    public BodyPart contentType(String type) {
        return with(facts -> facts.contentType = Words.text("contentType", type));
    }

    public BodyPart contentType(Function<Session, ? extends String> type) {
        return with(facts -> facts.contentType = Words.function("contentType", type));
    }

    /** In which a text is sent, and which the content type tells; UTF-8 unless told. */
    public BodyPart charset(String name) {
        try {
            Charset charset = Charset.forName(Require.notBlank("charset", name));
            return with(facts -> facts.charset = charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new DefinitionException("charset: \"" + name + "\" is not known. Use one such as UTF-8.");
        }
    }

    /** {@code form-data} unless told. */
    public BodyPart dispositionType(String type) {
        return with(facts -> facts.dispositionType = Words.text("dispositionType", type));
    }

    public BodyPart dispositionType(Function<Session, ? extends String> type) {
        return with(facts -> facts.dispositionType = Words.function("dispositionType", type));
    }

    /** Unless told, that of the file for a file as it is, and none for all others. */
    public BodyPart fileName(String name) {
        return with(facts -> facts.fileName = Words.text("fileName", name));
    }

    public BodyPart fileName(Function<Session, ? extends String> name) {
        return with(facts -> facts.fileName = Words.function("fileName", name));
    }

    /** Without the angle brackets. */
    public BodyPart contentId(String id) {
        return with(facts -> facts.contentId = Words.text("contentId", id));
    }

    public BodyPart contentId(Function<Session, ? extends String> id) {
        return with(facts -> facts.contentId = Words.function("contentId", id));
    }

    /** Tells the encoding that the content has already: it is sent as it is. */
    public BodyPart transferEncoding(String encoding) {
        String given = Require.notBlank("transferEncoding", encoding);
        return with(facts -> facts.transferEncoding = given);
    }

    public BodyPart header(String name, String value) {
        return with(facts -> facts.header(Words.text("header: name", name), Words.text("header: value", value)));
    }

    public BodyPart header(String name, Function<Session, ? extends String> value) {
        return with(facts -> facts.header(Words.text("header: name", name), Words.function("header: value", value)));
    }

    public BodyPart header(Function<Session, ? extends String> name, String value) {
        return with(facts -> facts.header(Words.function("header: name", name), Words.text("header: value", value)));
    }

    public BodyPart header(Function<Session, ? extends String> name, Function<Session, ? extends String> value) {
        return with(
                facts -> facts.header(Words.function("header: name", name), Words.function("header: value", value)));
    }
}
