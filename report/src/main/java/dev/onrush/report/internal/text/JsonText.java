package dev.onrush.report.internal.text;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as a file that people open, too: indented, and the same bytes on every system. */
public final class JsonText {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonText() {}

    public static String of(Object tree) {
        // Jackson's printer takes line ends from the system.
        return MAPPER.writeValueAsString(tree).replace("\r\n", "\n") + "\n";
    }
}
