package dev.onrush.core.measure;

/**
 * How requests waited for a slot of a throttle, without the warm-up.
 *
 * @param requests that waited
 * @param meanMicros of these, 0 if there were none
 * @param maxMicros of these, 0 if there were none
 */
public record ThrottleWaits(long requests, double meanMicros, long maxMicros) {
    public static final ThrottleWaits NONE = new ThrottleWaits(0, 0, 0);
}
