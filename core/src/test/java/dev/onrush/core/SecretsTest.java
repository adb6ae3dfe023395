package dev.onrush.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String SECRET = "pa ss/wörd+1";

    private final Secrets secrets = Secrets.of(List.of(SECRET, "short", "shorter"));

    @Test
    void masksARegisteredValueWhereverItStands() {
        assertThat(secrets.mask("login with pa ss/wörd+1 and pa ss/wörd+1")).isEqualTo("login with *** and ***");
    }

    @ParameterizedTest
    @CsvSource({
        "/a?access_token=abc&x=1, /a?access_token=***&x=1",
        "GET /a?x=1&apiKey=a%2Fb#part failed, GET /a?x=1&apiKey=***#part failed",
        "http://h/a;jsessionid=12AB?q=1, http://h/a;jsessionid=***",
        "/a?X-Amz-Signature=12&user.password=34, /a?X-Amz-Signature=***&user.password=***",
        "/a?tokens=3&design=blue&q=password, /a?tokens=3&design=blue&q=password",
        "token=3 was expected, token=3 was expected"
    })
    void masksQueryParametersThatAreSecretByTheirName(String text, String masked) {
        assertThat(Secrets.ALWAYS.mask(text)).isEqualTo(masked);
        assertThat(Secrets.ALWAYS.mask(masked)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Api-Key: abc, X-Api-Key: ***",
        "x-auth-token=abc, x-auth-token=***",
        "X-Client-Secret: a b c, X-Client-Secret: ***",
        "X-Echo: abc, X-Echo: abc",
        "X-Token-Count: 3, X-Token-Count: 3"
    })
    void masksHeadersThatAreSecretByTheirName(String text, String masked) {
        assertThat(Secrets.ALWAYS.mask(text)).isEqualTo(masked);
    }

    @Test
    void masksTheLongerOfTwoValuesThatOverlap() {
        assertThat(secrets.mask("shorter, short")).isEqualTo("***, ***");
    }

    @Test
    void masksAValueAsUrlsCarryIt() {
        String coded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

        assertThat(secrets.mask("/login?p=" + coded + "&x=1")).isEqualTo("/login?p=***&x=1");
        assertThat(secrets.mask("/login?p=" + coded.replace("+", "%20"))).isEqualTo("/login?p=***");
        assertThat(secrets.mask("/login?p=pa+ss%2fw%c3%b6rd%2b1")).isEqualTo("/login?p=***");
        assertThat(secrets.mask("/login/pa%20ss/w%C3%B6rd+1/x")).isEqualTo("/login/***/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "user:", "somebody"})
    void masksAValueInBase64WhateverStandsAroundIt(String before) {
        for (String behind : List.of("", "x", "xy", " and more")) {
            byte[] plain = (before + SECRET + behind).getBytes(StandardCharsets.UTF_8);
            String coded = Base64.getEncoder().encodeToString(plain);

            String masked = secrets.mask("<" + coded + ">");

            assertThat(masked).contains("***").hasSizeLessThan(before.length() + behind.length() + 3 + 16);
        }
    }

    @Test
    void masksAValueAsJsonWritesIt() {
        assertThat(Secrets.of(List.of("a\"b\\c")).mask("{\"p\":\"a\\\"b\\\\c\"}"))
                .isEqualTo("{\"p\":\"***\"}");
    }

    @Test
    void masksWhatACutLeftOfAValue() {
        assertThat(secrets.mask("found \"pa ss/w…\"")).isEqualTo("found \"***…\"");
        assertThat(secrets.mask("once… and twice pa ss…")).isEqualTo("once… and twice ***…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization: Bearer abc              | Authorization: ***",
                "authorization:Basic dTpw               | authorization:***",
                "Proxy-Authorization: x                 | Proxy-Authorization: ***",
                "Cookie: a=b; c=d                       | Cookie: ***",
                "Set-Cookie: id=1; Path=/               | Set-Cookie: ***",
                "{\"Authorization\": \"Bearer a\"}      | {\"Authorization\": ***",
                "sent Bearer abcdefgh1 to it            | sent Bearer *** to it",
                "http://me:pw@host/a                    | http://***@host/a",
                "at https://token@host:8443 it failed   | at https://***@host:8443 it failed",
                "proxy http://me:very-lo…               | proxy http://***@",
            })
    void masksWhatIsAlwaysSecret(String text, String masked) {
        assertThat(Secrets.ALWAYS.mask(text)).isEqualTo(masked);
        assertThat(Secrets.ALWAYS.mask(masked)).isEqualTo(masked);
    }

    @Test
    void masksEachLineForItself() {
        assertThat(Secrets.ALWAYS.mask("Cookie: a\nAccept: b\r\nSet-Cookie: c\nX: d"))
                .isEqualTo("Cookie: ***\nAccept: b\r\nSet-Cookie: ***\nX: d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status was 404, expected 2xx or 304",
                "http://host:8080/a?mail=me@example.com",
                "https://host/@me",
                "cookies were dropped: more than 300 per user",
                "basic checks of the bearer token",
                "a cut text…",
                ""
            })
    void leavesEverythingElse(String text) {
        assertThat(secrets.mask(text)).isSameAs(text);
    }
}
