package dev.onrush.core.measure;

import java.util.SortedMap;

/**
 * What became of the requests of one name, or of all, in one or more steps of the run: those that ended there, without those of
 * the warm-up.
 *
 * @param ko one without a duration counts here and is in no times
 * @param statusCodes how often each code came, in their order
 * @param startDelay of all requests only; of one name {@link TimeCounts#NONE}
 */
public record RequestWindow(
        long ok,
        long ko,
        long bytesReceived,
        long bytesSent,
        SortedMap<Integer, Long> statusCodes,
        TimeCounts okResponseTime,
        TimeCounts koResponseTime,
        TimeCounts serviceTime,
        TimeCounts startDelay) {
    static final int OK_RESPONSE = 0;
    static final int KO_RESPONSE = 1;
    static final int SERVICE = 2;
    static final int START_DELAY = 3;

    static RequestWindow of(StepFigures figures) {
        return new RequestWindow(
                figures.ok(),
                figures.ko(),
                figures.bytesReceived(),
                figures.bytesSent(),
                figures.statusCodes(),
                figures.times(OK_RESPONSE),
                figures.times(KO_RESPONSE),
                figures.times(SERVICE),
                figures.times(START_DELAY));
    }

    /** OK and KO together. */
    public long total() {
        return ok + ko;
    }

    /** Of OK and KO together. */
    public TimeCounts responseTime() {
        return okResponseTime.plus(koResponseTime);
    }
}
