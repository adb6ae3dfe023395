package dev.onrush.report.internal.log;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.report.outcome.RunFacts;

/** The head of several logs together: that of the first, and what is to be shown of all. */
final class MergedHeader {
    /** Keys of the head that say something of one generator only, and are shown of all. */
    private static final List<String> SHOWN_OF_ALL =
            List.of(RunFacts.CONNECT_PREFIX, RunFacts.PROFILE_PREFIX, RunHeader.MODEL_PREFIX);
    /** Begins the warning that a generator has a part of the run only: of all together it is not true. */
    private static final String PART_WARNING = "This generator has part ";

    private MergedHeader() {}

    /** @param earliest beginning of a part */
    static RunHeader of(List<GeneratorLogs.Part> parts, Instant earliest) {
        RunHeader first = parts.get(0).log().header();
        Map<String, String> values = new LinkedHashMap<>(first.values());
        values.keySet().removeIf(key -> key.startsWith(RunFacts.WARNING_PREFIX));
        Set<String> warnings = new LinkedHashSet<>();
        for (GeneratorLogs.Part part : parts) {
            part.log().header().values().forEach((key, text) -> {
                if (SHOWN_OF_ALL.stream().anyMatch(key::startsWith)) {
                    values.putIfAbsent(key, text);
                }
                if (key.startsWith(RunFacts.WARNING_PREFIX) && !text.startsWith(PART_WARNING)) {
                    warnings.add(text);
                }
            });
            if (part.log().header().get(RunHeader.TLS_VERIFICATION).equals("false")) {
                values.put(RunHeader.TLS_VERIFICATION, "false");
            }
        }
        int number = 1;
        for (String warning : warnings) {
            values.put(RunFacts.WARNING_PREFIX + number++, warning);
        }
        values.put(RunHeader.START, earliest.toString());
        values.remove(RunHeader.SEGMENT);
        values.remove(RunHeader.SETTING_PREFIX + RunHeader.SEGMENT);
        return new RunHeader(values);
    }
}
