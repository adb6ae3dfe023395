package dev.onrush.maven;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** How long a run that was told to stop is waited for: the time it gives its users, and some to write the report. */
final class Patience {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
    private static final Duration FOR_THE_REPORT = Duration.ofSeconds(5);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Patience() {}

    /** Reads the setting {@code onrush.grace} as the run will; what is no duration is left to the run to refuse. */
    static Duration of(Map<String, String> systemProperties, Map<String, String> environment) {
        String set = systemProperties.getOrDefault("onrush.grace", environment.get("ONRUSH_GRACE"));
        return grace(set).plus(FOR_THE_REPORT);
    }

    private static Duration grace(@Nullable String set) {
        Matcher duration = DURATION.matcher(set == null ? "" : set.strip());
        if (!duration.matches()) {
            return DEFAULT_GRACE;
        }
        long amount = Long.parseLong(duration.group(1));
        return switch (duration.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
