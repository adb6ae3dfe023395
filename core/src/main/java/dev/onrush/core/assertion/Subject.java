package dev.onrush.core.assertion;

import java.util.ArrayList;
import java.util.List;

import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.Times;

/** What an assertion looks at: requests of one path, or passes of one group. */
record Subject(
        String name,
        boolean isGroup,
        long ok,
        long ko,
        double throughput,
        Times responseTime,
        Times serviceTime,
        Times startDelay) {
    static Subject of(String name, RequestStatistics requests) {
        return new Subject(
                name,
                false,
                requests.ok(),
                requests.ko(),
                requests.throughput(),
                requests.responseTime(),
                requests.serviceTime(),
                requests.startDelay());
    }

    static Subject of(String name, GroupStatistics group, RunStatistics run, boolean durations) {
        double seconds = run.run().measuredSeconds();
        return new Subject(
                name,
                true,
                group.ok(),
                group.ko(),
                seconds > 0 ? group.total() / seconds : 0,
                durations ? group.duration() : group.cumulated(),
                Times.EMPTY,
                Times.EMPTY);
    }

    /** A path that is known and of which nothing was recorded. */
    static Subject nothing(String name) {
        return new Subject(name, false, 0, 0, 0, Times.EMPTY, Times.EMPTY, Times.EMPTY);
    }

    static List<String> path(List<String> group, String name) {
        List<String> path = new ArrayList<>(group);
        path.add(name);
        return List.copyOf(path);
    }

    long total() {
        return ok + ko;
    }

    long count(Measure.Outcome outcome) {
        return switch (outcome) {
            case ALL -> total();
            case FAILED -> ko;
            case SUCCESSFUL -> ok;
        };
    }
}
