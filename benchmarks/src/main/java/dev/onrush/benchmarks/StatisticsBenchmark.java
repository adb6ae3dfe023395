package dev.onrush.benchmarks;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.measure.Aggregate;
import dev.onrush.core.measure.MeasureOptions;

/** What folding one request into the statistics of a run costs, by the number of request names it is spread over. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class StatisticsBenchmark {
    private static final int REQUESTS = 1_000_000;

    @Param({"1", "20", "2000"})
    public int requestNames;

    private final Names names = Names.withLimit(5000);
    private final int[] micros = new int[1 << 14];
    private int[] numbers = {};

    @Setup
    public void prepare() {
        numbers = new int[requestNames];
        for (int i = 0; i < requestNames; i++) {
            numbers[i] = names.request(Names.NO_GROUP, "request " + i);
        }
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < micros.length; i++) {
            micros[i] = (int) (1_000 + 20_000 * -Math.log(1 - random.nextDouble()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public Aggregate request() {
        Aggregate aggregate = new Aggregate(MeasureOptions.DEFAULT);
        aggregate.run(RunHeader.of("benchmark", "", Instant.EPOCH, 1, "0"), names);
        RequestSample sample = new RequestSample();
        sample.status = 200;
        for (int i = 0; i < REQUESTS; i++) {
            sample.request = numbers[i % numbers.length];
            sample.intendedStartNanos = i * 100_000L;
            sample.actualStartNanos = sample.intendedStartNanos + (i & 1023) * 1000L;
            sample.endNanos = sample.actualStartNanos + micros[i * 31 & micros.length - 1] * 1000L;
            aggregate.request(sample);
        }
        return aggregate;
    }
}
