package dev.onrush.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.core.check.Check;
import dev.onrush.core.check.CheckCondition;
import dev.onrush.core.check.CheckedResponse;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserSession;
import dev.onrush.dsl.Bridge;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.HeaderField;
import dev.onrush.http.internal.request.OAuth1Signer;
import dev.onrush.http.internal.request.RequestDefinition;
import dev.onrush.http.internal.request.ResponseTransformer;
import dev.onrush.http.internal.request.Signer;

/** From what an author passes to a word to the one typed form; refuses what is wrong by itself. */
final class Words {
    private Words() {}

    static Expression<String> text(String what, @Nullable String text) {
        return ExpressionCompiler.text(Require.notNull(what, text));
    }

    static <T> Expression<T> function(String what, @Nullable Function<Session, ? extends T> function) {
        return Bridge.function(Require.notNull(what, function));
    }

    static Expression<Object> value(String what, @Nullable Object value) {
        Object given = Require.notNull(what, value);
        return given instanceof String text ? ExpressionCompiler.value(text) : Expression.constant(given);
    }

    static Expression<List<?>> list(String what, @Nullable List<?> values) {
        return Expression.constant(List.copyOf(Require.notNull(what, values)));
    }

    static Expression<List<?>> list(String what, @Nullable String text) {
        return ExpressionCompiler.list(Require.notNull(what, text));
    }

    static Expression<List<Map.Entry<String, ?>>> entries(
            String what, @Nullable List<Map.Entry<String, Object>> entries) {
        return Expression.constant(List.copyOf(Require.notNull(what, entries)));
    }

    static Expression<List<Map.Entry<String, ?>>> entries(String what, @Nullable String text) {
        return ExpressionCompiler.typed(Require.notNull(what, text), Words::entriesOf);
    }

    private static List<Map.Entry<String, ?>> entriesOf(Object value) {
        if (!(value instanceof Iterable<?> all)) {
            throw new IllegalArgumentException("a list of names with values is wanted");
        }
        List<Map.Entry<String, ?>> entries = new ArrayList<>();
        for (Object each : all) {
            if (!(each instanceof Map.Entry<?, ?> entry)) {
                throw new IllegalArgumentException("a list of names with values is wanted");
            }
            entries.add(Map.entry(String.valueOf(entry.getKey()), String.valueOf(entry.getValue())));
        }
        return entries;
    }

    static Expression<List<Map.Entry<String, ?>>> map(String what, @Nullable Map<String, Object> map) {
        return Expression.constant(List.copyOf(Require.notNull(what, map).entrySet()));
    }

    static Expression<List<Map.Entry<String, ?>>> map(String what, @Nullable String text) {
        return ExpressionCompiler.typed(Require.notNull(what, text), Words::entriesOfMap);
    }

