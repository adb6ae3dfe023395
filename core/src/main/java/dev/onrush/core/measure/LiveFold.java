package dev.onrush.core.measure;

import java.util.List;

import dev.onrush.core.eventlog.RequestSample;

/** Adds up the requests of one name while the run goes on. */
final class LiveFold {
    private final String name;
    private final List<String> group;
    private long ok;
    private long ko;
    private long unfinished;
    private long notSent;
    private long okBefore;
    private long koBefore;
    final IntervalTimes interval = new IntervalTimes();

    LiveFold(String name, List<String> group) {
        this.name = name;
        this.group = group;
    }

    void add(RequestSample sample) {
        switch (sample.outcome) {
            case RequestSample.OK -> ok++;
            case RequestSample.KO -> ko++;
            case RequestSample.UNFINISHED -> unfinished++;
            default -> notSent++;
        }
        if (sample.hasDuration()) {
            interval.add(sample.responseMicros());
        }
    }

    void add(LiveFold other) {
        ok += other.ok;
        ko += other.ko;
        unfinished += other.unfinished;
        notSent += other.notSent;
        okBefore += other.okBefore;
        koBefore += other.koBefore;
        interval.add(other.interval);
    }

    LiveRequest request(double seconds) {
        long intervalOk = ok - okBefore;
        long intervalKo = ko - koBefore;
        return new LiveRequest(
                name,
                group,
                ok,
                ko,
                unfinished,
                notSent,
                intervalOk,
                intervalKo,
                seconds > 0 ? (intervalOk + intervalKo) / seconds : 0,
                interval.times());
    }

    void nextInterval() {
        okBefore = ok;
        koBefore = ko;
        interval.clear();
    }
}
