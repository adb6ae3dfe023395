package dev.onrush.core.measure;

/**
 * An estimate of what users of a closed model would have waited had they gone on asking at their usual pace while the target held
 * them up: the recorded response times, and beside each long one those that were never asked for. A series of its own: it is in no
 * other figure.
 *
 * @param responseTime recorded and put back
 * @param added how many of them were put back
 * @param intervalMicros the expected interval between two requests of one user; 0 where series of different intervals come together
 */
public record Compensated(Times responseTime, long added, long intervalMicros) {}
