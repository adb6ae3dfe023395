package dev.onrush.core.measure.micrometer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.LogListener;
import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;

/**
 * Shows a run in a meter registry: folded on the log thread, brought up to date once a second and once more when all is
 * recorded, so that its totals are the report's. Close a registry that publishes in steps only after the log is closed. The
 * meters are listed in docs/metrics.md. To be added to the event log.
 */
public final class MicrometerBridge implements LogListener {
    /** Request names kept apart unless told otherwise. */
    public static final int NAMES = 1000;

    private record CountKey(String request, int status, byte outcome, String errorClass) {}

    private record TimeKey(String request, byte outcome) {}

    private final MeterRegistry registry;
    private final int mostNames;
    private final List<MeterFold> folds = new ArrayList<>();
    private final Map<CountKey, MeterFold> counts = new HashMap<>();
    private final Map<TimeKey, MeterFold> times = new HashMap<>();
    private final Map<String, MeterFold> usersStarted = new HashMap<>();
    private final Map<String, MeterFold> usersEnded = new HashMap<>();
    private final Map<String, MeterFold> usersDropped = new HashMap<>();
    private final Map<String, MeterFold> usersActive = new HashMap<>();
    private final Set<String> requestNames = new HashSet<>();
    private final MeterFold startDelay = fold();
    private final MeterFold recordsLost = fold();
    private @Nullable NameTable names;

    public MicrometerBridge(MeterRegistry registry) {
        this(registry, NAMES);
    }

    /**
     * Keeps at most so many request names apart.
     *
     * @param mostNames what comes after is counted as {@code other}
     */
    public MicrometerBridge(MeterRegistry registry, int mostNames) {
        this.registry = registry;
        this.mostNames = mostNames;
    }

    @Override
    public void run(RunHeader header, NameTable table) {
        names = table;
        startDelay.timer(registry, "onrush.start.delay", "How late the generator started requests", Tags.empty());
        recordsLost.counter(
                registry, "onrush.log.lost", "Records the event log could not keep up with", "records", Tags.empty());
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        String name = names().scenarioName(scenario);
        users(usersStarted, "onrush.users.started", "Users that started", name).add(1);
        active(name).add(1);
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        String name = names().scenarioName(scenario);
        users(usersEnded, "onrush.users.ended", "Users that ended", name).add(1);
        active(name).add(-1);
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        String name = names().scenarioName(scenario);
        users(usersDropped, "onrush.users.dropped", "Users that were due and did not start", name)
                .add(count);
    }

    @Override
    public void request(RequestSample sample) {
        if (sample.warmUp || sample.attempt || sample.silent || sample.outcome > RequestSample.KO) {
            return;
        }
        String request = name(names().requestName(sample.request));
        String errorClass = sample.error == RequestSample.NO_ERROR ? "none" : names().errorClass(sample.error);
        counts.computeIfAbsent(new CountKey(request, sample.status, sample.outcome, errorClass), this::newCount)
                .add(1);
        if (sample.hasDuration()) {
            times.computeIfAbsent(new TimeKey(request, sample.outcome), this::newTime)
                    .time(sample.responseMicros());
            startDelay.time(sample.startDelayMicros());
        }
    }

    @Override
    public void tick(long nowNanos, LogTotals totals) {
        recordsLost.set(totals.recordsLost());
        folds.forEach(MeterFold::publish);
    }

    @Override
    public void closed(long nowNanos, LogTotals totals) {
        tick(nowNanos, totals);
    }

    private String name(String request) {
        if (requestNames.contains(request)) {
            return request;
        }
        if (requestNames.size() >= mostNames) {
            return Names.OTHER;
        }
        requestNames.add(request);
        return request;
    }

    private MeterFold newCount(CountKey key) {
        MeterFold fold = fold();
        fold.counter(
                registry,
                "onrush.requests",
                "Requests that ended",
                "requests",
                Tags.of(
                        "name",
                        key.request(),
                        "status",
                        key.status() == 0 ? "none" : Integer.toString(key.status()),
                        "outcome",
                        outcome(key.outcome()),
                        "class",
                        key.errorClass()));
        return fold;
    }

    private MeterFold newTime(TimeKey key) {
        MeterFold fold = fold();
        fold.timer(
                registry,
                "onrush.response.time",
                "Response time",
                Tags.of("name", key.request(), "outcome", outcome(key.outcome())));
        return fold;
    }

    private static String outcome(byte outcome) {
        return outcome == RequestSample.OK ? "OK" : "KO";
    }

    private MeterFold users(Map<String, MeterFold> kind, String meter, String description, String scenario) {
        return kind.computeIfAbsent(scenario, any -> {
            MeterFold fold = fold();
            fold.counter(registry, meter, description, "users", Tags.of("scenario", scenario));
            return fold;
        });
    }

    private MeterFold active(String scenario) {
        return usersActive.computeIfAbsent(scenario, any -> {
            MeterFold fold = fold();
            fold.gauge(registry, "onrush.users.active", "Users present", "users", Tags.of("scenario", scenario));
            return fold;
        });
    }

    private MeterFold fold() {
        MeterFold fold = new MeterFold();
        folds.add(fold);
        return fold;
    }

    private NameTable names() {
        NameTable table = names;
        if (table == null) {
            throw new IllegalStateException("records before the run they belong to");
        }
        return table;
    }
}
