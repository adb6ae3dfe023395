package dev.onrush.testkit;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The header lines of one message in their order; names are compared without case. Not changed once it is handed out. */
final class HeaderList {
    private final List<String> flat = new ArrayList<>(24);

    void add(String name, String value) {
        flat.add(name);
        flat.add(value);
    }

    @Nullable
    String first(String name) {
        for (int i = 0; i < flat.size(); i += 2) {
            if (flat.get(i).equalsIgnoreCase(name)) {
                return flat.get(i + 1);
            }
        }
        return null;
    }

    List<String> all(String name) {
        var found = new ArrayList<String>();
        for (int i = 0; i < flat.size(); i += 2) {
            if (flat.get(i).equalsIgnoreCase(name)) {
                found.add(flat.get(i + 1));
            }
        }
        return List.copyOf(found);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < flat.size(); i += 2) {
            lines.add(flat.get(i) + ": " + flat.get(i + 1));
        }
        return List.copyOf(lines);
    }
}
