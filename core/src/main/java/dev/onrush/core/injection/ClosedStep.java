package dev.onrush.core.injection;

/** One step of a closed profile: how many users should be present. */
public sealed interface ClosedStep permits ConstantConcurrent, RampConcurrent {
    long durationNanos();

    /** Users wanted at {@code nanos} into the step, 0 ≤ nanos &lt; duration. */
    int target(long nanos);

    /** The first instant after {@code nanos} and before the end at which the target rises; {@link Long#MAX_VALUE} if there is none. */
    long nextRise(long nanos);

    int peak();

    /** What it asks for over its time. */
    LoadLevel level();

    String describe();
}
