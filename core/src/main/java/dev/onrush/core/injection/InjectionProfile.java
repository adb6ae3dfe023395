package dev.onrush.core.injection;

import java.util.List;
import java.util.Optional;

/** When the users of one population start. */
public sealed interface InjectionProfile permits OpenProfile, ClosedProfile {
    long durationNanos();

    /** In words, as in {@code nobody for 5 s, then 10 users/s for 1 min}. */
    String describe();

    /** The shape as {@code columns} equal slices of its duration: users per second (open) or users present (closed). */
    double[] shape(int columns);

    /** What it asks for over its time, in order and without gaps; users at one instant are none. */
    List<LoadLevel> loadLevels();

    /** What an author should know about this shape before trusting its numbers. */
    Optional<String> remark();
}
