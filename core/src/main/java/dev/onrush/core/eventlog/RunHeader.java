package dev.onrush.core.eventlog;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.onrush.core.Secrets;

/**
 * The head of a log: what a run was, as texts by key. Well-known keys have constants and accessors; others are kept as they
 * are.
 */
public record RunHeader(Map<String, String> values) {
    public static final String SIMULATION = "simulation";
    public static final String DESCRIPTION = "description";
    /** Wall time at which the run began, ISO-8601. */
    public static final String START = "start";

    public static final String SEED = "seed";
    public static final String VERSION = "version";
    public static final String PLAN = "plan";
    /** The generator's monotonic clock when the run began, nanoseconds of no particular origin; for comparing with the clocks of others on the same machine. */
    public static final String CLOCK = "clock";
    /** Plus the name of a scenario: {@link #CLOSED} or {@code open}, how its users are injected. */
    public static final String MODEL_PREFIX = "model.";
    /** So many users are present; who waits for the target does not ask meanwhile. */
    public static final String CLOSED = "closed";
    /** Plus the name of a scenario that begins with the run: what its profile asks for over time, see {@code LoadLevel}. */
    public static final String LEVELS_PREFIX = "levels.";
    /** {@code true} or {@code false}. */
    public static final String TLS_VERIFICATION = "tls.verification";
    /** Begins the key of every setting that differs from its default. */
    public static final String SETTING_PREFIX = "setting.";

    public RunHeader {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static RunHeader of(String simulation, String description, Instant start, long seed, String version) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(SIMULATION, simulation);
        values.put(DESCRIPTION, description);
        values.put(START, start.toString());
        values.put(SEED, Long.toString(seed));
        values.put(VERSION, version);
        return new RunHeader(values);
    }

    /** A copy that also says this. */
    public RunHeader with(String key, String text) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(key, text);
        return new RunHeader(more);
    }

    /** A copy that also names a setting in force. */
    public RunHeader withSetting(String key, String text) {
        return with(SETTING_PREFIX + key, text);
    }

    /** A copy whose texts hold no secrets. */
    public RunHeader masked(Secrets secrets) {
        Map<String, String> masked = new LinkedHashMap<>();
        values.forEach((key, text) -> masked.put(secrets.mask(key), secrets.mask(text)));
        return new RunHeader(masked);
    }

    /** The text, or an empty one. */
    public String get(String key) {
        return values.getOrDefault(key, "");
    }
}
