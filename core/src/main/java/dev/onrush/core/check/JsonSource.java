package dev.onrush.core.check;

import tools.jackson.databind.JsonNode;

/** Where in a body the JSON stands. */
public enum JsonSource {
    /** The body is JSON. */
    BODY("") {
        @Override
        JsonNode root(ResponseBody body) {
            return body.json();
        }
    },
    /** The body is a script that calls a function with JSON. */
    JSONP("jsonp") {
        @Override
        JsonNode root(ResponseBody body) {
            return body.jsonp();
        }
    };

    private final String prefix;

    JsonSource(String prefix) {
        this.prefix = prefix;
    }

    /** @throws UnreadableBodyException if there is none */
    abstract JsonNode root(ResponseBody body);

    /** The word of the DSL for a query of that kind. */
    String word(String query) {
        return prefix.isEmpty() ? query : prefix + Character.toUpperCase(query.charAt(0)) + query.substring(1);
    }
}
