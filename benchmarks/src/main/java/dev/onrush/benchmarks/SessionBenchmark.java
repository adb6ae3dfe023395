package dev.onrush.benchmarks;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
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

import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;

/** What reading and saving one attribute of a session costs, by the number of attributes already there. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark {
    @Param({"2", "16"})
    public int attributes;

    private UserSession session = UserSession.of(new UserIdentity(1, "benchmark", 42));
    private String last = "";
    /** Equal to {@link #last} but another object, as a key that a session function builds. */
    private String built = "";

    @Setup
    public void fill() {
        for (int i = 0; i < attributes; i++) {
            last = "attribute" + i;
            session = session.set(last, i);
        }
        built = new StringBuilder(last).toString();
    }

    @Benchmark
    public @Nullable Object getByCompiledKey() {
        return session.get(last);
    }

    @Benchmark
    public @Nullable Object getByBuiltKey() {
        return session.get(built);
    }

    @Benchmark
    public UserSession setExisting() {
        return session.set(last, built);
    }

    @Benchmark
    public UserSession setNew() {
        return session.set("one more", built);
    }
}
