package dev.onrush.core.assertion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.Times;
import dev.onrush.core.measure.TimesFixture;
import dev.onrush.core.measure.UserCounts;

/** The figures of a run of ten measured seconds. */
final class RunFixture {
    private final List<RequestStatistics> requests = new ArrayList<>();
    private final List<GroupStatistics> groups = new ArrayList<>();
    private RequestStatistics total = requests("All requests", List.of(), 0, 0, Times.EMPTY);

    /** A request whose samples took so many milliseconds. */
    RunFixture request(List<String> group, String name, long ok, long ko, double... millis) {
        requests.add(requests(name, group, ok, ko, times(millis)));
        return this;
    }

    RunFixture group(List<String> outer, String name, long ok, long ko, Times duration, Times cumulated) {
        groups.add(new GroupStatistics(name, outer, ok, ko, duration, cumulated));
        return this;
    }

    RunFixture total(long ok, long ko, double... millis) {
        total = requests("All requests", List.of(), ok, ko, times(millis));
        return this;
    }

    RunStatistics run() {
        RunInfo info = new RunInfo("shop", "", Instant.EPOCH, 12, 10, 1, "1", Map.of(), Map.of());
        return new RunStatistics(
                info, UserCounts.NONE, List.of(), total, requests, groups, null, null, List.of(), List.of());
    }

    static Times times(double... millis) {
        long[] micros = new long[millis.length];
        for (int i = 0; i < millis.length; i++) {
            micros[i] = Math.round(millis[i] * 1000);
        }
        return TimesFixture.ofMicros(micros);
    }

    private static RequestStatistics requests(String name, List<String> group, long ok, long ko, Times times) {
        return new RequestStatistics(
                name,
                group,
                ok,
                ko,
                0,
                new TreeMap<>(),
                0,
                (ok + ko) / 10.0,
                times,
                times,
                times,
                times,
                times,
                new TreeMap<>(),
                0,
                0,
                List.of());
    }
}
