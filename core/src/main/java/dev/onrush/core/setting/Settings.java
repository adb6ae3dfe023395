package dev.onrush.core.setting;

import java.time.Duration;
import java.util.Map;

/** The settings in force in one run. Immutable. */
public final class Settings {
    private final Map<Setting, String> values;

    Settings(Map<Setting, String> values) {
        this.values = Map.copyOf(values);
    }

    /** All at their defaults. */
    public static Settings defaults() {
        return new Settings(Map.of());
    }

    public String text(Setting setting) {
        return values.getOrDefault(setting, setting.defaultText());
    }

    public int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    public long longNumber(Setting setting) {
        return Long.parseLong(text(setting));
    }

    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    /** Durations are written {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h} or as a bare number of seconds. */
    public Duration duration(Setting setting) {
        return Durations.parse(text(setting));
    }
}
