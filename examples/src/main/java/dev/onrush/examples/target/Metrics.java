package dev.onrush.examples.target;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the target counted, as a Prometheus text page (format 0.0.4).
 *
 * <p>A request is counted just before its answer is written, so whoever has the answer finds it counted. A page does
 * not count the scrape that fetches it. Thread-safe.
 */
final class Metrics {
    private record Series(String method, String path, int status) implements Comparable<Series> {
        @Override
        public int compareTo(Series other) {
            int order = path.compareTo(other.path);
            order = order != 0 ? order : method.compareTo(other.method);
            return order != 0 ? order : Integer.compare(status, other.status);
        }
    }

    private final Map<Series, LongAdder> answers = new ConcurrentHashMap<>();
    private final TimeBuckets serviceTimes = new TimeBuckets();
    private final TimeBuckets queueTimes = new TimeBuckets();

    /** Counts one answer; {@code path} is the pattern of a route, never a path with an id in it. */
    void answered(String method, String path, int status) {
        answers.computeIfAbsent(new Series(method, path, status), key -> new LongAdder())
                .increment();
    }

    void served(long serviceNanos, long queueNanos) {
        serviceTimes.record(serviceNanos);
        queueTimes.record(queueNanos);
    }

    String page(WorkerPool.State pool) {
        var page = new StringBuilder(4096);
        page.append("# HELP target_replicas Replicas by state.\n# TYPE target_replicas gauge\n");
        page.append("target_replicas{state=\"ready\"} ").append(pool.ready()).append('\n');
        page.append("target_replicas{state=\"starting\"} ")
                .append(pool.starting())
                .append('\n');
        gauge(
                page,
                "target_utilisation",
                "Busy share of the replicas in the last interval, 0 to 1.",
                pool.utilisation());
        gauge(page, "target_queue_length", "Requests that wait for a replica.", pool.queueLength());
        gauge(page, "target_requests_in_service", "Requests that a replica works on.", pool.inService());
        page.append("# HELP target_requests_total Requests answered, by method, path and status.\n");
        page.append("# TYPE target_requests_total counter\n");
        new TreeMap<>(answers)
                .forEach((series, count) -> page.append("target_requests_total{method=\"")
                        .append(series.method())
                        .append("\",path=\"")
                        .append(series.path())
                        .append("\",status=\"")
                        .append(series.status())
                        .append("\"} ")
                        .append(count.sum())
                        .append('\n'));
        serviceTimes.write("target_service_time_seconds", "Time a replica worked on a request.", page);
        queueTimes.write("target_queue_time_seconds", "Time a request waited for a replica.", page);
        return page.toString();
    }

    private static void gauge(StringBuilder page, String name, String help, Number value) {
        page.append("# HELP ").append(name).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(name).append(" gauge\n");
        page.append(name).append(' ').append(value).append('\n');
    }
}
