package dev.onrush.http.internal.request;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.dsl.Body;

/** A part of a multipart body as the author wrote it. An immutable value: {@link #with} gives a changed copy. */
public final class PartDefinition {
    private final @Nullable Expression<String> name;
    private final Body body;
    private final Draft facts;

    private PartDefinition(@Nullable Expression<String> name, Body body, Draft facts) {
        this.name = name;
        this.body = body;
        this.facts = facts;
    }

    /** @param name null: none */
    public static PartDefinition of(@Nullable Expression<String> name, Body body) {
        return new PartDefinition(name, body, new Draft());
    }

    /** The facts while they are being changed. */
    public static final class Draft {
        /** Of the file it was read from: tells name and type of the file unless told. */
        public @Nullable Expression<String> path;

        public @Nullable Expression<String> contentType;
        public @Nullable Charset charset;
        public @Nullable Expression<String> dispositionType;
        public @Nullable Expression<String> fileName;
        public @Nullable Expression<String> contentId;
        public @Nullable String transferEncoding;
        public List<Field> headers = List.of();

        private Draft() {}

        private Draft(Draft other) {
            this.path = other.path;
            this.contentType = other.contentType;
            this.charset = other.charset;
            this.dispositionType = other.dispositionType;
            this.fileName = other.fileName;
            this.contentId = other.contentId;
            this.transferEncoding = other.transferEncoding;
            this.headers = other.headers;
        }

        public void header(Expression<String> field, Expression<String> value) {
            List<Field> all = new ArrayList<>(headers);
            all.add(new Field(field, value));
            headers = List.copyOf(all);
        }
    }

    /** A header whose name may differ, too. */
    public record Field(Expression<String> name, Expression<String> value) {}

    public PartDefinition with(Consumer<Draft> change) {
        Draft changed = new Draft(facts);
        change.accept(changed);
        return new PartDefinition(name, body, changed);
    }

    @Nullable
    Expression<String> name() {
        return name;
    }

    Body body() {
        return body;
    }

    Draft facts() {
        return facts;
    }
}
