package dev.onrush.core.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.LogListener;
import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;

/** Makes a snapshot of the run once a second, and a last one when all is recorded. To be added to the event log. */
public final class LiveStatistics implements LogListener {
    private static final class ScenarioCount {
        final String name;
        long started;
        long ended;
        long dropped;

        ScenarioCount(String name) {
            this.name = name;
        }

        LiveScenario scenario() {
            return new LiveScenario(name, started, ended, dropped);
        }
    }

    private final List<SnapshotListener> listeners;
    private final NumberedFolds<LiveFold> requestsByNumber = new NumberedFolds<>();
    private final List<LiveFold> requests = new ArrayList<>();
    private final NumberedFolds<ScenarioCount> scenariosByNumber = new NumberedFolds<>();
    private final List<ScenarioCount> scenarios = new ArrayList<>();
    private final Map<String, Long> errorsByClass = new TreeMap<>();
    private final IntervalTimes startDelay = new IntervalTimes();
    private @Nullable NameTable names;
    private @Nullable HealthStep health;
    private long snapshotNanos;

    public LiveStatistics(List<SnapshotListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void run(RunHeader header, NameTable table) {
        names = table;
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        scenario(scenario).started++;
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        scenario(scenario).ended++;
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        scenario(scenario).dropped += count;
    }

    @Override
    public void request(RequestSample sample) {
        if (sample.warmUp || sample.attempt || sample.silent) {
            return;
        }
        requestsByNumber.get(sample.request, this::newRequest).add(sample);
        if (sample.hasDuration()) {
            startDelay.add(sample.startDelayMicros());
        }
        if (sample.outcome == RequestSample.KO) {
            String errorClass = sample.error == RequestSample.NO_ERROR ? "" : names().errorClass(sample.error);
            errorsByClass.merge(errorClass, 1L, Long::sum);
        }
    }

    @Override
    public void health(HealthSample sample) {
        HealthFold second = new HealthFold();
        second.add(sample);
        health = second.step();
    }

    @Override
    public void tick(long nowNanos, LogTotals totals) {
        tell(nowNanos, totals, false);
    }

    @Override
    public void closed(long nowNanos, LogTotals totals) {
        tell(nowNanos, totals, true);
    }

    private void tell(long nowNanos, LogTotals totals, boolean last) {
        double seconds = (nowNanos - snapshotNanos) / 1e9;
        LiveFold all = new LiveFold("All requests", List.of());
        List<LiveRequest> byName = new ArrayList<>(requests.size());
        for (LiveFold request : requests) {
            all.add(request);
            byName.add(request.request(seconds));
        }
        ScenarioCount users = new ScenarioCount("All users");
        List<LiveScenario> byScenario = new ArrayList<>(scenarios.size());
        for (ScenarioCount scenario : scenarios) {
            users.started += scenario.started;
            users.ended += scenario.ended;
            users.dropped += scenario.dropped;
            byScenario.add(scenario.scenario());
        }
        LiveSnapshot snapshot = new LiveSnapshot(
                nowNanos,
                nowNanos - snapshotNanos,
                users.scenario(),
                List.copyOf(byScenario),
                all.request(seconds),
                List.copyOf(byName),
                Map.copyOf(errorsByClass),
                startDelay.times(),
                health,
                totals.recordsLost(),
                totals.bytes(),
                last);
        requests.forEach(LiveFold::nextInterval);
        startDelay.clear();
        snapshotNanos = nowNanos;
        for (SnapshotListener listener : listeners) {
            listener.snapshot(snapshot);
        }
    }

    private LiveFold newRequest(int number) {
        NameTable table = names();
        LiveFold fold = new LiveFold(table.requestName(number), table.groupPath(table.groupOfRequest(number)));
        requests.add(fold);
        return fold;
    }

    private ScenarioCount scenario(int number) {
        return scenariosByNumber.get(number, any -> {
            ScenarioCount count = new ScenarioCount(names().scenarioName(any));
            scenarios.add(count);
            return count;
        });
    }

    private NameTable names() {
        NameTable table = names;
        if (table == null) {
            throw new IllegalStateException("records before the run they belong to");
        }
        return table;
    }
}
