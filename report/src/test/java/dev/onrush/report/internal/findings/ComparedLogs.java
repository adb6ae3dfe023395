package dev.onrush.report.internal.findings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;
import dev.onrush.report.compare.SyntheticRuns;
import dev.onrush.report.compare.SyntheticRuns.Kind;
import dev.onrush.report.testing.Runs;

/** Run folders of synthetic runs, written by the product's own writer. */
final class ComparedLogs {
    private static final int PUMP_EVERY = 5000;

    private ComparedLogs() {}

    /** A run of that kind; {@code rename} gives each request another name. */
    static Path write(Path folder, Kind kind, long seed, UnaryOperator<String> rename, RunHeader header) {
        try (Writer writer = new Writer(folder, header)) {
            SyntheticRuns.run(
                    kind, seed, (name, end, ok, micros) -> writer.request(rename.apply(name.name()), end, ok, micros));
        }
        return folder;
    }

    static Path write(Path folder, Kind kind, long seed) {
        return write(folder, kind, seed, UnaryOperator.identity(), header(seed));
    }

    static RunHeader header(long seed) {
        return RunHeader.of("shop.BrowseSimulation", "run " + seed, Runs.START.plusSeconds(100 * seed), 42, "0.1.0")
                .with(RunHeader.TLS_VERIFICATION, "true");
    }

    /** Writes one log. */
    static final class Writer implements AutoCloseable {
        private final Names names = Names.withLimit(5000);
        private final Map<String, Integer> numbers = new HashMap<>();
        private final ManualClock clock = new ManualClock(Instant.parse("2026-11-26T08:00:00Z"));
        private final long startNanos = clock.nanoTime();
        private final RequestSample sample = new RequestSample();
        private final EventLog log;
        private final Recorder recorder;
        private final int scenario;
        private long lastMicros;
        private int count;

        Writer(Path folder, RunHeader header) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            log = EventLog.create(
                    folder.resolve("events.onrush"),
                    header,
                    names,
                    new RunClock(clock),
                    EventLogOptions.DEFAULT.onCallersThread());
            recorder = log.recorder("io-0");
            log.start();
            scenario = names.scenario("shop");
            recorder.userStart(1, scenario, 0, 0);
        }

        /** A sample to be filled on, of a request that counts. */
        RequestSample sample(String name, long endMicros, boolean ok, long micros) {
            sample.clear();
            sample.userId = 1;
            sample.scenario = scenario;
            sample.request = numbers.computeIfAbsent(name, text -> names.request(Names.NO_GROUP, text));
            sample.intendedStartNanos = Math.max(0, endMicros - micros) * 1000;
            sample.actualStartNanos = sample.intendedStartNanos;
            sample.endNanos = endMicros * 1000;
            sample.outcome = ok ? RequestSample.OK : RequestSample.KO;
            sample.error = ok ? RequestSample.NO_ERROR : names.error("check.failed", "status was 503");
            sample.status = ok ? 200 : 503;
            lastMicros = Math.max(lastMicros, endMicros);
            return sample;
        }

        void record(RequestSample filled) {
            recorder.request(filled);
            if (++count % PUMP_EVERY == 0) {
                log.pump();
            }
        }

        void request(String name, long endMicros, boolean ok, long micros) {
            record(sample(name, endMicros, ok, micros));
        }

        @Override
        public void close() {
            clock.advanceTo(startNanos + lastMicros * 1000 + 1_000_000);
            recorder.userEnd(1, scenario, lastMicros * 1000, UserEnd.THROUGH);
            log.close();
        }
    }
}
