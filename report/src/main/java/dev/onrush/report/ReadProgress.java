package dev.onrush.report;

import java.nio.file.Path;

/** Is told again and again how far a log has been read. */
public interface ReadProgress {
    /** For whoever does not want to know. */
    ReadProgress NONE = (log, bytes, size) -> {};

    /** So many of a log's bytes have been read. */
    void read(Path log, long bytes, long size);
}
