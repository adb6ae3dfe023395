package dev.onrush.core.feeder;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.core.session.Excerpt;

/**
 * A file of separated values (RFC 4180): a header line, then one record per line, values kept as text. Blank lines are skipped, a
 * line with the wrong number of columns is refused, and so is one that names the columns again.
 */
public final class SeparatedValues extends FileSource {
    private static final int LONGEST_RECORD = 16 << 20;

    private final char separator;
    private final char quote;

    public SeparatedValues(String path, char separator, char quote) {
        this(Require.notBlank("path", path), Contents.ofFile(path), separator, quote);
    }

    private SeparatedValues(String path, Contents contents, char separator, char quote) {
        super(path, contents);
        if (separator == quote || isLineEnd(separator) || isLineEnd(quote)) {
            throw new DefinitionException(
                    path + ": the separator " + Excerpt.ofValue("" + separator, 10) + " and the quote "
                            + Excerpt.ofValue("" + quote, 10) + " must be two characters and no line ends.");
        }
        this.separator = separator;
        this.quote = quote;
    }

    @Override
    FileSource in(Contents other) {
        return new SeparatedValues(name(), other, separator, quote);
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    @Override
    RecordReading read(Reader reader, Charset charset) throws IOException {
        CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .quoteCharacter(quote)
                .skipEmptyLines(true)
                .allowExtraFields(true) // counted by us, with a better message
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_RECORD)
                .ofCsvRecord(reader);
        Table table = new Table(csv.iterator(), charset);
        try {
            table.readHeader();
            return table;
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
    }

    /** One reading of the file. */
    private final class Table implements RecordReading {
        private final CloseableIterator<CsvRecord> lines;
        private final Charset charset;
        private String[] keys = {};
        private long line;

        Table(CloseableIterator<CsvRecord> lines, Charset charset) {
            this.lines = lines;
            this.charset = charset;
        }

        void readHeader() {
            CsvRecord header = nextLine();
            if (header == null) {
                throw new BadRecordException(
                        name() + ": is empty. The first line must name the columns, as in id,name.");
            }
            keys = header.getFields().stream().map(String::trim).toArray(String[]::new);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < keys.length; i++) {
                if (keys[i].isEmpty()) {
                    throw bad("column " + (i + 1) + " has no name. Name every column in the first line.");
                }
                if (!seen.add(keys[i])) {
                    throw bad("two columns are named \"" + Excerpt.of(keys[i], 60)
                            + "\". Give every column a name of its own.");
                }
            }
        }

        @Override
        public @Nullable Map<String, Object> next() {
            CsvRecord record = nextLine();
            if (record == null) {
                return null;
            }
            if (record.getFieldCount() != keys.length) {
                throw bad(keys.length + " columns expected (" + Excerpt.of(String.join(", ", keys), 80) + "), "
                        + record.getFieldCount() + " found. Quote the value if it contains the separator.");
            }
            Object[] values = new Object[keys.length];
            boolean repeatsHeader = keys.length > 1;
            for (int i = 0; i < keys.length; i++) {
                String field = record.getField(i);
                values[i] = field;
                repeatsHeader = repeatsHeader && keys[i].equals(field.trim());
            }
            if (repeatsHeader) {
                throw bad("names the columns once more. Remove this line; perhaps two files were put together.");
            }
            return new Row(keys, values);
        }

        private @Nullable CsvRecord nextLine() {
            try {
                while (lines.hasNext()) {
                    CsvRecord record = lines.next();
                    line = record.getStartingLineNumber();
                    if (isBlank(record)) {
                        continue;
                    }
                    if (record.getFields().stream().anyMatch(field -> field.indexOf('\0') >= 0)) {
                        throw bad("there is a NUL character. Save the file as text in " + charset + ".");
                    }
                    return record;
                }
                return null;
            } catch (UncheckedIOException e) {
                throw new BadRecordException(unreadable(e.getCause(), charset, line));
            } catch (CsvParseException e) {
                if (e.getCause() instanceof BadRecordException told) {
                    throw told;
                }
                throw e.getCause() instanceof CharacterCodingException cause
                        ? new BadRecordException(unreadable(cause, charset, line))
                        : new BadRecordException(name() + ", after line " + line + ": " + Excerpt.of(reason(e), 120)
                                + ". Close every quote, and write a quote inside a value twice.");
            }
        }

        private static String reason(CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return String.valueOf(cause.getMessage());
        }

        private boolean isBlank(CsvRecord record) {
            if (record.getFieldCount() != 1) {
                return false;
            }
            String only = record.getField(0);
            return only.isBlank() && (keys.length > 1 || !only.isEmpty());
        }

        private BadRecordException bad(String what) {
            return new BadRecordException(name() + ", line " + line + ": " + what);
        }

        @Override
        public Optional<Set<String>> attributes() {
            return Optional.of(Set.of(keys));
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
