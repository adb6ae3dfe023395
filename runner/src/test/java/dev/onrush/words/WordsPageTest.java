package dev.onrush.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** docs/dsl.md lists every word that an author may write, and no word that is not there. */
class WordsPageTest {
    /** Blocks first: their fences are no code in a sentence. */
    private static final Pattern CODE = Pattern.compile("```\\w*\n(.*?)```|`([^`]+)`", Pattern.DOTALL);

    private static final Pattern CALL = Pattern.compile("([A-Za-z]\\w*)\\(");
    /** Behind a value in an expression, as in {@code #{a.size()}}. */
    private static final Set<String> OF_EXPRESSIONS =
            Set.of("size", "random", "exists", "isUndefined", "jsonStringify", "htmlUnescape");

    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*");

    @Test
    void everyWordStandsOnTheReferencePage() throws IOException {
        Set<String> missing = new TreeSet<>(new Vocabulary().words());
        assertThat(missing).isNotEmpty();
        Set<String> told = new TreeSet<>();
        CODE.matcher(Files.readString(Path.of("..", "docs", "dsl.md")))
                .results()
                .forEach(code -> NAME.matcher(code.group()).results().forEach(name -> told.add(name.group())));

        missing.removeIf(word -> told.contains(nameOf(word)));

        assertThat(missing).as("words that docs/dsl.md does not tell of").isEmpty();
    }

    @Test
    void everyCallOnTheReferencePageIsAWord() throws IOException {
        Set<String> known = new TreeSet<>();
        new Vocabulary().words().forEach(word -> known.add(nameOf(word)));
        Set<String> unknown = new TreeSet<>();
        String page = Files.readString(Path.of("..", "docs", "dsl.md"))
                .replaceAll("(?s)```.*?```", "")
                .replaceAll("#\\{[^}]*}", "");
        CODE.matcher(page)
                .results()
                .forEach(code -> CALL.matcher(code.group())
                        .results()
                        .map(call -> call.group(1))
                        .filter(name -> !known.contains(name) && !OF_EXPRESSIONS.contains(name))
                        .forEach(unknown::add));

        assertThat(unknown)
                .as("words that docs/dsl.md tells of, and that are none")
                .isEmpty();
    }

    /** What is looked for: the word, or for a constructor its type. */
    private static String nameOf(String word) {
        List<String> parts = List.of(word.split("\\."));
        return parts.get(parts.size() - (word.endsWith(".new") ? 2 : 1));
    }
}
