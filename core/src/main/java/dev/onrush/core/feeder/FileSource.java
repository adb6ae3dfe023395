package dev.onrush.core.feeder;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.file.NamedFile;
import dev.onrush.core.file.UnusableFileException;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/** Records in a text file, of whatever format, or in what takes the place of a file. */
abstract class FileSource implements RecordSource {
    private final String path;
    private final Contents contents;

    /** @param path for messages */
    FileSource(String path, Contents contents) {
        this.path = path;
        this.contents = contents;
    }

    /** The same records, in other bytes. */
    abstract FileSource in(Contents other);

    /** The same records, in a file that is packed. */
    final FileSource unzipped() {
        return in(new Unzipped(path, contents));
    }

    @Override
    public final String name() {
        return path;
    }

    @Override
    public final long size() {
        return contents.size();
    }

    @Override
    public final RecordReading read(Settings settings) {
        Charset charset = charset(settings.text(Setting.FEEDER_CHARSET));
        try {
            return read(NamedFile.reader(contents.open(), charset), charset);
        } catch (UnusableFileException e) {
            throw new DefinitionException(e.getMessage());
        } catch (BadRecordException e) {
            throw new DefinitionException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new DefinitionException(unreadable(e, charset, 0));
        }
    }

    /** @param reader closed by what is returned */
    abstract RecordReading read(Reader reader, Charset charset) throws IOException;

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new DefinitionException("setting " + Setting.FEEDER_CHARSET.key() + ": there is no charset \"" + name
                    + "\". Use UTF-8, for example.");
        }
    }

    /** @param line the last line read, 0 if none was */
    final String unreadable(@Nullable Throwable e, Charset charset, long line) {
        String place = line == 0 ? path : path + ", after line " + line;
        return e instanceof CharacterCodingException
                ? place + ": there are bytes that are not " + charset + ". Save the file as " + charset
                        + ", or name its charset in the setting feeder.charset."
                : place + ": cannot be read (" + (e == null ? "unknown" : Excerpt.ofThrown(e, 80)) + ").";
    }
}
