package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http2OptionsTest {
    @ParameterizedTest
    @CsvSource({
        // enableHttp2, what is known, target; spoken
        "false, '', https://shop.test, false",
        "true, '', https://shop.test, true",
        "true, '', http://shop.test, false",
        "true, shop.test=false, https://shop.test, false",
        "true, shop.test=true, http://shop.test:8080, true",
        "false, shop.test=true, http://shop.test, true",
        "false, shop.test=true, https://shop.test, true",
        "false, shop.test=true, https://other.test, false",
        "true, shop.test=false, https://other.test, true",
        "true, shop.test:443=false, https://shop.test, false",
        "true, shop.test:8443=false, https://shop.test, true",
        "true, shop.test=false shop.test:443=true, https://shop.test, true",
        "true, shop.test=true shop.test:80=false, http://shop.test, false"
    })
    void aHostWithItsPortWinsOverTheHostAndThatOverWhatIsUsual(
            boolean isOffered, String known, String url, boolean isSpoken) {
        Map<String, Boolean> all = Arrays.stream(known.split(" "))
                .filter(each -> !each.isEmpty())
                .map(each -> each.split("=", -1))
                .collect(Collectors.toMap(each -> each[0], each -> Boolean.valueOf(each[1])));
        boolean isSecure = url.startsWith("https");
        String[] host = url.substring(url.indexOf("//") + 2).split(":", -1);
        int port = host.length > 1 ? Integer.parseInt(host[1]) : isSecure ? 443 : 80;

        assertThat(new Http2Options(isOffered, all).allow(new Origin(isSecure, host[0], port)))
                .isEqualTo(isSpoken);
    }
}
