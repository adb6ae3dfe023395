package dev.onrush.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlResourcesTest {
    private static List<String> of(String html) {
        List<String> all = new ArrayList<>();
        HtmlResources.tell(ResponseBody.of(html), all::add);
        return all;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a.png 1x, b.png 2x | | a.png",
                "b.png 2x | a.png | a.png",
                "b.png 2x, c.png 3x | | b.png",
                "a.png .5x, b.png .75x | | b.png",
                "a.png | b.png | a.png",
                "a.png, b.png 2x | | a.png",
                "a.png,b.png 2x | | a.png,b.png",
                ",  a.png , | | a.png",
                "a.png 100w, b.png 1920w, c.png 3000w | d.png | b.png",
                "a.png 100w, b.png 900w | d.png | b.png",
                "a.png nonsense, b.png 1q, c.png x | d.png | d.png",
                "a.png NaNx, b.png -1x, c.png 0x | d.png | d.png",
                "a.png 2x | | a.png",
                "data:image/png;base64,AAAA 1x, b.png 2x | | data:image/png;base64,AAAA",
            })
    void ofSeveralSizesItIsTheOneForAPlainScreen(String srcset, String src, String chosen) {
        assertThat(Candidates.chosen(srcset, src == null ? "" : src)).isEqualTo(chosen);
    }

    @Test
    void theBaseIsWhatThePageSaysFirst() {
        assertThat(HtmlResources.base(ResponseBody.of("<base target=x><base href='/a/'><base href='/b/'>")))
                .isEqualTo("/a/");
        assertThat(HtmlResources.base(ResponseBody.of("<p>none"))).isNull();
        assertThat(HtmlResources.base(ResponseBody.EMPTY)).isNull();
    }

    @Test
    void referencesComeAsTheyAreWrittenAndInTheOrderOfThePage() {
        assertThat(of("<img src=' a b '><IMG SRC=http://x.test/#y><svg><image href='s.svg'/></svg>"))
                .containsExactly(" a b ", "http://x.test/#y", "s.svg");
        assertThat(of("<table background=t.png><tr><td background=d.png></table>"))
                .containsExactly("t.png", "d.png");
        assertThat(of("<p style='background:url( \"a)b\" ), URL(c) url('>")).startsWith("\"a");
        assertThat(of("<video autoplay preload=none src=v></video><iframe srcdoc='x' src=no></iframe>"))
                .containsExactly("v");
        assertThat(of("<link rel='preload' href=p><link rel=modulepreload href=m><link rel='icon' href=i>"
                        + "<link rel='dns-prefetch' href=no><link rel='stylesheet' disabled href=no><link href=no>"))
                .containsExactly("p", "m", "i");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<img srcset='", "<img srcset=',", "<p style='url(", "<picture><source srcset='", "<link rel='a "
            })
    void hostilePagesAreReadInLinearTime(String begin) {
        String html = begin + "a ,url( ".repeat(50_000) + "'>";
        long start = System.nanoTime();

        of(html);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
