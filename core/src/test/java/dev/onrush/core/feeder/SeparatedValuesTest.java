package dev.onrush.core.feeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

class SeparatedValuesTest {
    /** Files read or refused as they must be, by row of docs/reliability.md. */
    private static final Map<String, Integer> right = new TreeMap<>();

    @TempDir
    Path folder;

    @AfterAll
    static void tell() {
        right.forEach((row, files) -> System.out.println("FIGURE " + row + " files as they must be: " + files));
    }

    private final UserIdentity user = new UserIdentity(1, "shop", 42);

    /** Reads all of it, records as {@code a=1,b=2} one after the other; a refusal is its message without the folder. */
    private String read(byte[] content, char separator, Settings settings) throws IOException {
        Path file = folder.resolve("users.csv");
        Files.write(file, content);
        RecordFeeder feeder = new RecordFeeder(new SeparatedValues(file.toString(), separator, '"'));
        try {
            feeder.open(settings, 42);
        } catch (DefinitionException e) {
            return e.getMessage().replace(file.toString(), "users.csv");
        }
        List<String> all = new ArrayList<>();
        for (Map<String, Object> record = feeder.next(user); record != null; record = feeder.next(user)) {
            List<String> values = new ArrayList<>();
            record.forEach((key, value) -> values.add(key + "=" + value));
            all.add(String.join(",", values));
        }
        return String.join(" ", all);
    }

