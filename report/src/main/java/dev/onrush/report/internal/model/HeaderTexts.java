package dev.onrush.report.internal.model;

import java.util.Map;
import java.util.TreeMap;

import dev.onrush.report.outcome.RunFacts;

/** Texts of a log's head whose keys begin alike. */
public final class HeaderTexts {
    private HeaderTexts() {}

    /** By what follows the prefix, in the order of these; numbers in their own. */
    public static Map<String, String> of(Map<String, String> header, String prefix) {
        Map<String, String> found = new TreeMap<>((a, b) -> {
            int byLength = prefix.equals(RunFacts.WARNING_PREFIX) ? Integer.compare(a.length(), b.length()) : 0;
            return byLength != 0 ? byLength : a.compareTo(b);
        });
        header.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
