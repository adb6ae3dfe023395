package dev.onrush.http.internal.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** User name and password that go along with a request. */
public record BasicAuth(Expression<String> user, Expression<String> password) implements Auth {
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
        public Set<String> attributes() {
            Set<String> all = new LinkedHashSet<>(user.attributes());
            all.addAll(password.attributes());
            return all;
        }

        @Override
        public List<String> problems() {
            return Stream.concat(user.problems().stream(), password.problems().stream())
                    .toList();
        }

        @Override
        public boolean isConstant() {
            return user.isConstant() && password.isConstant();
        }
    }
}
