package dev.onrush.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/measurement.md: every statement names a test that holds it, and that test is there. */
class MeasurementPageTest {
    private static final Path PAGE = Path.of("..", "docs", "measurement.md");
    private static final String HELD = "*Held by:*";
    private static final Pattern TEST = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void readTheTestsOfAllModules() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        SOURCES.merge(
                                file.getFileName().toString().replace(".java", ""),
                                Files.readString(file),
                                String::concat);
                    }
                }
            }
        }
    }

    /** Paragraphs, tables and lists from the first heading of a section on. */
    private static List<String> blocks(String page) {
        return Stream.of(page.substring(page.indexOf("\n## ")).split("\n\\s*\n"))
                .map(String::strip)
                .filter(block -> !block.isEmpty() && !block.startsWith("#"))
                .toList();
    }

    /** Statements that no test is named for. */
    private static List<String> unheld(String page) {
        List<String> unheld = new ArrayList<>();
        String before = HELD;
        for (String block : blocks(page)) {
            boolean holds = block.startsWith(HELD);
            if (!holds && !before.startsWith(HELD)) {
                unheld.add(before);
            }
            before = block;
        }
        if (!before.startsWith(HELD)) {
            unheld.add(before);
        }
        return unheld;
    }

    /** Tests that are named and do not exist. */
    private static List<String> missing(String page) {
        List<String> missing = new ArrayList<>();
        for (String block : blocks(page)) {
            if (block.startsWith(HELD)) {
                Matcher test = TEST.matcher(block);
                int named = 0;
                while (test.find()) {
                    named++;
                    String source = SOURCES.get(test.group(1));
                    if (source == null || test.group(2) != null && !source.contains("void " + test.group(2) + "(")) {
                        missing.add(test.group());
                    }
                }
                if (named == 0) {
                    missing.add(block);
                }
            }
        }
        return missing;
    }

    @Test
    void eachStatementNamesATestThatExists() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(unheld(page)).as("statements without a test").isEmpty();
        assertThat(missing(page)).as("tests that are not there").isEmpty();
        assertThat(blocks(page).stream().filter(block -> block.startsWith(HELD)).count())
                .isGreaterThan(20);
    }

    @Test
    void aStatementWithoutATestOrWithOneThatIsGoneWouldBeFound() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(unheld(page + "\nSomething else is true.\n")).containsExactly("Something else is true.");
        assertThat(unheld(page.replaceFirst("\n\\*Held by:\\*[^\n]*\n", "\n"))).hasSize(1);
        assertThat(missing(page.replace("`VerdictTest.judges`", "`VerdictTest.guesses`")))
                .containsExactly("`VerdictTest.guesses`");
        assertThat(missing(page.replace("`EqualCountsTest`", "`NoSuchTest`"))).containsExactly("`NoSuchTest`");
    }
}
