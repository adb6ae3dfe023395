package dev.onrush.http.internal.request;

import java.io.ByteArrayOutputStream;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;
import dev.onrush.dsl.Bridge;

/** A part of a multipart body, with its content under the settings of a run. */
record Part(@Nullable Expression<String> name, Expression<byte[]> content, PartDefinition.Draft facts) {
    static Part of(PartDefinition part, Settings settings) {
        return new Part(
                part.name(),
                Bridge.bytes(
                        part.body(),
                        settings,
                        Objects.requireNonNullElse(part.facts().charset, StandardCharsets.UTF_8)),
                part.facts());
    }

    List<Expression<?>> expressions() {
        List<Expression<?>> all = new ArrayList<>();
        all.add(content);
        Stream.of(name, facts.path, facts.contentType, facts.dispositionType, facts.fileName, facts.contentId)
                .filter(Objects::nonNull)
                .forEach(all::add);
        for (PartDefinition.Field field : facts.headers) {
            all.add(field.name());
            all.add(field.value());
        }
        return all;
    }

    void write(UserSession session, ByteArrayOutputStream out) {
        String file = fileName(session);
        String disposition = disposition(session, file);
        if (disposition != null) {
            field(out, "Content-Disposition", disposition);
        }
        String type = type(session, file);
        if (type != null) {
            field(out, "Content-Type", type);
        }
        if (facts.transferEncoding != null) {
            field(out, "Content-Transfer-Encoding", facts.transferEncoding);
        }
        if (facts.contentId != null) {
            field(out, "Content-ID", "<" + facts.contentId.evaluate(session) + ">");
        }
        for (PartDefinition.Field field : facts.headers) {
            field(out, field.name().evaluate(session), field.value().evaluate(session));
        }
        line(out, "");
        out.writeBytes(content.evaluate(session));
        line(out, "");
    }

    private @Nullable String fileName(UserSession session) {
        if (facts.fileName != null) {
            return facts.fileName.evaluate(session);
        }
        if (facts.path == null) {
            return null;
        }
        String path = facts.path.evaluate(session);
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Null if there is nothing to say. */
    private @Nullable String disposition(UserSession session, @Nullable String file) {
        if (name == null && file == null && facts.dispositionType == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(
                facts.dispositionType == null ? "form-data" : facts.dispositionType.evaluate(session));
        if (name != null) {
            text.append("; name=\"").append(escaped(name.evaluate(session))).append('"');
        }
        if (file != null) {
            text.append("; filename=\"").append(escaped(file)).append('"');
        }
        return text.toString();
    }

    private @Nullable String type(UserSession session, @Nullable String file) {
        String type = facts.contentType == null ? null : facts.contentType.evaluate(session);
        if (type == null && facts.path != null && file != null) {
            String guessed = URLConnection.guessContentTypeFromName(file);
            type = guessed == null ? "application/octet-stream" : guessed;
        }
        if (facts.charset == null) {
            return type;
        }
        String given = type == null ? "text/plain" : type;
        return given.toLowerCase(Locale.ROOT).contains("charset=")
                ? given
                : given + "; charset=" + facts.charset.name();
    }

    private static void field(ByteArrayOutputStream out, String field, String value) {
        if (!HeaderField.isToken(field)) {
            throw new UnsafeTextException(
                    "\"" + field.replaceAll("\\p{Cntrl}", "?") + "\" cannot be the name of a header");
        }
        HeaderField.header(field, value); // refuses what would break out of it
        line(out, field + ": " + value);
    }

    static void line(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write('\r');
        out.write('\n');
    }

    /** As browsers write a name. */
    static String escaped(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}
