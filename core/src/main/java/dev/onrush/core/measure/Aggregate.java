package dev.onrush.core.measure;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.FailedExchange;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.core.eventlog.LogListener;
import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.ReadSummary;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;

/**
 * Folds the records of a run into its statistics. Takes them from a file or, as a listener, from a log that is being written;
 * several can be merged, with the same result as one that saw all. Memory depends on names and on the budget, not on the
 * length of the run. Not thread-safe.
 */
public final class Aggregate implements LogListener {
    private static final long STEADY_MICROS = 2_000_000;

    private final RunFold run;
    private final FoldsByNumber folds;
    private final TimelineFold timeline;
    private final GeneratorFold generator;
    /** From here on start delays are held against the generator. */
    private long steadyMicros = STEADY_MICROS;

    public Aggregate(MeasureOptions options) {
        run = new RunFold(options);
        folds = new FoldsByNumber(run);
        timeline = run.timeline;
        generator = run.generator;
    }

    @Override
    public void run(RunHeader header, NameTable table) {
        run.header(header);
        folds.of(table);
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        long micros = seen(actualStartNanos);
        ScenarioFold fold = folds.scenario(scenario);
        fold.start(intendedStartNanos / 1000);
        generator.circumstances.userStarted(intendedStartNanos, actualStartNanos);
        timeline.usersDue(intendedStartNanos / 1000, 1);
        timeline.userStart(fold.column, micros);
        ClosedFold present = folds.closed(scenario);
        if (present != null) {
            present.userStart(micros);
        }
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        long micros = seen(endNanos);
        ScenarioFold fold = folds.scenario(scenario);
        fold.end(reason);
        timeline.userEnd(fold.column, micros);
        ClosedFold present = folds.closed(scenario);
        if (present != null) {
            present.userEnd(micros);
        }
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        long micros = seen(atNanos);
        folds.scenario(scenario).drop(micros, count, reason);
        timeline.usersDue(micros, count);
        if (reason == DropReason.USER_CAP) {
            generator.circumstances.usersDropped(micros);
        }
    }

    @Override
    public void request(RequestSample sample) {
        long micros = seen(sample.endNanos);
        if (sample.silent) {
            if (!sample.attempt && sample.outcome <= RequestSample.KO) {
                generator.silentRequests++;
            }
            return;
        }
        RequestFold fold = folds.request(sample.request);
        if (sample.attempt) {
            fold.attempts++;
            fold.firstMicros = Math.min(fold.firstMicros, micros);
            return;
        }
        if (sample.outcome <= RequestSample.UNFINISHED) {
            ClosedFold present = folds.closed(sample.scenario);
            if (present != null) {
                present.request(sample, folds.requestKeys);
            }
        }
        if (sample.outcome <= RequestSample.KO) {
            timeline.request(micros, sample);
            if (sample.outcome == RequestSample.KO) {
                timeline.error(micros, folds.error(sample.error).errorClass());
            }
        }
        if (!sample.warmUp) {
            fold.firstMicros = Math.min(fold.firstMicros, micros);
            switch (sample.outcome) {
                case RequestSample.OK, RequestSample.KO -> ended(sample, fold, micros);
                case RequestSample.UNFINISHED -> fold.unfinished();
                default -> fold.notSent(folds.error(sample.error).errorClass());
            }
        }
    }

    /** An OK or a KO that counts. */
    private void ended(RequestSample sample, RequestFold fold, long micros) {
        fold.add(sample);
        generator.throttle.add(sample.throttleWaitNanos);
        if (sample.hasDuration()) {
            long startDelay = sample.startDelayMicros();
            run.startDelaySeries.at(micros);
            run.startDelaySeries.time(RequestWindow.START_DELAY, startDelay);
            long actualMicros = sample.actualStartNanos / 1000;
            if (actualMicros >= steadyMicros) {
                generator.steadyStartDelay.add(startDelay);
                generator.circumstances.started(actualMicros, startDelay);
            }
        }
        if (sample.outcome == RequestSample.KO) {
            ErrorKey error = folds.error(sample.error);
            fold.error(error, micros);
            if (error.errorClass().startsWith("local.")) {
                generator.localFailures++;
                generator.circumstances.localFailure(micros);
            }
        }
    }

    @Override
    public void groupEnd(
            long userId,
            int scenario,
            int group,
            long startNanos,
            long endNanos,
            long cumulatedNanos,
            boolean ok,
            boolean warmUp) {
        long micros = seen(endNanos);
        if (!warmUp) {
            GroupFold fold = folds.group(group);
            fold.add(startNanos / 1000, micros - startNanos / 1000, cumulatedNanos / 1000, ok);
        }
    }

    @Override
    public void stepFailure(long userId, int scenario, long atNanos, int error) {
        seen(atNanos);
        run.stepFailures.merge(folds.error(error), 1L, Long::sum);
    }

    @Override
    public void failedExchange(FailedExchange exchange) {
        long micros = seen(exchange.atNanos());
        if (run.samples.size() < RunFold.SAMPLES) {
            NameTable names = folds.names();
            ErrorKey error = folds.error(exchange.error());
            run.samples.add(new ExchangeSample(
                    names.groupPath(names.groupOfRequest(exchange.request())),
                    names.requestName(exchange.request()),
                    error.errorClass(),
                    error.message(),
                    exchange.userId(),
                    exchange.status(),
                    micros,
                    exchange.text()));
        }
    }

    @Override
    public void health(HealthSample sample) {
        timeline.health(seen(sample.atNanos)).add(sample);
        generator.health(sample);
    }

    @Override
    public void heldThread(HeldPlace held, long atNanos) {
        seen(atNanos);
        generator.circumstances.held(held);
    }

    @Override
    public void mark(MarkKind kind, long atNanos, String text) {
        run.mark(kind, seen(atNanos), text);
    }

    @Override
    public void runEnd(long atNanos, @Nullable LogTotals totals, long namesFolded) {
        run.ended(atNanos / 1000);
        generator.runEnd(totals, namesFolded);
    }

    /**
     * Says when the run began whose records come: where they are a part of a run, or of several, the beginning of the time axis
     * is not that of the run.
     *
     * @param atNanos on the time axis of the records; negative if the run began before
     */
    public void beganAt(long atNanos) {
        steadyMicros = atNanos / 1000 + STEADY_MICROS;
    }

    /** Users that had started before the records begin, and were there. They count as active, and not as started. */
    public void usersPresent(String scenario, long count) {
        ScenarioFold fold = run.scenario(scenario);
        fold.present(count);
        timeline.usersPresent(fold.column, count);
        run.closed(scenario).ifPresent(present -> present.usersPresent(count));
    }

    /** Notes how well the log could be read. */
    public void noteReading(ReadSummary summary) {
        generator.reading(summary);
    }

    /**
     * Takes over what another one has seen of the log of another generator, which is not to be used any more then: what each of
     * them lost and how many connections each had open adds up.
     */
    public void mergeGenerator(Aggregate other) {
        generator.settle();
        other.generator.settle();
        run.add(other.run, true);
    }

    /** Takes over what another one has seen of the same log, which is not to be used any more then. */
    public void merge(Aggregate other) {
        run.add(other.run, false);
    }

    /** The statistics of all that was handed over so far. */
    public RunStatistics statistics() {
        return RunSummary.of(run);
    }

    private long seen(long nanos) {
        long micros = nanos / 1000;
        run.seen(micros);
        return micros;
    }
}
