package dev.onrush.http.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;

class WireRequestTest {
    private static final Origin ORIGIN = new Origin(false, "shop.test", 8080);

    @Test
    void keepsItsHeadAsTheBytesItIsSentAs() {
        var request = new WireRequest(
                "POST", ORIGIN, "/a?b=c", List.of(new BasicHeader("Accept", "*/*")), new byte[] {1, 2, 3});

        assertThat(text(request))
                .isEqualTo("POST /a?b=c HTTP/1.1\r\nHost: shop.test:8080\r\nAccept: */*\r\nContent-Length: 3\r\n\r\n");
    }

    @Test
    void sendsNoByteOfItsHeadThatCouldEndALine() {
        var request = new WireRequest(
                "GET", ORIGIN, "/", List.of(new BasicHeader("X-Name", "a\u0a0db\r\nX-More: \u00e9")), null);

        assertThat(text(request))
                .isEqualTo("GET / HTTP/1.1\r\nHost: shop.test:8080\r\nX-Name: a?b??X-More: \u00e9\r\n\r\n");
    }

    private static String text(WireRequest request) {
        return new String(((WireRequest.Head) request.head()).bytes(), ISO_8859_1);
    }
}
