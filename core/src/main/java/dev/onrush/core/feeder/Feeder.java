package dev.onrush.core.feeder;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A source of records, one cursor shared by all users and all steps that use it. Safe for use by many threads. */
public interface Feeder {
    /** Checks that it can be read, and reads its first records; called once before the run. */
    void open();

    /** The next record; null once it is empty. */
    @Nullable
    Map<String, Object> next();

    /** Whether a user who finds it empty just ends, and the run goes on. */
    boolean stopsUserWhenEmpty();

    /** For messages, as in {@code users.csv}. */
    String name();
}
