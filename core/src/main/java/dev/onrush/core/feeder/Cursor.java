package dev.onrush.core.feeder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserIdentity;

/** Where the users of a run are in a source's records. Safe for use by many threads. */
interface Cursor {
    /** The next record; null once there is none. */
    @Nullable
    Map<String, Object> next(UserIdentity user);

    /** Names of the attributes that its records set; empty if they cannot be known. */
    Optional<Set<String>> attributes();

    List<String> remarks();

    void close();
}
