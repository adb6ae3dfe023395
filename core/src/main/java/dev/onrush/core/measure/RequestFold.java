package dev.onrush.core.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.RequestSample;

/** Adds up the requests of one name. */
final class RequestFold {
    static final Comparator<Map.Entry<ErrorKey, ErrorFold>> MOST_FREQUENT_FIRST = Comparator.comparing(
                    (Map.Entry<ErrorKey, ErrorFold> entry) -> -entry.getValue().count)
            .thenComparing(entry -> entry.getKey().errorClass())
            .thenComparing(entry -> entry.getKey().message());

    /** When the first one ended: the order in which names are shown. */
    long firstMicros = Long.MAX_VALUE;

    private long ok;
    private long ko;
    private long unfinished;
    long attempts;
    private long bytesReceived;
    private long bytesSent;
    private final TimesFold okResponse;
    private final TimesFold koResponse;
    private final TimesFold service;
    private final TimesFold startDelay;
    private final SortedMap<String, Long> notSent = new TreeMap<>();
    private final CodeCounts statusCodes = new CodeCounts();
    final Map<ErrorKey, ErrorFold> errors = new HashMap<>();
    private final SeriesBudget seriesBudget;
    private final SeriesFold series;

    RequestFold(HistogramBudget budget, SeriesBudget seriesBudget) {
        this.seriesBudget = seriesBudget;
        okResponse = new TimesFold(budget);
        koResponse = new TimesFold(budget);
        service = new TimesFold(budget);
        startDelay = new TimesFold(budget);
        // The start delay step by step is kept of all requests together.
        series = seriesBudget.newSeries(RequestWindow.START_DELAY, okResponse, koResponse, service, startDelay);
    }

    void add(RequestSample sample) {
        series.at(sample.endNanos / 1000);
        series.bytes(sample.bytesReceived, sample.bytesSent);
        bytesReceived += sample.bytesReceived;
        bytesSent += sample.bytesSent;
        boolean isOk = sample.outcome == RequestSample.OK;
        series.outcome(isOk);
        if (isOk) {
            ok++;
        } else {
            ko++;
        }
        if (sample.status != 0) {
            statusCodes.add(sample.status, 1);
            series.code(sample.status);
        }
        if (sample.hasDuration()) {
            series.time(isOk ? RequestWindow.OK_RESPONSE : RequestWindow.KO_RESPONSE, sample.responseMicros());
            series.time(RequestWindow.SERVICE, sample.serviceMicros());
            series.time(RequestWindow.START_DELAY, sample.startDelayMicros());
        }
    }

    void unfinished() {
        unfinished++;
    }

    void notSent(String reason) {
        notSent.merge(reason, 1L, Long::sum);
    }

    void error(ErrorKey key, long atMicros) {
        errors.computeIfAbsent(key, any -> new ErrorFold(seriesBudget)).add(atMicros);
    }

    void add(RequestFold other) {
        series.add(other.series);
        addWithoutSeries(other);
    }

    /** For the sum of all names, whose series is made at once in the end. */
    void addWithoutSeries(RequestFold other) {
        firstMicros = Math.min(firstMicros, other.firstMicros);
        ok += other.ok;
        ko += other.ko;
        unfinished += other.unfinished;
        attempts += other.attempts;
        bytesReceived += other.bytesReceived;
        bytesSent += other.bytesSent;
        okResponse.add(other.okResponse);
        koResponse.add(other.koResponse);
        service.add(other.service);
        startDelay.add(other.startDelay);
        other.notSent.forEach((reason, count) -> notSent.merge(reason, count, Long::sum));
        statusCodes.add(other.statusCodes);
        other.errors.forEach((key, fold) ->
                errors.computeIfAbsent(key, any -> new ErrorFold(seriesBudget)).add(fold));
    }

    /** Takes the errors of one name into those of all, with its name. */
    void nameErrors(String request, Map<ErrorKey, ErrorFold> all, SeriesBudget sums) {
        errors.forEach((key, fold) ->
                all.computeIfAbsent(key, any -> new ErrorFold(sums)).add(fold, request));
    }

    long clamped() {
        return okResponse.clamped() + koResponse.clamped() + service.clamped() + startDelay.clamped();
    }

    StepSeries<RequestWindow> series(int steps) {
        return series.series(steps, RequestWindow::of);
    }

    RequestStatistics statistics(
            RequestKey key, double seconds, @Nullable Compensated compensated, StepSeries<RequestWindow> steps) {
        List<ErrorCount> counts = new ArrayList<>();
        errors.entrySet().stream()
                .sorted(MOST_FREQUENT_FIRST)
                .forEach(entry -> counts.add(entry.getValue().count(entry.getKey(), steps.steps())));
        Times okTimes = okResponse.times();
        Times koTimes = koResponse.times();
        Times all =
                koTimes.isEmpty() ? okTimes : okTimes.isEmpty() ? koTimes : TimesFold.together(okResponse, koResponse);
        return new RequestStatistics(
                key.name(),
                key.group(),
                ok,
                ko,
                unfinished,
                Collections.unmodifiableSortedMap(new TreeMap<>(notSent)),
                attempts,
                seconds > 0 ? (ok + ko) / seconds : 0,
                all,
                service.times(),
                startDelay.times(),
                okTimes,
                koTimes,
                Collections.unmodifiableSortedMap(statusCodes.map()),
                bytesReceived,
                bytesSent,
                List.copyOf(counts),
                compensated,
                steps);
    }
}
