package dev.onrush.core.feeder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.setting.Settings;

/** A source of records, one cursor shared by all users and all steps that use it. Safe for use by many threads. */
public interface Feeder {
    /**
     * Checks that it can be read, reads its first records and puts the cursor at the beginning; called once per run, before the
     * first user, however many steps use it.
     *
     * @param seed of the run
     * @throws DefinitionException a missing, unreadable, empty or ragged file: file, line and remedy
     */
    void open(Settings settings, long seed);

    /** As {@link #open(Settings, long)} with all settings at their defaults. */
    default void open() {
        open(Settings.defaults(), 0);
    }

    /**
     * The next record; null once it is empty. Not to be changed.
     *
     * @param user who draws: random order uses its own generator, so that the order of threads does not matter
     * @throws BadRecordException a record that cannot be read, found while the run goes on
     */
    @Nullable
    Map<String, Object> next(UserIdentity user);

    /** Names of the attributes that its records set, once it is open; empty if they cannot be known. */
    Optional<Set<String>> attributes();

    /** Whether a user who finds it empty just ends, and the run goes on. */
    boolean stopsUserWhenEmpty();

    /** For messages, as in {@code users.csv}. */
    String name();

    /** What the report should say about it, such as records left out; empty if nothing. Complete once the run has ended. */
    default List<String> remarks() {
        return List.of();
    }

    /** Gives back what it holds open; may be opened again. */
    default void close() {}
}
