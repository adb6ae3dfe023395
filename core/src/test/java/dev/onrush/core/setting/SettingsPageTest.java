package dev.onrush.core.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class SettingsPageTest {
    /** Run with {@code -Donrush.writeDocs=true} to write the page anew. */
    @Test
    void isWhatTheDocumentationShows() throws IOException {
        Path page = Path.of("..", "docs", "settings.md");
        if (Boolean.getBoolean("onrush.writeDocs")) {
            Files.writeString(page, SettingsPage.markdown());
        }

        assertThat(Files.readString(page)).isEqualTo(SettingsPage.markdown());
    }
}
