package dev.onrush.core.setting;

/** Where a setting's value came from; the nearest to the person who starts the run wins. */
public enum SettingSource {
    SYSTEM_PROPERTY("system property"),
    ENVIRONMENT("environment variable"),
    SIMULATION("simulation"),
    PROPERTIES_FILE("onrush.properties"),
    DEFAULT("default");

    private final String words;

    SettingSource(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
