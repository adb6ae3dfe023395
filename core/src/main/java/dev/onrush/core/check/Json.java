package dev.onrush.core.check;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON from a target that may mean harm: depth, length of numbers and of names are limited. */
final class Json {
    /** Deep enough for any honest document; its reader recurses per level. */
    private static final int MOST_LEVELS = 500;

    private static final int LONGEST_NUMBER = 1000;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_LEVELS)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(Integer.MAX_VALUE) // the body's own limit is what binds
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode parse(ResponseBody body) {
        return body.charset().equals(StandardCharsets.UTF_8)
                ? parsed(() -> MAPPER.readTree(body.bytes()))
                : parsed(() -> MAPPER.readTree(body.string()));
    }

    /** What a script hands to a function: {@code show({"n": 1});}. */
    static JsonNode parsePadded(String script) {
        String text = script.strip();
        int from = text.indexOf('(');
        int to = text.lastIndexOf(')');
        if (from < 1 || to < from || !text.substring(to + 1).replace(';', ' ').isBlank()) {
            throw new UnreadableBodyException("the body is not JSONP, as in show({\"n\": 1});");
        }
        return parsed(() -> MAPPER.readTree(text.substring(from + 1, to)));
    }

    private static JsonNode parsed(Supplier<@Nullable JsonNode> reading) {
        try {
            JsonNode root = reading.get();
            if (root == null || root.isMissingNode()) {
                throw new UnreadableBodyException("the body is empty, not JSON");
            }
            return root;
        } catch (JacksonException e) {
            throw new UnreadableBodyException("the body is not readable as JSON: " + e.getOriginalMessage());
        }
    }
}
