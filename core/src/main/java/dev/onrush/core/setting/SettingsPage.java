package dev.onrush.core.setting;

/** The page docs/settings.md, made from {@link Setting} so that the two cannot differ. */
final class SettingsPage {
    private SettingsPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Settings

                Made from the code (`dev.onrush.core.setting.Setting`); a test holds the two together.

                What is nearest to the person who starts a run wins, alike in the IDE, with Maven and on the command line:

                1. a system property, `-Donrush.names.limit=10000`
                2. an environment variable, `ONRUSH_NAMES_LIMIT=10000`
                3. the word in the simulation, where there is one
                4. the file `onrush.properties` on the class path, `names.limit=10000`
                5. the default

                Every setting that differs from its default is shown in the report with where it came from. A name that is none is
                warned of on the console and in the report.

                Settings say how Onrush runs. What a simulation wants to know of the outside, such as the URL of its target, it asks
                Java for: [Values from outside](dsl.md#values-from-outside).

                | setting | environment variable | default | what it is | a value is |
                |---|---|---|---|---|
                """);
        for (Setting setting : Setting.values()) {
            page.append("| `").append(setting.systemProperty()).append("` | `");
            page.append(setting.environmentVariable()).append("` | ");
            page.append(setting.defaultText().isEmpty() ? "–" : "`" + setting.defaultText() + "`");
            page.append(" | ").append(setting.description()).append(" | ");
            page.append(setting.type().words()).append(" |\n");
        }
        return page.toString();
    }
}
