package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON value becomes. JSON null is null in every type; what does not fit a type is no match.
 *
 * @param <T> the Java type
 */
public abstract class JsonType<T> {
    /** Text as it is, everything else as JSON. */
    public static final JsonType<String> TEXT = new JsonType<>("") {
        @Override
        Object fit(JsonNode node) {
            return node.isString() ? node.stringValue() : Json.MAPPER.writeValueAsString(node);
        }
    };

    public static final JsonType<Boolean> BOOLEAN = new JsonType<>(", boolean") {
        @Override
        Object fit(JsonNode node) {
            return node.isBoolean() ? (Object) node.booleanValue() : Finder.NONE;
        }
    };

    /** A number without fraction that fits; 1.0 is such a number. */
    public static final JsonType<Integer> INT = new JsonType<>(", int") {
        @Override
        Object fit(JsonNode node) {
            return node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToInt()
                    ? (Object) node.asInt()
                    : Finder.NONE;
        }
    };

    /** As {@link #INT}, in 64 bits. */
    public static final JsonType<Long> LONG = new JsonType<>(", long") {
        @Override
        Object fit(JsonNode node) {
            return node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong()
                    ? (Object) node.asLong()
                    : Finder.NONE;
        }
    };

    public static final JsonType<Double> DOUBLE = new JsonType<>(", double") {
        @Override
        Object fit(JsonNode node) {
            return node.isNumber() ? (Object) node.asDouble() : Finder.NONE;
        }
    };

    public static final JsonType<List<Object>> LIST = new JsonType<>(", list") {
        @Override
        Object fit(JsonNode node) {
            return node.isArray() ? java(node) : Finder.NONE;
        }
    };

    public static final JsonType<Map<String, Object>> MAP = new JsonType<>(", map") {
        @Override
        Object fit(JsonNode node) {
            return node.isObject() ? java(node) : Finder.NONE;
        }
    };

    /** Whatever it is: text, number, truth value, list or map. */
    public static final JsonType<Object> OBJECT = new JsonType<>(", object") {
        @Override
        Object fit(JsonNode node) {
            return java(node);
        }
    };

    private final String words;

    private JsonType(String words) {
        this.words = words;
    }

    /** The value of this type, null for JSON null, or {@link Finder#NONE}. */
    final @Nullable Object of(JsonNode node) {
        return node.isNull() ? null : fit(node);
    }

    abstract Object fit(JsonNode node);

    /** How it is named behind a path; empty for text. */
    final String words() {
        return words;
    }

    /** JSON as Java has it; the reader has limited the depth. */
    private static Object java(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                map.put(entry.getKey(), entry.getValue().isNull() ? null : java(entry.getValue()));
            }
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>(node.size());
            for (JsonNode element : node) {
                list.add(element.isNull() ? null : java(element));
            }
            return list;
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.asString();
    }
}
