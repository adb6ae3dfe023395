package dev.onrush.http.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTest {
    private static final Url HERE = Url.parse("http://a/b/c/d;p?q");

    /** RFC 3986, sections 5.4.1 and 5.4.2, but for fragments: they are not sent. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "g:h | g:h",
                "g | http://a/b/c/g",
                "./g | http://a/b/c/g",
                "g/ | http://a/b/c/g/",
                "/g | http://a/g",
                "//g | http://g",
                "?y | http://a/b/c/d;p?y",
                "g?y | http://a/b/c/g?y",
                "#s | http://a/b/c/d;p?q",
                "g#s | http://a/b/c/g",
                "g?y#s | http://a/b/c/g?y",
                ";x | http://a/b/c/;x",
                "g;x?y#s | http://a/b/c/g;x?y",
                ". | http://a/b/c/",
                "./ | http://a/b/c/",
                ".. | http://a/b/",
                "../ | http://a/b/",
                "../g | http://a/b/g",
                "../.. | http://a/",
                "../../ | http://a/",
                "../../g | http://a/g",
                "../../../g | http://a/g",
                "../../../../g | http://a/g",
                "/./g | http://a/g",
                "/../g | http://a/g",
                "g. | http://a/b/c/g.",
                ".g | http://a/b/c/.g",
                "g.. | http://a/b/c/g..",
                "..g | http://a/b/c/..g",
                "./../g | http://a/b/g",
                "./g/. | http://a/b/c/g/",
                "g/./h | http://a/b/c/g/h",
                "g/../h | http://a/b/c/h",
                "g;x=1/./y | http://a/b/c/g;x=1/y",
                "g;x=1/../y | http://a/b/c/y",
                "g?y/./x | http://a/b/c/g?y/./x",
                "g?y/../x | http://a/b/c/g?y/../x",
                "1:2 | http://a/b/c/1:2",
            })
    void referencesLeadWhereTheStandardSays(String reference, String leadsTo) {
        assertThat(HERE.resolve(reference)).isEqualTo(leadsTo);
    }

    @ParameterizedTest
    @CsvSource({"''", "' '"})
    void nothingLeadsNowhere(String reference) {
        assertThat(HERE.resolve(reference)).isNull();
    }
}
