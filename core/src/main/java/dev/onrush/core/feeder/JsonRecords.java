package dev.onrush.core.feeder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.Require;
import dev.onrush.core.session.Excerpt;

/**
 * A file of JSON objects: one array of them, or one per line. What is not an object is skipped and counted; values are text,
 * numbers, truth values, lists and maps.
 */
public final class JsonRecords extends FileSource {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> RECORD = new TypeReference<>() {};

    /** For one element among others: more may follow it. */
    private static final ObjectReader ELEMENT =
            MAPPER.readerFor(RECORD).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int LONGEST_LINE = 16 << 20;

    private final boolean perLine;

    private JsonRecords(String path, Contents contents, boolean perLine) {
        super(path, contents);
        this.perLine = perLine;
    }

    /** A file that is one array of objects. */
    public static JsonRecords array(String path) {
        return new JsonRecords(Require.notBlank("path", path), Contents.ofFile(path), false);
    }

    /**
     * The array of objects a URL answers with, read now.
     *
     * @throws dev.onrush.core.DefinitionException if that is no URL; an answer that is of no use is told when the records are read
     */
    public static JsonRecords url(String url) {
        return new JsonRecords(url, Download.of(Require.notBlank("url", url)), false);
    }

    /** A file with one object per line; blank lines are skipped. */
    public static JsonRecords lines(String path) {
        return new JsonRecords(Require.notBlank("path", path), Contents.ofFile(path), true);
    }

    @Override
    FileSource in(Contents other) {
        return new JsonRecords(name(), other, perLine);
    }

    @Override
    RecordReading read(Reader reader, Charset charset) throws IOException {
        return perLine ? new Lines(new BufferedReader(reader), charset) : new Elements(reader, charset);
    }

    /** What both formats share: counting what is no object. */
    private abstract class Reading implements RecordReading {
        private final Reader reader;
        final Charset charset;
        int skipped;

        Reading(Reader reader, Charset charset) {
            this.reader = reader;
            this.charset = charset;
        }

        @Override
        public final List<String> remarks() {
            return skipped == 0
                    ? List.of()
                    : List.of(name() + ": " + skipped + " elements that are no JSON objects were left out.");
        }

        final BadRecordException bad(long line, JacksonException e) {
            if (e.getCause() instanceof IOException cause) {
                return new BadRecordException(unreadable(cause, charset, line));
            }
            return new BadRecordException(name() + ", line " + line + ": is not JSON ("
                    + Excerpt.of(withoutPlaces(e.getOriginalMessage()), 100) + "). Correct the file.");
        }

        /** The parser tells places of its own, and sources by class names of its own. */
        private static String withoutPlaces(String why) {
            int place = why.indexOf(" (start marker at ");
            return place < 0 ? why : why.substring(0, place);
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }

    /** The elements of one array. */
    private final class Elements extends Reading {
        private final JsonParser parser;

        Elements(Reader reader, Charset charset) {
            super(reader, charset);
            try {
                parser = MAPPER.createParser(reader);
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw new BadRecordException(
                            name() + ": an array of objects is expected. For one object per line use jsonlFile.");
                }
            } catch (JacksonException e) {
                throw bad(1, e);
            }
        }

        @Override
        public @Nullable Map<String, Object> next() {
            try {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.START_OBJECT) {
                        return ELEMENT.readValue(parser);
                    }
                    if (token == JsonToken.END_ARRAY) {
                        return null;
                    }
                    skipped++;
                    parser.skipChildren();
                }
                return null;
            } catch (JacksonException e) {
                throw bad(parser.currentLocation().getLineNr(), e);
            }
        }
    }

    /** One object per line. */
    private final class Lines extends Reading {
        private final BufferedReader lines;
        private long line;
        private boolean endedByReturn;

        Lines(BufferedReader lines, Charset charset) {
            super(lines, charset);
            this.lines = lines;
        }

        @Override
        public @Nullable Map<String, Object> next() {
            try {
                for (String text = readLine(); text != null; text = readLine()) {
                    line++;
                    if (text.isBlank()) {
                        continue;
                    }
                    if (text.stripLeading().startsWith("{")) {
                        return MAPPER.readValue(text, RECORD);
                    }
                    skipped++;
                }
                return null;
            } catch (JacksonException e) {
                throw bad(line, e);
            } catch (IOException e) {
                throw new BadRecordException(unreadable(e, charset, line));
            }
        }

        /** As {@link BufferedReader#readLine}, but a line without end does not fill the heap. */
        private @Nullable String readLine() throws IOException {
            StringBuilder text = new StringBuilder();
            int read = lines.read();
            if (read == '\n' && endedByReturn) {
                read = lines.read();
            }
            endedByReturn = false;
            if (read < 0) {
                return null;
            }
            while (read >= 0 && read != '\n' && read != '\r') {
                if (text.length() == LONGEST_LINE) {
                    throw new BadRecordException(name() + ", line " + (line + 1) + ": is longer than " + LONGEST_LINE
                            + " characters. Write one object per line.");
                }
                text.append((char) read);
                read = lines.read();
            }
            endedByReturn = read == '\r';
            return text.toString();
        }
    }
}
