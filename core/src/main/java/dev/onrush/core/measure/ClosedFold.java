package dev.onrush.core.measure;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

import dev.onrush.core.eventlog.RequestSample;

/**
 * Adds up what the users of one closed scenario did, and estimates from it how often they would have asked had the target always
 * answered as it usually does: their time, less all that they waited for answers, plus the median wait for each, shared among the
 * requests of a name. Only sums are kept, so that parts can be merged in any order and memory does not grow with requests.
 */
final class ClosedFold {
    /** The requests of one name. */
    private static final class Asked {
        /** With those of the warm-up: they tell as much of how often users ask. */
        long count;

        /** Response times without the warm-up. */
        final TimesFold response;

        Asked(HistogramBudget budget) {
            response = new TimesFold(budget);
        }
    }

    private final HistogramBudget budget;
    private final Map<RequestKey, Asked> asked = new TreeMap<>();
    private final NumberedFolds<Asked> askedByNumber = new NumberedFolds<>();
    private long started;
    private long ended;
    private final WideSum startMicros = new WideSum();
    private final WideSum endMicros = new WideSum();
    private final WideSum waitedMicros = new WideSum();
    /** Who keeps a pace catches up with each pass it missed, and intended starts tell how late: nothing was left out. */
    private boolean isPaced;

    ClosedFold(HistogramBudget budget) {
        this.budget = budget;
    }

    void userStart(long micros) {
        started++;
        startMicros.add(micros);
    }

    /** Users that started before the records begin: what they did before is in no sum. */
    void usersPresent(long count) {
        started += count;
    }

    void userEnd(long micros) {
        ended++;
        endMicros.add(micros);
    }

    /** An OK, a KO or one in flight when the run stopped. */
    void request(RequestSample sample, IntFunction<RequestKey> keys) {
        waitedMicros.add(sample.responseMicros());
        isPaced |= sample.paceOverrunNanos > 0;
        if (sample.outcome == RequestSample.UNFINISHED) {
            return;
        }
        Asked name = askedByNumber.get(sample.request, number -> asked(keys.apply(number)));
        name.count++;
        if (sample.hasDuration() && !sample.warmUp) {
            name.response.add(sample.responseMicros());
        }
    }

    private Asked asked(RequestKey key) {
        return asked.computeIfAbsent(key, any -> new Asked(budget));
    }

    void add(ClosedFold other) {
        started += other.started;
        ended += other.ended;
        startMicros.add(other.startMicros);
        endMicros.add(other.endMicros);
        waitedMicros.add(other.waitedMicros);
        isPaced |= other.isPaced;
        other.asked.forEach((key, theirs) -> {
            Asked mine = asked(key);
            mine.count += theirs.count;
            mine.response.add(theirs.response);
        });
    }

    /** Other logs number their names otherwise. */
    void forgetNumbers() {
        askedByNumber.clear();
    }

    /** Adds the compensated series of each name, and all of them to the total. Users without an end are present until the run's. */
    void compensate(long runEndMicros, Map<RequestKey, Compensation> byName, Compensation total) {
        if (isPaced) {
            return;
        }
        double present = endMicros.value().subtract(startMicros.value()).doubleValue()
                + (double) (started - ended) * runEndMicros;
        double usual = Math.max(0, present - waitedMicros.value().doubleValue());
        Map<RequestKey, Times> recorded = new TreeMap<>();
        for (Map.Entry<RequestKey, Asked> entry : asked.entrySet()) {
            Times times = entry.getValue().response.times();
            recorded.put(entry.getKey(), times);
            usual += (double) entry.getValue().count * times.percentileMicros(50);
        }
        for (Map.Entry<RequestKey, Times> entry : recorded.entrySet()) {
            Times times = entry.getValue();
            if (!times.isEmpty()) {
                long interval = Math.max(1, Math.round(usual / asked(entry.getKey()).count));
                byName.computeIfAbsent(entry.getKey(), any -> new Compensation())
                        .add(times, interval);
                total.add(times, interval);
            }
        }
    }
}
