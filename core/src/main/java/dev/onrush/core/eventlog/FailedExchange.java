package dev.onrush.core.eventlog;

/**
 * A sample of a request that failed, as it stands in the log.
 *
 * @param scenario {@link Names#scenario}
 * @param request {@link Names#request}
 * @param error {@link Names#error}
 * @param status 0: there was none
 * @param atNanos end of the request, since the run began
 */
public record FailedExchange(
        long userId, int scenario, int request, int error, int status, long atNanos, ExchangeText text) {}
