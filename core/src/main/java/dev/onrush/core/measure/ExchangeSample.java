package dev.onrush.core.measure;

import java.util.List;

import dev.onrush.core.eventlog.ExchangeText;

/**
 * What one failed request looked like.
 *
 * @param group path, outermost first
 * @param status 0: there was none
 * @param atMicros its end, since the run began
 */
public record ExchangeSample(
        List<String> group,
        String name,
        String errorClass,
        String message,
        long userId,
        int status,
        long atMicros,
        ExchangeText text) {
    public ExchangeSample {
        group = List.copyOf(group);
    }
}
