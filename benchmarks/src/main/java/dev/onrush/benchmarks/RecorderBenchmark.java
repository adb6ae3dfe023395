package dev.onrush.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.time.Clock;
import dev.onrush.core.time.RunClock;

/** What recording one request costs the thread that sends, while the log thread writes to a file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class RecorderBenchmark {
    private static final int RECORDS = 1_000_000;
    /** Holds all of one invocation: nothing is lost. */
    private static final long BUFFER_BYTES = 64L << 20;

    private final Names names = Names.withLimit(100);
    private final RequestSample sample = new RequestSample();
    private Path folder = Path.of("");
    private @Nullable EventLog log;
    private @Nullable Recorder recorder;

    @Setup(Level.Iteration)
    public void open() throws IOException {
        folder = Files.createTempDirectory("onrush-benchmark");
        EventLog made = EventLog.create(
                folder.resolve("events.onrush"),
                RunHeader.of("benchmark", "", Instant.EPOCH, 1, "0"),
                names,
                new RunClock(Clock.system()),
                EventLogOptions.DEFAULT.withBufferBytes(BUFFER_BYTES));
        recorder = made.recorder("io-0");
        made.start();
        log = made;
        sample.scenario = names.scenario("shop");
        sample.request = names.request(Names.NO_GROUP, "home");
        sample.status = 200;
        sample.firstByteNanos = 400_000;
        sample.bytesSent = 140;
        sample.bytesReceived = 1500;
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        long lost = Objects.requireNonNull(log).close().recordsLost();
        Files.delete(folder.resolve("events.onrush"));
        Files.delete(folder);
        if (lost > 0) {
            throw new IllegalStateException(lost + " records were lost: not a measurement");
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void request() {
        Recorder mine = Objects.requireNonNull(recorder);
        for (int i = 0; i < RECORDS; i++) {
            sample.userId = i & 511;
            sample.intendedStartNanos = i * 10_000L;
            sample.actualStartNanos = sample.intendedStartNanos + 30_000;
            sample.endNanos = sample.actualStartNanos + 500_000 + (i & 1023) * 1000;
            mine.request(sample);
        }
    }
}
