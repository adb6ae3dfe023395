package dev.onrush.core.eventlog;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** A thread records, the second record into a next chunk, while the log thread takes: what it takes is whole and complete. */
@JCStressTest
@Outcome(
        id = "[012], [01], 2, 0",
        expect = ACCEPTABLE,
        desc = "Taken so far, and in the end both; every byte as written.")
@Outcome(expect = FORBIDDEN, desc = "A record lost, taken twice or read before it was whole.")
@State
public class ChunkRace {
    private static final int BYTES = 64;

    private final Chunk first = new Chunk();
    private final Chunk second = new Chunk();
    private Chunk taking = first;
    private int from;
    private int taken;
    private int wrong;

    @Actor
    public void owner() {
        write(first);
        first.goOnIn(second);
        write(second);
    }

    private static void write(Chunk chunk) {
        for (int i = 0; i < BYTES; i++) {
            chunk.data[i] = (byte) (i + 1);
        }
        chunk.publish(BYTES);
    }

    @Actor
    public void log(IIII_Result result) {
        take();
        result.r1 = taken;
        result.r2 = taking == second ? 1 : 0;
    }

    @Arbiter
    public void after(IIII_Result result) {
        take();
        result.r3 = taken;
        result.r4 = wrong;
    }

    /** As the log thread does: first whether there is a next chunk, then how far this one goes. */
    private void take() {
        while (true) {
            Chunk next = taking.next();
            int end = taking.published();
            if (end > from) {
                taken += (end - from) / BYTES;
                for (int i = from; i < end; i++) {
                    wrong += taking.data[i] == (byte) (i + 1) ? 0 : 1;
                }
                from = end;
            }
            if (next == null) {
                return;
            }
            taking = next;
            from = 0;
        }
    }
}
