package dev.onrush.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.testkit.TruthResponse;

/** What the pages show compiles: each block of Java is a region of a source file, named above it. */
@Timeout(30)
class DocsSnippetsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet: (\\S+) (\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/dsl.md", "docs/recipes.md"})
    void eachBlockOfJavaIsARegionOfACompiledFile(String page) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(ROOT.resolve(page)));
        int count = 0;
        while (blocks.find()) {
            count++;
            String block = blocks.group(3);
            assertThat(blocks.group(1))
                    .as("no <!-- snippet: FILE REGION --> stands above this block of " + page + ":\n" + block)
                    .isNotNull();

            assertThat(lines(block))
                    .as(page + ", snippet " + blocks.group(1) + " " + blocks.group(2))
                    .isEqualTo(region(blocks.group(1), blocks.group(2)));
        }
        assertThat(count).isPositive();
    }

    @Test
    void theExamplesOfTheReferencePageRun() {
        try (Target target = Target.answering(request -> request.path().equals("/search")
                ? TruthResponse.json("{\"total\": 2, \"results\": [{\"id\": 7}, {\"id\": 8}]}")
                : TruthResponse.json("{}"))) {
            ReferencePage.url = target.url();

            Trial trial = Trial.of(ReferencePage.class);

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.result.exitCode()).isZero();
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static List<String> region(String file, String name) throws IOException {
        List<String> region = new ArrayList<>();
        boolean inside = false;
        for (String line : lines(Files.readString(source(file)))) {
            if (line.equals("// end::" + name + "[]")) {
                inside = false;
            } else if (line.equals("// tag::" + name + "[]")) {
                inside = true;
            } else if (inside) {
                region.add(line);
            }
        }
        return region;
    }

    private static Path source(String file) throws IOException {
        for (String root : List.of("examples/src/main/java", "runner/src/test/java/dev/onrush/words")) {
            try (Stream<Path> all = Files.walk(ROOT.resolve(root))) {
                List<Path> found = all.filter(path -> path.endsWith(file)).toList();
                if (!found.isEmpty()) {
                    return found.get(0);
                }
            }
        }
        throw new AssertionError(file + " is neither an example nor a test of the words.");
    }
}
