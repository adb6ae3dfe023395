package dev.onrush.http.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;

class DigestChallengeTest {
    private static DigestChallenge challenge(String... values) {
        BasicHttpResponse response = new BasicHttpResponse(401);
        for (String value : values) {
            response.addHeader("WWW-Authenticate", value);
        }
        return DigestChallenge.of(response);
    }

    private static final String NONCE = "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
            + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    /** RFC 7616, section 3.9.1. */
    @Test
    void answersTheExamplesOfTheStandard() {
        String md5 = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, " + NONCE;
        String sha = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, " + NONCE;
        String clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

        assertThat(challenge(md5).answer("Mufasa", "Circle of Life", "GET", "/dir/index.html", null, clientNonce))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
                .contains("nc=00000001", "qop=auth", "algorithm=MD5", "uri=\"/dir/index.html\"");
        assertThat(challenge(md5, sha).answer("Mufasa", "Circle of Life", "GET", "/dir/index.html", null, clientNonce))
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    @Test
    void isNoneThatCannotBeAnswered() {
        assertThat(challenge("Basic realm=\"x\"")).isNull();
        assertThat(challenge("Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256"))
                .isNull();
        assertThat(challenge("Digest realm=\"x\", nonce=\"n\", qop=\"other\"")).isNull();
        assertThat(challenge("Digest realm=\"x\"")).isNull();
        assertThat(challenge("Digest")).isNull();
        assertThat(challenge("Digest realm=\"x\", nonce=\"n\", stale=TRUE").isStale())
                .isTrue();
    }
}