    static Stream<Arguments> files() {
        String ragged = ": 3 columns expected (id, name, mail), 2 found. Quote the value if it contains the separator.";
        return Stream.of(
                Arguments.of("id,name\n1,ada\n2,bob\n", "id=1,name=ada id=2,name=bob"),
                Arguments.of("id,name\r\n1,ada\r\n2,bob", "id=1,name=ada id=2,name=bob"),
                Arguments.of("id,name\r1,ada\r2,bob\r", "id=1,name=ada id=2,name=bob"),
                Arguments.of("id\n1\n", "id=1"),
                Arguments.of(" id ,\tname\n 1 , ada\n", "id= 1 ,name= ada"),
                Arguments.of("id,name\n\n1,ada\n\n\n  \n2,bob\n\n", "id=1,name=ada id=2,name=bob"),
                Arguments.of("\n\nid,name\n1,ada\n", "id=1,name=ada"),
                Arguments.of("id,name\n1,\"a,b\"\n", "id=1,name=a,b"),
                Arguments.of("id,name\n1,\"a \"\"x\"\" b\"\n", "id=1,name=a \"x\" b"),
                Arguments.of("id,name\n1,\"a\nb\"\n2,c\n", "id=1,name=a\nb id=2,name=c"),
                Arguments.of("id,name\n1,\n,b\n", "id=1,name= id=,name=b"),
                Arguments.of("id,name\n1,\"\"\n", "id=1,name="),
                Arguments.of("id,name\n1,#{x} ${y} <#assign z=1>\n", "id=1,name=#{x} ${y} <#assign z=1>"),
                Arguments.of("# id,name\n1,2\n", "# id=1,name=2"),
                Arguments.of("", "users.csv: is empty. The first line must name the columns, as in id,name."),
                Arguments.of("\n \n\n", "users.csv: is empty. The first line must name the columns, as in id,name."),
                Arguments.of("id,name\n", "users.csv: there is no record in it. Add at least one."),
                Arguments.of("id,name", "users.csv: there is no record in it. Add at least one."),
                Arguments.of(
                        "id,,name\n1,2,3\n",
                        "users.csv, line 1: column 2 has no name. Name every column in the first line."),
                Arguments.of(
                        "id,name, id\n1,2,3\n",
                        "users.csv, line 1: two columns are named \"id\". Give every column a name of its own."),
                Arguments.of("id,name,mail\n1,ada,x\n2,bob\n", "users.csv, line 3" + ragged),
                Arguments.of("id,name,mail\n\n1,\"a\nb\",x\n2,bob\n", "users.csv, line 5" + ragged),
                Arguments.of(
                        "id,name\n1,a,b\n",
                        "users.csv, line 2: 2 columns expected (id, name), 3 found. Quote the value if it contains the separator."),
                Arguments.of(
                        "id,name\n1,ada\n id ,name\n2,bob\n",
                        "users.csv, line 3: names the columns once more. Remove this line; perhaps two files were put together."),
                Arguments.of("name\nada\nname\n", "name=ada name=name"),
                Arguments.of("id,name\r\n1,\"a\rb\nc\r\nd\"\r2,e\n", "id=1,name=a\rb\nc\r\nd id=2,name=e"),
                Arguments.of("id,name\n1,ada", "id=1,name=ada"),
                Arguments.of("id,name\n1,\u202Eada \uD83D\uDE00\n", "id=1,name=\u202Eada \uD83D\uDE00"),
                Arguments.of("id,name\n1,a\"b\n", "id=1,name=a\"b"),
                Arguments.of("id,name\n=cmd,@x\n", "id==cmd,name=@x"),
                Arguments.of(
                        "id,name\n1,ada,\n",
                        "users.csv, line 2: 2 columns expected (id, name), 3 found. Quote the value if it contains the separator."),
                Arguments.of(
                        "id,name\n1,a\0b\n",
                        "users.csv, line 2: there is a NUL character. Save the file as text in UTF-8."));
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsAFileOrSaysWhatIsWrongWithIt(String content, String expected) throws IOException {
        assertThat(read(content.getBytes(StandardCharsets.UTF_8), ',', Settings.defaults()))
                .isEqualTo(expected);
        right.merge("G22", 1, Integer::sum);
    }

    @Test
    void refusesAnOpenQuote() throws IOException {
        assertThat(read("id,name\n1,ada\n2,\"bob\n3,eve\n".getBytes(StandardCharsets.UTF_8), ',', Settings.defaults()))
                .startsWith("users.csv, after line 2: ")
                .endsWith("Close every quote, and write a quote inside a value twice.");
        assertThat(read("id,name\n1,\"ada\"x\n".getBytes(StandardCharsets.UTF_8), ',', Settings.defaults()))
                .startsWith("users.csv, after line 1: ");
        right.merge("G22", 2, Integer::sum);
    }

    @Test
    void refusesALineOfAHundredMegabytes() throws IOException {
        byte[] content = new byte[100_000_000];
        Arrays.fill(content, (byte) 'x');
        byte[] begin = "id,name\n1,ada\n2,".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(begin, 0, content, 0, begin.length);

        assertThat(read(content, ',', Settings.defaults())).startsWith("users.csv, after line 2: ");
        right.merge("G22", 1, Integer::sum);
    }

    static Stream<Arguments> charsets() {
        String text = "id,name\n1,é€\n";
        String latin = "id,name\n1,é\n";
        return Stream.of(
                Arguments.of(text.getBytes(StandardCharsets.UTF_8), "UTF-8", "id=1,name=é€"),
                Arguments.of(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8), "UTF-8", "id=1,name=é€"),
                Arguments.of(text.getBytes(StandardCharsets.UTF_16), "UTF-16", "id=1,name=é€"),
                Arguments.of(latin.getBytes(StandardCharsets.ISO_8859_1), "ISO-8859-1", "id=1,name=é"),
                Arguments.of(text.getBytes(Charset.forName("windows-1252")), "windows-1252", "id=1,name=é€"),
                Arguments.of(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE), "UTF-16LE", "id=1,name=é€"),
                Arguments.of(
                        new byte[] {'i', 'd', '\n', '1', (byte) 0xE2, (byte) 0x82},
                        "UTF-8",
                        NOT_UTF_8.replace("users.csv", "users.csv, after line 1")),
                Arguments.of(text.getBytes(StandardCharsets.UTF_8), "US-ASCII", NOT_UTF_8.replace("UTF-8", "US-ASCII")),
                Arguments.of(latin.getBytes(StandardCharsets.ISO_8859_1), "UTF-8", NOT_UTF_8),
                Arguments.of(text.getBytes(StandardCharsets.UTF_16), "UTF-8", NOT_UTF_8),
                Arguments.of(
                        text.getBytes(StandardCharsets.UTF_8),
                        "klingon",
                        "setting feeder.charset: there is no charset \"klingon\". Use UTF-8, for example."));
    }

    private static final String NOT_UTF_8 = "users.csv: there are bytes that are not UTF-8. "
            + "Save the file as UTF-8, or name its charset in the setting feeder.charset.";

    @ParameterizedTest
    @MethodSource("charsets")
    void readsTheCharsetThatIsSetAndRefusesOtherBytes(byte[] content, String charset, String expected)
            throws IOException {
        assertThat(read(content, ',', Settings.of(Map.of(Setting.FEEDER_CHARSET, charset))))
                .isEqualTo(expected);
        right.merge("G23", 1, Integer::sum);
    }

    @Test
    void readsOtherSeparatorsAndQuotes() throws IOException {
        assertThat(read("a;b\n1;2,3\n".getBytes(StandardCharsets.UTF_8), ';', Settings.defaults()))
                .isEqualTo("a=1,b=2,3");
        assertThat(read("a\tb\n1\t2\n".getBytes(StandardCharsets.UTF_8), '\t', Settings.defaults()))
                .isEqualTo("a=1,b=2");
        assertThatThrownBy(() -> new SeparatedValues("x.csv", ',', ','))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("x.csv: the separator \",\" and the quote \",\" must be two characters and no line ends.");
    }

    @Test
    void findsUnusableFilesAtOpening() throws IOException {
        RecordFeeder missing = new RecordFeeder(new SeparatedValues("no/such.csv", ',', '"'));
        RecordFeeder directory = new RecordFeeder(new SeparatedValues(folder.toString(), ',', '"'));

        assertThatThrownBy(() -> missing.open(Settings.defaults(), 1))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("no/such.csv: no such file, neither on the class path nor in "
                        + Path.of("").toAbsolutePath() + ". Correct the path.");
        assertThatThrownBy(() -> directory.open(Settings.defaults(), 1))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(folder + ": is a directory. Name a file in it.");
    }

    @Test
    void knowsTheAttributesOnceItIsOpen() throws IOException {
        Path file = folder.resolve("known.csv");
        Files.writeString(file, "id,name\n1,ada\n");
        RecordFeeder feeder = new RecordFeeder(new SeparatedValues(file.toString(), ',', '"'));

        assertThat(feeder.attributes()).isEmpty();
        feeder.open(Settings.defaults(), 1);
        assertThat(feeder.attributes()).contains(Set.of("id", "name"));
    }
}
