package dev.onrush.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.ErrorClass;

/** docs/errors.md explains every error class, and none that is not there. */
class ErrorsPageTest {
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`[^|]*`) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9]+\\.[a-z_0-9]+)`");

    @Test
    void explainsEveryErrorClassOnce() throws Exception {
        List<String> declared = new ArrayList<>();
        for (var field : ErrorClass.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                declared.add((String) field.get(null));
            }
        }

        List<String> explained = FIRST_CELL
                .matcher(Files.readString(Path.of("..", "docs", "errors.md")))
                .results()
                .flatMap(cell -> NAME.matcher(cell.group(1)).results())
                .map(name -> name.group(1))
                .toList();

        assertThat(explained).containsExactlyInAnyOrderElementsOf(declared);
    }
}
