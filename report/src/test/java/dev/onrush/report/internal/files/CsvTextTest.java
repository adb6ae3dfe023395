package dev.onrush.report.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.report.testing.CsvLines;
import dev.onrush.report.testing.Hostile;

class CsvTextTest {
    @Test
    void writesCellsAsRfc4180Has() {
        String line = new CsvText()
                .text("plain")
                .text("a, b")
                .text("say \"hi\"")
                .text("two\nlines")
                .text("")
                .empty()
                .number(-7)
                .number(0.25)
                .number((Double) null)
                .number(1e-7)
                .number(123456789.125)
                .known(-1)
                .counts(new TreeMap<>(java.util.Map.of(200, 17L, 503, 2L)))
                .endLine()
                .toString();

        assertThat(line)
                .isEqualTo(
                        "plain,\"a, b\",\"say \"\"hi\"\"\",\"two\nlines\",,,-7,0.25,,0.0000001,123456789.125,,200=17 503=2\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+49",
                "-2",
                "@SUM(A1)",
                "\tx",
                "\rx",
                "'quoted'",
                "'=x",
                "=cmd|' /C calc'!A0",
                "=\"a\",b"
            })
    void whatBeginsLikeAFormulaIsQuotedAndGuarded(String text) {
        String line = new CsvText().text(text).endLine().toString();

        assertThat(line).startsWith("\"'").endsWith("\"\n");
        List<String> cells = CsvLines.of(line).get(0);
        assertThat(cells).containsExactly("'" + text);
        assertThat(CsvLines.text(cells.get(0))).isEqualTo(text);
    }

    @Test
    void hostileTextsComeBackAsTheyWere() {
        for (String text : Hostile.payloads()) {
            List<List<String>> lines =
                    CsvLines.of(new CsvText().text(text).text("next").endLine().toString());

            assertThat(lines).hasSize(1);
            assertThat(CsvLines.text(lines.get(0).get(0))).isEqualTo(text.replace('\0', '\uFFFD'));
            assertThat(lines.get(0).get(1)).isEqualTo("next");
        }
    }
}
