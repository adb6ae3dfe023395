package dev.onrush.core.eventlog;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** The chunks of a log: as many as its buffer may take, made when first needed. Never blocks. */
final class ChunkPool {
    private final int limit;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger spare = new AtomicInteger();
    private final ConcurrentLinkedQueue<Chunk> free = new ConcurrentLinkedQueue<>();

    ChunkPool(long bytes) {
        this.limit = (int) Math.max(2, Math.min(Integer.MAX_VALUE, bytes / Chunk.BYTES));
    }

    /** A chunk to write into, or null if all are waiting to be written. */
    @Nullable
    Chunk take() {
        Chunk chunk = poll();
        if (chunk != null) {
            return chunk;
        }
        for (int count = made.get(); count < limit; count = made.get()) {
            if (made.compareAndSet(count, count + 1)) {
                Chunk fresh = make();
                return fresh != null ? fresh : poll();
            }
        }
        return poll();
    }

    private @Nullable Chunk poll() {
        Chunk chunk = free.poll();
        if (chunk != null) {
            spare.decrementAndGet();
        }
        return chunk;
    }

    /** Chunks that are being filled or wait to be written; from any thread. */
    int inUse() {
        return Math.max(0, Math.min(limit, made.get()) - spare.get());
    }

    /** Null if memory is out: what cannot be recorded then is lost and counted, as if the buffer were full. */
    private @Nullable Chunk make() {
        try {
            return new Chunk();
        } catch (OutOfMemoryError out) {
            made.decrementAndGet();
            return null;
        }
    }

    void giveBack(Chunk chunk) {
        chunk.clear();
        free.add(chunk);
        spare.incrementAndGet();
    }

    /** Makes a spare one if there is none and the limit allows it, so that a recording thread need not. */
    void provide() {
        if (free.isEmpty() && made.get() < limit && made.incrementAndGet() <= limit) {
            Chunk fresh = make();
            if (fresh != null) {
                free.add(fresh);
                spare.incrementAndGet();
            }
        }
    }
}
