package dev.onrush.core.feeder;

import java.io.IOException;
import java.io.InputStream;

import dev.onrush.core.file.NamedFile;
import dev.onrush.core.file.UnusableFileException;

/** The bytes records are read from, each time from the first on. Immutable. */
interface Contents {
    /**
     * A stream the caller closes.
     *
     * @throws UnusableFileException if there are none: what and remedy
     */
    InputStream open() throws IOException;

    /** Size in bytes; -1 if it is not known. */
    long size();

    /** Those of a file. */
    static Contents ofFile(String path) {
        return new Contents() {
            @Override
            public InputStream open() throws IOException {
                return NamedFile.find(path).open();
            }

            @Override
            public long size() {
                try {
                    return NamedFile.find(path).size();
                } catch (UnusableFileException e) {
                    return -1;
                }
            }
        };
    }
}
