package dev.onrush.core.setting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names that were given as those of settings, and are none: whoever mistyped one would not notice. */
final class UnknownSettings {
    private static final int MOST_TYPOS = 2;

    private UnknownSettings() {}

    /** A line for each, in the order of their names. */
    static List<String> warnings(Map<String, String> systemProperties, Map<String, String> environment) {
        List<String> warnings = new ArrayList<>();
        add(warnings, systemProperties, "onrush.", SettingSource.SYSTEM_PROPERTY, Setting::systemProperty);
        add(warnings, environment, "ONRUSH_", SettingSource.ENVIRONMENT, Setting::environmentVariable);
        return warnings;
    }

    private static void add(
            List<String> warnings,
            Map<String, String> given,
            String prefix,
            SettingSource source,
            Function<Setting, String> naming) {
        List<String> known = Stream.of(Setting.values()).map(naming).toList();
        for (String name : new TreeSet<>(given.keySet())) {
            if (name.startsWith(prefix) && !known.contains(name)) {
                warnings.add("setting " + name + " (" + source.words()
                        + "): there is none of that name, so it has no effect. "
                        + nearest(name, known)
                                .map(near -> "Is " + near + " meant? ")
                                .orElse("")
                        + "docs/settings.md lists them.");
            }
        }
    }

    private static Optional<String> nearest(String name, List<String> known) {
        return known.stream()
                .filter(each -> typos(name, each) <= MOST_TYPOS)
                .min(Comparator.comparingInt(each -> typos(name, each)));
    }

    /** Letters to add, to leave out or to change until one is the other, whatever their case. */
    private static int typos(String given, String known) {
        String from = given.toLowerCase(Locale.ROOT);
        String to = known.toLowerCase(Locale.ROOT);
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
