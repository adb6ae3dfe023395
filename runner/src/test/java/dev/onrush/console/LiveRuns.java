package dev.onrush.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.onrush.core.engine.PopulationProgress;
import dev.onrush.core.engine.RunProgress;
import dev.onrush.core.measure.LiveRequest;
import dev.onrush.core.measure.LiveScenario;
import dev.onrush.core.measure.LiveSnapshot;
import dev.onrush.core.measure.Times;

/** Runs as they stand at some second, for tests of what is shown. */
final class LiveRuns {
    private LiveRuns() {}

    /** 12 users to come, 8 present, 20 done. */
    static PopulationProgress open(String name) {
        return new PopulationProgress(name, 40, 28, 8, 3, 19, 1, 0, 0, 12, 0);
    }

    static PopulationProgress closed(String name, long active, long done) {
        return new PopulationProgress(name, active + done, active + done, active, 0, done, 0, 0, 0, 0, 0);
    }

    static RunProgress at(long seconds, PopulationProgress... populations) {
        return new RunProgress(seconds * 1_000_000_000L, false, 0, 0, 0, List.of(populations));
    }

    static LiveRequest quiet(String name, long ok, long ko) {
        return new LiveRequest(name, List.of(), ok, ko, 0, 0, 0, 0, 0, Times.EMPTY);
    }

    static LiveSnapshot snapshot(Map<String, Long> errors, LiveRequest... requests) {
        long ok = 0;
        long ko = 0;
        for (LiveRequest request : requests) {
            ok += request.ok();
            ko += request.ko();
        }
        return new LiveSnapshot(
                0,
                1_000_000_000L,
                new LiveScenario("All users", 0, 0, 0),
                List.of(),
                quiet("All requests", ok, ko),
                List.of(requests),
                errors,
                Times.EMPTY,
                null,
                0,
                0,
                false);
    }

    static LiveRequest[] many(int count) {
        List<LiveRequest> requests = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            requests.add(quiet("name " + i, i, 0));
        }
        return requests.toArray(LiveRequest[]::new);
    }
}
