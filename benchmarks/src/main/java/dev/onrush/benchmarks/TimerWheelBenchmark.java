package dev.onrush.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.onrush.core.time.Timer;
import dev.onrush.core.time.TimerQueue;
import dev.onrush.core.time.TimerWheel;

/** What it costs to take one timer that is due and to add it again, by the number of timers that wait beside it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimerWheelBenchmark {
    private static final long TICK_NANOS = 1_000_000;
    private static final long PERIOD_NANOS = 1_000_000_000;

    @Param({"1000", "100000"})
    public int timers;

    private final TimerWheel wheel = new TimerWheel(TICK_NANOS);
    private final TimerQueue due = new TimerQueue();
    private long nowNanos;

    private static final class Pause extends Timer {}

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < timers; i++) {
            wheel.add(new Pause(), random.nextLong(PERIOD_NANOS));
        }
    }

    @Benchmark
    public Timer takeAndAddAgain() {
        Timer timer = due.poll();
        while (timer == null) {
            nowNanos += TICK_NANOS;
            wheel.advance(nowNanos, due);
            timer = due.poll();
        }
        wheel.add(timer, timer.atNanos() + PERIOD_NANOS);
        return timer;
    }
}
