package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFileTest {
    /** Words that a launcher could split, swallow or expand. */
    private static final List<String> WORDS = List.of(
            "plain",
            "",
            "two words",
            "C:\\dir\\new",
            "say \"hi\"",
            "it's",
            "#no comment",
            "@no-file",
            "tab\there",
            "line\nbreak\r",
            "ends with \\",
            "$HOME %PATH% `ls` ; |",
            "a,b=c");

    @TempDir
    Path temp;

    @Test
    void isReadBackByTheLauncherWordForWord() throws Exception {
        Path classes = echo();
        List<String> words = new ArrayList<>(List.of("-Dwith blank=x \\ y", "-cp", classes.toString(), "Echo"));
        words.addAll(WORDS);

        assertThat(linesOf(words)).containsExactlyElementsOf(hex("x \\ y", WORDS));
    }

    @Test
    void carriesAClassPathLongerThanACommandLineMayBe() throws Exception {
        StringBuilder classPath = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            classPath
                    .append("/repository/some/library/with/a/long/name/")
                    .append(i)
                    .append(".jar")
                    .append(":");
        }
        List<String> words =
                List.of("-Dwith blank=long", "-cp", classPath.append(echo()).toString(), "Echo", "end");

        assertThat(linesOf(words)).containsExactlyElementsOf(hex("long", List.of("end")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isReadableByItsOwnerOnlyAndDeletedWhenClosed() throws IOException {
        ArgumentFile file = ArgumentFile.write(List.of("-Dtoken=secret"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");

        file.close();

        assertThat(file.path()).doesNotExist();
    }

    private Path echo() throws IOException {
        // Hexadecimal, so that the encoding of the child's output plays no part.
        return new CompiledClasses(temp.resolve("src")).with("Echo", """
                        public class Echo {
                            static String hex(String s) {
                                return java.util.HexFormat.of().formatHex(s.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                            }
                            public static void main(String[] args) {
                                System.out.println(hex(System.getProperty("with blank")));
                                for (String arg : args) System.out.println(hex(arg));
                            }
                        }
                        """).into(temp.resolve("with blank \u00fc"));
    }

    private static List<String> hex(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all.stream()
                .map(word -> java.util.HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<String> linesOf(List<String> words) throws Exception {
        try (ArgumentFile file = ArgumentFile.write(words)) {
            Process java = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "@" + file.path())
                    .redirectErrorStream(true)
                    .start();
            return new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
