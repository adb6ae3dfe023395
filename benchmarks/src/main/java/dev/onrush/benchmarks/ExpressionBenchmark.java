package dev.onrush.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;

/** What a compiled expression costs per evaluation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExpressionBenchmark {
    private final UserSession session = UserSession.of(new UserIdentity(1, "benchmark", 42))
            .set("id", 4711)
            .set("name", "Ada")
            .set("token", "0123456789abcdef");

    private final Expression<String> constant = ExpressionCompiler.text("/items");
    private final Expression<String> path = ExpressionCompiler.text("/items/#{id}/owner/#{name}");
    private final Expression<Object> value = ExpressionCompiler.value("#{token}");

    @Benchmark
    public String constantText() {
        return constant.evaluate(session);
    }

    @Benchmark
    public String textOfTwoValues() {
        return path.evaluate(session);
    }

    @Benchmark
    public Object oneValue() {
        return value.evaluate(session);
    }
}
