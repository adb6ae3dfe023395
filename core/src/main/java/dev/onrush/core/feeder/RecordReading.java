package dev.onrush.core.feeder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** One reading of a source from its beginning. Used by one thread at a time. */
public interface RecordReading extends AutoCloseable {
    /**
     * The next record; null at the end.
     *
     * @throws BadRecordException a record that cannot be read, with file and line
     */
    @Nullable
    Map<String, Object> next();

    /** Names of the attributes of every record, where the format names them at the beginning; else empty. */
    default Optional<Set<String>> attributes() {
        return Optional.empty();
    }

    /** What the report should say about the reading so far. */
    default List<String> remarks() {
        return List.of();
    }

    @Override
    void close();
}
