package dev.onrush.core.eventlog;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads take two chunks each from a pool of three: no chunk goes to two of them, and there are never more than three. */
@JCStressTest
@Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "Three takes found a chunk each, one found none.")
@Outcome(expect = FORBIDDEN, desc = "A chunk for two takers, one too many, or one that nobody got.")
@State
public class ChunkPoolRace {
    private final ChunkPool pool = new ChunkPool(3 * Chunk.BYTES);
    private final @Nullable Chunk[] one = new Chunk[2];
    private final @Nullable Chunk[] other = new Chunk[2];

    @Actor
    public void one() {
        one[0] = pool.take();
        one[1] = pool.take();
    }

    @Actor
    public void other() {
        other[0] = pool.take();
        other[1] = pool.take();
    }

    @Arbiter
    public void after(II_Result result) {
        List<Chunk> taken = Stream.<@Nullable Chunk>of(one[0], one[1], other[0], other[1])
                .filter(chunk -> chunk != null)
                .toList();
        result.r1 = taken.size();
        result.r2 = (int) taken.stream().distinct().count();
    }
}
