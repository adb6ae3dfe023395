package dev.onrush.core.setting;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;
import dev.onrush.core.Segment;

/**
 * The settings in force in one run. Immutable.
 *
 * <p>What is nearest to the person who starts the run wins: system property, else environment variable, else the word in the
 * simulation, else {@code onrush.properties} on the class path, else the default.
 */
public final class Settings {
    private static final String FILE = "onrush.properties";

    private final Map<Setting, SettingValue> values;
    private final List<String> warnings;

    private Settings(Map<Setting, SettingValue> values, List<String> warnings) {
        this.values = Map.copyOf(values);
        this.warnings = List.copyOf(warnings);
    }

    /** All at their defaults. */
    public static Settings defaults() {
        return new Settings(Map.of(), List.of());
    }

    /** These values, as if said in the simulation; for tests. */
    public static Settings of(Map<Setting, String> words) {
        return resolve(words, Map.of(), Map.of(), Map.of());
    }

    /**
     * The settings of this process.
     *
     * @param words what the simulation says
     * @param loader where {@code onrush.properties} may lie
     * @throws DefinitionException with every value that is no such value, and every unknown key of the file
     */
    public static Settings inForce(Map<Setting, String> words, ClassLoader loader) {
        Map<String, String> properties = new java.util.HashMap<>();
        Properties system = System.getProperties();
        for (String name : system.stringPropertyNames()) {
            properties.put(name, system.getProperty(name));
        }
        return resolve(words, properties, System.getenv(), file(loader));
    }

    /** The same from given sources. */
    static Settings resolve(
            Map<Setting, String> words,
            Map<String, String> systemProperties,
            Map<String, String> environment,
            Map<String, String> file) {
        List<Problem> problems = new ArrayList<>();
        Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String word = words.get(setting);
            boolean bothBind = setting == Setting.ALLOW_TARGETS && word != null;
            SettingValue value = first(
                    setting,
                    systemProperties.get(setting.systemProperty()),
                    environment.get(setting.environmentVariable()),
                    bothBind ? null : word,
                    file.get(setting.key()));
            if (bothBind) {
                value = value == null || value.text().isEmpty() || value.text().equals(word)
                        ? new SettingValue(setting, String.valueOf(word), SettingSource.SIMULATION)
                        : new SettingValue(setting, value.text() + ";" + word, value.source());
            }
            if (value != null) {
                checked(value, problems);
                values.put(setting, value);
            }
        }
        Set<String> unknown = new TreeSet<>(file.keySet());
        for (Setting setting : Setting.values()) {
            unknown.remove(setting.key());
        }
        for (String key : unknown) {
            problems.add(new Problem(
                    FILE,
                    "no setting is named \"" + key
                            + "\". docs/settings.md lists them; the prefix onrush. is left out here."));
        }
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems);
        }
        return new Settings(values, UnknownSettings.warnings(systemProperties, environment));
    }

    private static @Nullable SettingValue first(
            Setting setting,
            @Nullable String systemProperty,
            @Nullable String environment,
            @Nullable String word,
            @Nullable String file) {
        if (systemProperty != null) {
            return new SettingValue(setting, systemProperty.trim(), SettingSource.SYSTEM_PROPERTY);
        }
        if (environment != null) {
            return new SettingValue(setting, environment.trim(), SettingSource.ENVIRONMENT);
        }
        if (word != null) {
            return new SettingValue(setting, word, SettingSource.SIMULATION);
        }
        return file == null ? null : new SettingValue(setting, file.trim(), SettingSource.PROPERTIES_FILE);
    }

    private static void checked(SettingValue value, List<Problem> problems) {
        Setting setting = value.setting();
        try {
            setting.type().read(value.text());
        } catch (RuntimeException e) {
            String name = value.source() == SettingSource.ENVIRONMENT
                    ? setting.environmentVariable()
                    : setting.systemProperty();
            problems.add(new Problem(
                    "setting " + name + " (" + value.source().words() + ")",
                    setting.type().words() + " is expected, was \"" + value.text() + "\"."));
        }
    }

    private static Map<String, String> file(ClassLoader loader) {
        URL url = loader.getResource(FILE);
        if (url == null) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new DefinitionException(List.of(new Problem(FILE, "cannot be read: " + e.getMessage())));
        }
        Map<String, String> file = new java.util.HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            file.put(name, properties.getProperty(name));
        }
        return file;
    }

    /** All that differ from their defaults, in the order of {@link Setting}. */
    public List<SettingValue> changed() {
        List<SettingValue> changed = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            SettingValue value = values.get(setting);
            if (value != null && !value.text().equals(setting.defaultText())) {
                changed.add(value);
            }
        }
        return changed;
    }

    /** What was given outside of the simulation and has no effect, a line each. */
    public List<String> warnings() {
        return warnings;
    }

    public String text(Setting setting) {
        SettingValue value = values.get(setting);
        return value == null ? setting.defaultText() : value.text();
    }

    public int number(Setting setting) {
        return Math.toIntExact(longNumber(setting));
    }

    public long longNumber(Setting setting) {
        return Long.parseLong(text(setting));
    }

    public double rate(Setting setting) {
        return Double.parseDouble(text(setting));
    }

    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    /**
     * A flag that the word of a protocol may set for this protocol alone: it counts unless who starts the run says otherwise.
     *
     * @param word whether the simulation says so
     */
    public boolean flag(Setting setting, boolean word) {
        SettingValue value = values.get(setting);
        boolean isNearer = value != null
                && (value.source() == SettingSource.SYSTEM_PROPERTY || value.source() == SettingSource.ENVIRONMENT);
        return isNearer ? flag(setting) : word || flag(setting);
    }

    /** This generator's part of the run. */
    public Segment segment() {
        return Segment.parse(text(Setting.SEGMENT));
    }

    public Duration duration(Setting setting) {
        return Durations.parse(text(setting));
    }
}
