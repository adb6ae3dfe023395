package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.List;

import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.http.internal.wire.ProxyServer;

/**
 * A proxy as the author wrote it.
 *
 * @param host lower case
 * @param credentials null: none
 */
public record ProxyDefinition(
        ProxyServer.Kind kind,
        String host,
        int port,
        @Nullable BasicAuth credentials,
        List<HeaderField> connectHeaders) {

    public ProxyDefinition with(ProxyServer.Kind other) {
        return new ProxyDefinition(other, host, port, credentials, connectHeaders);
    }

    public ProxyDefinition with(BasicAuth other) {
        return new ProxyDefinition(kind, host, port, other, connectHeaders);
    }

    /** A header of the same name, letter case ignored, is replaced. */
    public ProxyDefinition with(HeaderField header) {
        return new ProxyDefinition(kind, host, port, credentials, Headers.with(connectHeaders, header));
    }

    ProxyServer evaluate(UserSession session) {
        StringBuilder lines = new StringBuilder();
        for (HeaderField field : connectHeaders) {
            Header header = field.evaluate(session);
            lines.append(header.getName())
                    .append(": ")
                    .append(header.getValue())
                    .append("\r\n");
        }
        BasicAuth known = credentials;
        return new ProxyServer(
                kind,
                host,
                port,
                known == null ? null : plain("user", known.user().evaluate(session)),
                known == null ? null : plain("password", known.password().evaluate(session)),
                lines.toString());
    }

    private static String plain(String what, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new UnsafeTextException("the " + what + " for the proxy has a control character (line break?) in it");
        }
        return text;
    }

    List<Expression<String>> expressions() {
        List<Expression<String>> all = new ArrayList<>();
        connectHeaders.forEach(header -> all.add(header.value()));
        BasicAuth known = credentials;
        if (known != null) {
            all.add(known.user());
            all.add(known.password());
        }
        return all;
    }
}
