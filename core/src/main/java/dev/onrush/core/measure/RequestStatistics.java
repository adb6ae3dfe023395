package dev.onrush.core.measure;

import java.util.List;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

/**
 * The requests of one name, or all of them. Warm-up and lost first tries are left out, but for {@code attempts}.
 *
 * @param name of the request; {@code All requests} for the total
 * @param group path of its group, outermost first; empty without one
 * @param ok ended OK
 * @param ko ended KO; one without a duration counts here and is in no percentile
 * @param unfinished in flight when the run stopped: in no other figure
 * @param notSent due but not sent, and no failure, by reason
 * @param attempts lost first tries on connections that had gone stale
 * @param throughput OK and KO per second
 * @param responseTime of OK and KO together
 * @param statusCodes how often each code came, in their order
 * @param errors most frequent first
 * @param compensated of users of closed scenarios, without a pace; null if there were none
 * @param series all of it step by step
 */
public record RequestStatistics(
        String name,
        List<String> group,
        long ok,
        long ko,
        long unfinished,
        SortedMap<String, Long> notSent,
        long attempts,
        double throughput,
        Times responseTime,
        Times serviceTime,
        Times startDelay,
        Times okResponseTime,
        Times koResponseTime,
        SortedMap<Integer, Long> statusCodes,
        long bytesReceived,
        long bytesSent,
        List<ErrorCount> errors,
        @Nullable Compensated compensated,
        StepSeries<RequestWindow> series) {
    /** Without a compensated series, and without one over time. */
    public RequestStatistics(
            String name,
            List<String> group,
            long ok,
            long ko,
            long unfinished,
            SortedMap<String, Long> notSent,
            long attempts,
            double throughput,
            Times responseTime,
            Times serviceTime,
            Times startDelay,
            Times okResponseTime,
            Times koResponseTime,
            SortedMap<Integer, Long> statusCodes,
            long bytesReceived,
            long bytesSent,
            List<ErrorCount> errors) {
        this(
                name,
                group,
                ok,
                ko,
                unfinished,
                notSent,
                attempts,
                throughput,
                responseTime,
                serviceTime,
                startDelay,
                okResponseTime,
                koResponseTime,
                statusCodes,
                bytesReceived,
                bytesSent,
                errors,
                null,
                StepSeries.none(RequestWindow::of));
    }

    /** OK and KO together. */
    public long total() {
        return ok + ko;
    }

    /** KO in percent of all, 0 without any. */
    public double koPercent() {
        return total() == 0 ? 0 : 100.0 * ko / total();
    }
}
