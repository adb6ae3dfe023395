package dev.onrush.core.feeder;

import dev.onrush.core.setting.Settings;

/** Where records come from: a file or a list. Immutable; each reading begins at the first record. */
public interface RecordSource {
    /** For messages, as in {@code users.csv}. */
    String name();

    /** Size in bytes; -1 if it is in memory or not known. */
    long size();

    /**
     * A reading from the first record on, which the caller closes.
     *
     * @throws dev.onrush.core.DefinitionException if it cannot be read, or has a header that is not to be used
     */
    RecordReading read(Settings settings);
}
