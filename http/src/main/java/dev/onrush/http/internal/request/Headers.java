package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.List;

/** Lists of headers in which a name stands once, letter case ignored. */
final class Headers {
    private Headers() {}

    static List<HeaderField> with(List<HeaderField> fields, HeaderField field) {
        List<HeaderField> changed = new ArrayList<>(fields);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).is(field.name())) {
                changed.set(i, field);
                return List.copyOf(changed);
            }
        }
        changed.add(field);
        return List.copyOf(changed);
    }

    static boolean contains(List<HeaderField> fields, String name) {
        return fields.stream().anyMatch(field -> field.is(name));
    }

    /** All of both; where a name stands in both, the winner's. */
    static List<HeaderField> merged(List<HeaderField> fields, List<HeaderField> winners) {
        List<HeaderField> all = fields;
        for (HeaderField winner : winners) {
            all = with(all, winner);
        }
        return all;
    }
}
