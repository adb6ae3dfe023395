package dev.onrush.report.internal.files;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Separated values (RFC 4180, but LF at the end of a line), written cell by cell. A spreadsheet takes a text that begins like a
 * formula for one: such a text gets an apostrophe in front, and so does one that begins with an apostrophe, so that whoever
 * takes the first one away has the text again.
 */
final class CsvText {
    private final StringBuilder text = new StringBuilder();
    private boolean begun;

    /** A text from outside. */
    CsvText text(String value) {
        separate();
        // No program agrees with another on the character 0.
        String shown = value.replace('\0', '\uFFFD');
        boolean guarded = !shown.isEmpty() && "=+-@\t\r\n'".indexOf(shown.charAt(0)) >= 0;
        if (!guarded && shown.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
            text.append(shown);
            return this;
        }
        text.append('"').append(guarded ? "'" : "");
        text.append(shown.replace("\"", "\"\"")).append('"');
        return this;
    }

    CsvText number(long value) {
        separate();
        text.append(value);
        return this;
    }

    /** In plain digits, without an exponent; null is an empty cell. */
    CsvText number(@Nullable Double value) {
        separate();
        if (value != null && Double.isFinite(value)) {
            BigDecimal plain = BigDecimal.valueOf(value).stripTrailingZeros();
            text.append(plain.toPlainString());
        }
        return this;
    }

    /** A number below 0 is one that nobody told. */
    CsvText known(long value) {
        return value < 0 ? empty() : number(value);
    }

    CsvText empty() {
        separate();
        return this;
    }

    /** How often each came, as in {@code 200=17 503=2}. */
    CsvText counts(Map<?, Long> counts) {
        return text(counts.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" ")));
    }

    CsvText endLine() {
        text.append('\n');
        begun = false;
        return this;
    }

    private void separate() {
        if (begun) {
            text.append(',');
        }
        begun = true;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
