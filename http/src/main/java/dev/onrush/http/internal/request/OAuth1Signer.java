package dev.onrush.http.internal.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/**
 * Signs by OAuth 1.0 (RFC 5849) with HMAC-SHA1.
 *
 * @param token empty: none, and nothing is said of one
 * @param inHeader else in the form, if the body is one, else in the query
 */
public record OAuth1Signer(
        Expression<String> consumerKey,
        Expression<String> clientSecret,
        Expression<String> token,
        Expression<String> tokenSecret,
        boolean inHeader)
        implements Signer {
    private static final String FORM = "application/x-www-form-urlencoded";

    /** A parameter, its name and value encoded. */
    private record Parameter(String name, String value) {
        static Parameter of(String name, String value) {
            return new Parameter(Parameters.encoded(name), Parameters.encoded(value));
        }

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    @Override
    public List<Expression<?>> expressions() {
        return List.of(consumerKey, clientSecret, token, tokenSecret);
    }

    @Override
    public OutgoingRequest sign(OutgoingRequest request, UserSession session) {
        return sign(
                request,
                session,
                UUID.randomUUID().toString().replace("-", ""),
                String.valueOf(System.currentTimeMillis() / 1000));
    }

    OutgoingRequest sign(OutgoingRequest request, UserSession session, String nonce, String timestamp) {
        List<Parameter> own = new ArrayList<>();
        own.add(Parameter.of("oauth_consumer_key", consumerKey.evaluate(session)));
        own.add(Parameter.of("oauth_nonce", nonce));
        own.add(Parameter.of("oauth_signature_method", "HMAC-SHA1"));
        own.add(Parameter.of("oauth_timestamp", timestamp));
        String given = token.evaluate(session);
        if (!given.isEmpty()) {
            own.add(Parameter.of("oauth_token", given));
        }
        own.add(Parameter.of("oauth_version", "1.0"));

        List<Parameter> all = new ArrayList<>(own);
        String target = request.url().target();
        int query = target.indexOf('?');
        if (query >= 0) {
            all.addAll(parsed(target.substring(query + 1)));
        }
        String form = form(request);
        if (form != null) {
            all.addAll(parsed(form));
        }
        String base = Parameters.encoded(request.method().toUpperCase(Locale.ROOT)) + "&"
                + Parameters.encoded(request.url().origin() + request.url().path()) + "&"
                + Parameters.encoded(all.stream()
                        .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                        .map(Parameter::toString)
                        .collect(Collectors.joining("&")));
        String key = Parameters.encoded(clientSecret.evaluate(session)) + "&"
                + Parameters.encoded(tokenSecret.evaluate(session));
        own.add(Parameter.of("oauth_signature", hmac(key, base)));
        return with(request, own, form);
    }

    private OutgoingRequest with(OutgoingRequest request, List<Parameter> own, @Nullable String form) {
        if (inHeader) {
            return request.withHeader(
                    "Authorization",
                    own.stream()
                            .map(each -> each.name() + "=\"" + each.value() + '"')
                            .collect(Collectors.joining(", ", "OAuth ", "")));
        }
        String added = own.stream().map(Parameter::toString).collect(Collectors.joining("&"));
        if (form == null) {
            return request.withUrl(request.url().withQuery(added));
        }
        return request.withBody((form.isEmpty() ? added : form + "&" + added).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Null if the body is none. */
    private static @Nullable String form(OutgoingRequest request) {
        String type = request.header("Content-Type");
        byte[] body = request.body();
        boolean isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
        return isForm && body != null && request.header("Content-Encoding") == null
                ? new String(body, StandardCharsets.ISO_8859_1)
                : null;
    }

    private static List<Parameter> parsed(String text) {
        List<Parameter> all = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                all.add(Parameter.of(decoded(name), decoded(value)));
            }
        }
        return all;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
