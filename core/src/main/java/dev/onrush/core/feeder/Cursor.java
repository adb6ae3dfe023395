package dev.onrush.core.feeder;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserIdentity;

/** Where the users of a run are in a source's records. Safe for use by many threads. */
interface Cursor {
    /** The next record; null once there is none. */
    @Nullable
    Map<String, Object> next(UserIdentity user);

    List<String> remarks();

    void close();
}
