package dev.onrush.core.measure;

import java.time.Instant;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RecordHandler;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;

/** Hands records to handlers as a log would. */
final class Samples {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;

    final Names names = Names.withLimit(1000);
    final RunHeader header = RunHeader.of("ShopSimulation", "", Instant.parse("2026-11-23T08:00:00Z"), 7, "0.1.0");
    final RequestSample sample = new RequestSample();

    Aggregate aggregate() {
        Aggregate aggregate = new Aggregate(MeasureOptions.DEFAULT);
        aggregate.run(header, names);
        return aggregate;
    }

    /** A request that ended then and took so long, started when it should. */
    RequestSample ended(String name, long endNanos, long durationNanos) {
        sample.clear();
        sample.scenario = names.scenario("shop");
        sample.request = names.request(Names.NO_GROUP, name);
        sample.status = 200;
        sample.endNanos = endNanos;
        sample.intendedStartNanos = endNanos - durationNanos;
        sample.actualStartNanos = sample.intendedStartNanos;
        return sample;
    }

    RequestSample failed(String name, long endNanos, long durationNanos, int status) {
        ended(name, endNanos, durationNanos);
        sample.outcome = RequestSample.KO;
        sample.status = status;
        sample.error = names.error(ErrorClass.CHECK_FAILED, "status().is(200), found " + status);
        return sample;
    }

    RequestSample refused(String name, long endNanos) {
        ended(name, endNanos, 0);
        sample.outcome = RequestSample.KO;
        sample.status = 0;
        sample.actualStartNanos = RequestSample.NONE;
        sample.error = names.error(ErrorClass.CONNECT_REFUSED, "127.0.0.1:1");
        return sample;
    }

    void user(RecordHandler handler, long userId, String scenario, long startNanos, long endNanos) {
        int number = names.scenario(scenario);
        handler.userStart(userId, number, startNanos, startNanos);
        handler.userEnd(userId, number, endNanos, UserEnd.THROUGH);
    }
}
