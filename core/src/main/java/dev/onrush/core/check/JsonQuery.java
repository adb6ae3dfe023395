package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.List;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.Jackson3JsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.Jackson3MappingProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A compiled JSONPath. Immutable. */
sealed interface JsonQuery {
    /** Whether it names at most one place. */
    boolean isDefinite();

    /** The first value found, null if there is none. */
    @Nullable
    JsonNode first(JsonNode root);

    List<JsonNode> all(JsonNode root);

    /** @throws IllegalArgumentException bad syntax */
    static JsonQuery of(String path) {
        JsonQuery walk = Walk.of(path);
        return walk == null ? Search.of(path) : walk;
    }

    /** Names and indexes only, as in {@code $.a.b[0]}: walked without a library, which is several times faster. */
    record Walk(Object[] steps) implements JsonQuery {
        static @Nullable JsonQuery of(String path) {
            if (!path.startsWith("$")) {
                return null;
            }
            List<Object> steps = new ArrayList<>();
            int at = 1;
            while (at < path.length()) {
                int end = path.charAt(at) == '.' ? nameEnd(path, at + 1) : bracketEnd(path, at);
                if (end < 0) {
                    return null;
                }
                Object step = path.charAt(at) == '.'
                        ? path.substring(at + 1, end)
                        : bracketed(path.substring(at + 1, end - 1));
                if (step == null) {
                    return null;
                }
                steps.add(step);
                at = end;
            }
            return new Walk(steps.toArray());
        }

        private static int nameEnd(String path, int from) {
            int at = from;
            while (at < path.length() && isNamePart(path.charAt(at))) {
                at++;
            }
            boolean isFunction = at < path.length() && path.charAt(at) == '(';
            return at == from || isFunction ? -1 : at;
        }

        private static boolean isNamePart(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '-';
        }

        private static int bracketEnd(String path, int at) {
            if (path.charAt(at) != '[') {
                return -1;
            }
            int closing = path.indexOf(']', at);
            return closing < 0 ? -1 : closing + 1;
        }

        /** An index or a plain name in quotes, else null. */
        private static @Nullable Object bracketed(String inside) {
            int length = inside.length();
            if (length > 2 && inside.charAt(0) == '\'' && inside.charAt(length - 1) == '\'') {
                String name = inside.substring(1, length - 1);
                return name.indexOf('\'') < 0 && name.indexOf('\\') < 0 ? name : null;
            }
            return inside.matches("-?\\d{1,9}") ? Integer.valueOf(inside) : null;
        }

        @Override
        public boolean isDefinite() {
            return true;
        }

        @Override
        public @Nullable JsonNode first(JsonNode root) {
            JsonNode node = root;
            for (Object step : steps) {
                if (step instanceof String name) {
                    node = node.isObject() ? node.get(name) : null;
                } else {
                    int index = (Integer) step;
                    node = node.isArray() ? node.get(index < 0 ? node.size() + index : index) : null;
                }
                if (node == null) {
                    return null;
                }
            }
            return node;
        }

        @Override
        public List<JsonNode> all(JsonNode root) {
            JsonNode node = first(root);
            return node == null ? List.of() : List.of(node);
        }
    }

    /** Anything else: filters, wildcards, slices, deep scans, functions. */
    record Search(JsonPath path) implements JsonQuery {
        private static final Configuration CONFIGURATION = Configuration.builder()
                .jsonProvider(new Jackson3JsonNodeJsonProvider(Json.MAPPER))
                .mappingProvider(new Jackson3MappingProvider(Json.MAPPER))
                .build();

        static JsonQuery of(String path) {
            if (path.isBlank()) {
                throw new IllegalArgumentException("there is no path");
            }
            if (path.stripTrailing().endsWith("[")) { // the library takes it as if it were not there
                throw new IllegalArgumentException("[ is never closed");
            }
            try {
                return new Search(JsonPath.compile(path));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(withoutPeriod(String.valueOf(e.getMessage())), e);
            }
        }

        private static String withoutPeriod(String message) {
            return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        }

        @Override
        public boolean isDefinite() {
            return path.isDefinite();
        }

        @Override
        public @Nullable JsonNode first(JsonNode root) {
            List<JsonNode> all = all(root);
            return all.isEmpty() ? null : all.get(0);
        }

        @Override
        public List<JsonNode> all(JsonNode root) {
            Object found;
            try {
                found = path.read(root, CONFIGURATION);
            } catch (PathNotFoundException e) {
                return List.of();
            } catch (JsonPathException e) {
                throw new UnreadableBodyException(String.valueOf(e.getMessage()));
            }
            JsonNode node = found instanceof JsonNode known ? known : Json.MAPPER.valueToTree(found);
            if (path.isDefinite()) {
                return node == null || node.isMissingNode() ? List.of() : List.of(node);
            }
            List<JsonNode> all = new ArrayList<>();
            node.forEach(all::add);
            return all;
        }
    }
}