    private static List<Map.Entry<String, ?>> entriesOfMap(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("a map of names to values is wanted");
        }
        return entriesOf(map.entrySet());
    }

    /** The entries of a map that a function gives. */
    static Expression<List<Map.Entry<String, ?>>> entriesOf(
            String what, @Nullable Function<Session, ? extends Map<String, Object>> function) {
        Expression<Map<String, Object>> map = function(what, function);
        return session -> List.copyOf(map.evaluate(session).entrySet());
    }

    static HeaderField header(@Nullable CharSequence name, Expression<String> value) {
        String given = Require.notBlank("header: name", String.valueOf(Require.notNull("header: name", name)));
        if (!HeaderField.isToken(given)) {
            throw new DefinitionException("header: \"" + given + "\" cannot be the name of a header.");
        }
        return new HeaderField(given, value);
    }

    /** Checks that are run only if that condition holds. */
    static List<Check> checksIf(CheckCondition condition, @Nullable List<CheckBuilder> checks) {
        return Bridge.checksIf(condition, given(checks));
    }

    static CheckCondition condition(@Nullable BiFunction<Response, Session, ? extends Boolean> function) {
        BiFunction<Response, Session, ? extends Boolean> given = Require.notNull("checkIf", function);
        return new CheckCondition() {
            @Override
            public boolean holds(CheckedResponse response, UserSession session) {
                Boolean holds = given.apply(Response.of(response), Bridge.session(session));
                if (holds == null) {
                    throw new IllegalStateException("the function of checkIf gave null. Return true or false.");
                }
                return holds;
            }

            @Override
            public boolean readsBody() {
                return true;
            }
        };
    }

    static Signer signer(@Nullable Function<Request, ? extends Request> function) {
        Function<Request, ? extends Request> given = Require.notNull("sign", function);
        return signer((request, session) -> given.apply(request));
    }

    static Signer signer(@Nullable BiFunction<Request, Session, ? extends Request> function) {
        BiFunction<Request, Session, ? extends Request> given = Require.notNull("sign", function);
        return (request, session) -> {
            Request signed = given.apply(new Request(request), Bridge.session(session));
            if (signed == null) {
                throw new IllegalStateException("the function of sign gave null. Return the request.");
            }
            return signed.changed();
        };
    }

    static Signer oauth1(
            @Nullable String consumerKey,
            @Nullable String clientSharedSecret,
            @Nullable String token,
            @Nullable String tokenSecret,
            boolean useAuthorizationHeader) {
        return new OAuth1Signer(
                text("signWithOAuth1: consumerKey", consumerKey),
                text("signWithOAuth1: clientSharedSecret", clientSharedSecret),
                text("signWithOAuth1: token", token),
                text("signWithOAuth1: tokenSecret", tokenSecret),
                useAuthorizationHeader);
    }

    static Signer oauth1(
            @Nullable Function<Session, ? extends String> consumerKey,
            @Nullable Function<Session, ? extends String> clientSharedSecret,
            @Nullable Function<Session, ? extends String> token,
            @Nullable Function<Session, ? extends String> tokenSecret,
            boolean useAuthorizationHeader) {
        return new OAuth1Signer(
                function("signWithOAuth1: consumerKey", consumerKey),
                function("signWithOAuth1: clientSharedSecret", clientSharedSecret),
                function("signWithOAuth1: token", token),
                function("signWithOAuth1: tokenSecret", tokenSecret),
                useAuthorizationHeader);
    }

    static ResponseTransformer transformer(@Nullable BiFunction<Response, Session, ? extends Response> function) {
        BiFunction<Response, Session, ? extends Response> given = Require.notNull("transformResponse", function);
        return (response, session) -> {
            Response changed = given.apply(Response.of(response), Bridge.session(session));
            if (changed == null) {
                throw new IllegalStateException("the function gave null. Return a response.");
            }
            return changed.over(response);
        };
    }

    static List<RequestDefinition> requests(String what, @Nullable List<HttpRequestActionBuilder> requests) {
        List<HttpRequestActionBuilder> given = Require.notNull(what, requests);
        if (given.isEmpty()) {
            throw new DefinitionException(what + ": at least one request is needed, none was given.");
        }
        return given.stream()
                .map(request -> Require.notNull(what, request).definition())
                .toList();
    }

    static Pattern pattern(String what, @Nullable String regex) {
        try {
            return Pattern.compile(Require.notBlank(what, regex));
        } catch (PatternSyntaxException e) {
            throw new DefinitionException(what + ": \"" + regex + "\" is no regular expression: " + e.getDescription()
                    + " near position " + e.getIndex() + ".");
        }
    }

    static List<Check> checks(CheckBuilder @Nullable ... checks) {
        return checks(Arrays.asList(Require.notNull("check", checks)));
    }

    static List<Check> checks(@Nullable List<CheckBuilder> checks) {
        return Bridge.checks(given(checks));
    }

    private static List<CheckBuilder> given(@Nullable List<CheckBuilder> checks) {
        List<CheckBuilder> given = Require.notNull("check", checks);
        if (given.isEmpty()) {
            throw new DefinitionException("check: at least one is needed, none was given.");
        }
        given.forEach(check -> Require.notNull("check", check));
        return given;
    }
}
