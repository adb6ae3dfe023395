package dev.onrush.http.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

class OAuth1SignerTest {
    private static OAuth1Signer signer(String key, String secret, String token, String tokenSecret) {
        return new OAuth1Signer(
                Expression.constant(key),
                Expression.constant(secret),
                Expression.constant(token),
                Expression.constant(tokenSecret),
                true);
    }

    /** OAuth Core 1.0, appendix A.5. */
    @Test
    void signsTheExampleOfTheStandard() {
        OutgoingRequest photo = new OutgoingRequest(
                "photo",
                "GET",
                Url.parse("http://photos.example.net/photos?file=vacation.jpg&size=original"),
                List.of(),
                null);

        OutgoingRequest signed = signer("dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00")
                .sign(photo, UserSession.NOBODY, "kllo9940pd9333jh", "1191242096");

        assertThat(signed.header("Authorization")).contains("oauth_signature=\"tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D\"");
    }

    @Test
    void takesParametersOfQueryAndFormInTheirOrder() {
        OutgoingRequest request = new OutgoingRequest(
                "x",
                "POST",
                Url.parse("http://EXAMPLE.com:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b"),
                List.of(new BasicHeader("Content-Type", "application/x-www-form-urlencoded")),
                "c2&a3=2+q".getBytes(StandardCharsets.US_ASCII));
        OutgoingRequest other = new OutgoingRequest(
                "x",
                "POST",
                Url.parse("http://example.com/request?c%40=&a2=r+b&b5=%3D%253D&c2="),
                List.of(new BasicHeader("content-type", "application/x-www-form-urlencoded; charset=utf-8")),
                "a3=2%20q&a3=a".getBytes(StandardCharsets.US_ASCII));
        OAuth1Signer signer = signer("k", "s", "t", "ts");

        assertThat(signer.sign(request, UserSession.NOBODY, "n", "1").header("Authorization"))
                .isEqualTo(signer.sign(other, UserSession.NOBODY, "n", "1").header("Authorization"));
    }
}
