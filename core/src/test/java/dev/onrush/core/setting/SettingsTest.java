package dev.onrush.core.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Segment;

class SettingsTest {
    @Test
    void letsTheNearestToThePersonWhoStartsTheRunWin() {
        Map<String, String> system = Map.of("onrush.names.limit", "1");
        Map<String, String> environment = Map.of("ONRUSH_NAMES_LIMIT", "2");
        Map<Setting, String> words = Map.of(Setting.NAMES_LIMIT, "3");
        Map<String, String> file = Map.of("names.limit", "4");

        assertThat(Settings.resolve(words, system, environment, file).number(Setting.NAMES_LIMIT))
                .isEqualTo(1);
        assertThat(Settings.resolve(words, Map.of(), environment, file).number(Setting.NAMES_LIMIT))
                .isEqualTo(2);
        assertThat(Settings.resolve(words, Map.of(), Map.of(), file).number(Setting.NAMES_LIMIT))
                .isEqualTo(3);
        assertThat(Settings.resolve(Map.of(), Map.of(), Map.of(), file).number(Setting.NAMES_LIMIT))
                .isEqualTo(4);
        assertThat(Settings.defaults().number(Setting.NAMES_LIMIT)).isEqualTo(5000);
    }

    @Test
    void letsTheWordOfAProtocolSetAFlagUnlessWhoStartsTheRunSaysOtherwise() {
        Setting flag = Setting.HTTP_CLOSE_WITH_RESET;
        Map<String, String> off = Map.of("onrush.http.closeWithReset", "false");
        Map<String, String> fileOff = Map.of("http.closeWithReset", "false");
        Map<String, String> fileOn = Map.of("http.closeWithReset", "true");

        assertThat(Settings.resolve(Map.of(), off, Map.of(), Map.of()).flag(flag, true))
                .isFalse();
        assertThat(Settings.resolve(Map.of(), Map.of(), Map.of("ONRUSH_HTTP_CLOSE_WITH_RESET", "true"), fileOff)
                        .flag(flag, false))
                .isTrue();
        assertThat(Settings.resolve(Map.of(), Map.of(), Map.of(), fileOff).flag(flag, true))
                .isTrue();
        assertThat(Settings.resolve(Map.of(), Map.of(), Map.of(), fileOn).flag(flag, false))
                .isTrue();
        assertThat(Settings.defaults().flag(flag, false)).isFalse();
    }

    @Test
    void letsEveryListOfAllowedTargetsBind() {
        Map<Setting, String> word = Map.of(Setting.ALLOW_TARGETS, "a.example,b.example");
        Map<String, String> file = Map.of("allowTargets", "*.example");
        Map<String, String> system = Map.of("onrush.allowTargets", "10.0.0.0/8");

        assertThat(Settings.resolve(word, Map.of(), Map.of(), Map.of()).text(Setting.ALLOW_TARGETS))
                .isEqualTo("a.example,b.example");
        assertThat(Settings.resolve(word, Map.of(), Map.of(), file).text(Setting.ALLOW_TARGETS))
                .isEqualTo("*.example;a.example,b.example");
        assertThat(Settings.resolve(word, system, Map.of(), file).text(Setting.ALLOW_TARGETS))
                .isEqualTo("10.0.0.0/8;a.example,b.example");
        assertThat(Settings.resolve(Map.of(), Map.of(), Map.of(), file).text(Setting.ALLOW_TARGETS))
                .isEqualTo("*.example");
    }

    @Test
    void tellsWhereAChangedValueCameFrom() {
        Settings settings = Settings.resolve(
                Map.of(), Map.of("onrush.grace", "3s", "onrush.names.limit", "5000"), Map.of(), Map.of());

        assertThat(settings.changed())
                .containsExactly(new SettingValue(Setting.GRACE, "3s", SettingSource.SYSTEM_PROPERTY));
        assertThat(settings.duration(Setting.GRACE)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void collectsAllWrongValues() {
        assertThatThrownBy(() -> Settings.resolve(
                        Map.of(),
                        Map.of("onrush.grace", "soon"),
                        Map.of("ONRUSH_NAMES_LIMIT", "-1"),
                        Map.of("name.limit", "5")))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "setting onrush.grace (system property): a duration such as 250ms, 10s, 5m or 1h is expected, was \"soon\".",
                        "setting ONRUSH_NAMES_LIMIT (environment variable): a whole number of 0 or more is expected, was \"-1\".",
                        "onrush.properties: no setting is named \"name.limit\". docs/settings.md lists them;"
                                + " the prefix onrush. is left out here."));
    }

    @Test
    void warnsOfNamesThatAreNoSettings() {
        Settings settings = Settings.resolve(
                Map.of(),
                Map.of("onrush.maxuser", "5", "onrush.colour", "red", "onrush.grace", "3s", "user.dir", "/"),
                Map.of("ONRUSH_SEDE", "1", "HOME", "/"),
                Map.of());

        assertThat(settings.warnings())
                .containsExactly(
                        "setting onrush.colour (system property): there is none of that name, so it has no effect."
                                + " docs/settings.md lists them.",
                        "setting onrush.maxuser (system property): there is none of that name, so it has no effect."
                                + " Is onrush.maxUsers meant? docs/settings.md lists them.",
                        "setting ONRUSH_SEDE (environment variable): there is none of that name, so it has no effect."
                                + " Is ONRUSH_SEED meant? docs/settings.md lists them.");
        assertThat(settings.duration(Setting.GRACE)).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "10s, 10000", "5m, 300000", "1h, 3600000", "7, 7000"})
    void readsDurations(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void hasADefaultOfItsOwnType(Setting setting) {
        setting.type().read(setting.defaultText());

        assertThat(setting.environmentVariable()).matches("ONRUSH_[A-Z0-9_]+");
    }

    @Test
    void knowsWhichPartOfTheRunThisGeneratorHas() {
        assertThat(Settings.defaults().segment()).isEqualTo(Segment.WHOLE);
        assertThat(Settings.of(Map.of(Setting.SEGMENT, "2/3")).segment()).isEqualTo(new Segment(2, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3/3", "-1/2", "a/b", "2", "", "0/0", "1/", "/3", "1/2/3", "0/9999999999"})
    void refusesPartsThatThereAreNot(String text) {
        assertThatThrownBy(() -> Settings.resolve(Map.of(), Map.of("onrush.segment", text), Map.of(), Map.of()))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(
                        "setting onrush.segment (system property): i/n such as 0/3 (i counts the n generators from 0)"
                                + " is expected, was \"" + text + "\".");
    }
}
