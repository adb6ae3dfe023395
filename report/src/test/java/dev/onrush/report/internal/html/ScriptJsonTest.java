package dev.onrush.report.internal.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.report.testing.Hostile;

class ScriptJsonTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void escapesWhatCouldEndTheElementOrALine() {
        assertThat(ScriptJson.of(List.of("</script><!-- & \u2028\u2029 \uD83D \uD83D\uDE00")))
                .isEqualTo("[\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029 \uFFFD \uD83D\uDE00\"]");
    }

    @Test
    void keepsEveryTextAndNumber() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int round = 0; round < 5000; round++) {
            String text = Hostile.random(random);
            long huge = random.nextLong();
            String json = ScriptJson.of(Map.of(text + "key", List.of(text, huge)));

            assertThat(json).as("seed %d, round %d", seed, round).doesNotContain("<", ">", "&", "\u2028", "\u2029");
            JsonNode read = MAPPER.readTree(json);
            assertThat(read.propertyNames()).containsExactly(whole(text + "key"));
            assertThat(read.get(whole(text + "key")).get(0).asString())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(whole(text));
            assertThat(read.get(whole(text + "key")).get(1).longValue()).isEqualTo(huge);
        }
    }

    private static String whole(String text) {
        return text.codePoints()
                .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
