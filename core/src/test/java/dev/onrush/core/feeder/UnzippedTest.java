package dev.onrush.core.feeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

class UnzippedTest {
    private static final String ROWS = "sku,n\na1,1\nb2,2\n";
    private static final List<Map<String, Object>> RECORDS =
            List.of(Map.of("sku", "a1", "n", "1"), Map.of("sku", "b2", "n", "2"));

    @TempDir
    Path folder;

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private RecordFeeder rows(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("rows.packed"), bytes);
        return new RecordFeeder(new SeparatedValues(file.toString(), ',', '"')).unzipped();
    }

    private static List<Map<String, Object>> read(RecordFeeder feeder) {
        return feeder.readAll(Settings.defaults());
    }

    @Test
    void readsGzipAndZipOfOneFile() throws IOException {
        assertThat(read(rows(gzip(ROWS)))).isEqualTo(RECORDS);
        assertThat(read(rows(gzip("\uFEFF" + ROWS)))).isEqualTo(RECORDS);
        assertThat(read(rows(zip("rows.csv", ROWS)))).isEqualTo(RECORDS);
        assertThat(read(rows(zip("a/", "", "a/b/", "", "a/b/rows.csv", ROWS, "c/", ""))))
                .isEqualTo(RECORDS);
    }

    @Test
    void readsJsonToo() throws IOException {
        Path array = Files.write(folder.resolve("a.json.gz"), gzip("[{\"a\":1}]"));
        Path lines = Files.write(folder.resolve("a.jsonl.zip"), zip("x", "{\"a\":1}\n{\"a\":2}\n"));

        assertThat(read(new RecordFeeder(JsonRecords.array(array.toString())).unzipped()))
                .isEqualTo(List.of(Map.of("a", 1)));
        assertThat(read(new RecordFeeder(JsonRecords.lines(lines.toString())).unzipped()))
                .isEqualTo(List.of(Map.of("a", 1), Map.of("a", 2)));
    }

    @Test
    void keepsOrderTransformationAndEnd() throws IOException {
        Path file = Files.write(folder.resolve("rows.gz"), gzip(ROWS));
        RecordFeeder feeder = new RecordFeeder(new SeparatedValues(file.toString(), ',', '"'))
                .in(RecordOrder.CIRCULAR)
                .transformed((key, value) -> key + value)
                .stoppingUserWhenEmpty()
                .unzipped();
        UserIdentity user = new UserIdentity(1, "shop", 42);
        feeder.open();

        for (int i = 0; i < 2; i++) {
            assertThat(feeder.next(user)).isEqualTo(Map.of("sku", "skua1", "n", "n1"));
            assertThat(feeder.next(user)).isEqualTo(Map.of("sku", "skub2", "n", "n2"));
        }
        assertThat(feeder.stopsUserWhenEmpty()).isTrue();
    }

    @Test
    void refusesWhatIsPackedInAnotherWay() throws IOException {
        byte[] torn = gzip("sku\n" + "a1b2c3d4\n".repeat(1000));
        String file = folder.resolve("rows.packed").toString();

        assertThatThrownBy(() -> read(rows(ROWS.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(file + ": is packed neither by gzip nor by zip. Remove unzip().");
        assertThatThrownBy(() -> read(rows(new byte[0])))
                .hasMessage(file + ": is packed neither by gzip nor by zip. Remove unzip().");
        assertThatThrownBy(() -> read(rows(zip("a.csv", ROWS, "b.csv", ROWS))))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(
                        file + ": there is more than one file in this archive, such as b.csv. Pack each by itself.");
        assertThatThrownBy(() -> read(rows(zip("a/", ""))))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(file + ": there is no file in this archive. Put one into it.");
        assertThatThrownBy(() -> read(rows(Arrays.copyOf(torn, torn.length / 2))))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("cannot be read (EOFException");
        assertThatThrownBy(() -> read(new RecordFeeder(new SeparatedValues("no/such.gz", ',', '"')).unzipped()))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("no/such.gz: no such file");
    }

    @Test
    void isReadAsItGoesIfItIsLargeOnceUnpacked() throws IOException {
        StringBuilder rows = new StringBuilder("n\n");
        for (int i = 0; i < 300_000; i++) {
            rows.append("1234567\n");
        }
        byte[] packed = gzip(rows.toString());
        RecordFeeder feeder = rows(packed);
        feeder.open(Settings.of(Map.of(Setting.FEEDER_LARGE_FILE_MIB, "1")), 42);

        assertThat(packed.length).isLessThan(1 << 20);
        assertThat(feeder.remarks()).singleElement().asString().contains("was read as it goes");
        assertThat(feeder.next(new UserIdentity(1, "shop", 42))).isEqualTo(Map.of("n", "1234567"));
        feeder.close();
    }
}
