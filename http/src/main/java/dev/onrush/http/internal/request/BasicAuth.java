package dev.onrush.http.internal.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** User name and password that go along with a request. */
public record BasicAuth(Expression<String> user, Expression<String> password) {
    HeaderField header() {
        return new HeaderField("Authorization", new Credentials(user, password));
    }

    private record Credentials(Expression<String> user, Expression<String> password) implements Expression<String> {
        @Override
        public String evaluate(UserSession session) {
            String pair = user.evaluate(session) + ":" + password.evaluate(session);
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean isConstant() {
            return user.isConstant() && password.isConstant();
        }
    }
}
