package dev.onrush.core.eventlog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/** A piece of memory one thread records into while the log thread reads what is published of it. */
final class Chunk {
    static final int BYTES = 64 * 1024;
    private static final VarHandle PUBLISHED;

    static {
        try {
            PUBLISHED = MethodHandles.lookup().findVarHandle(Chunk.class, "published", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final byte[] data = new byte[BYTES];

    @SuppressWarnings("unused") // through PUBLISHED
    private int published;

    private volatile @Nullable Chunk next;

    /** Up to here, records are whole and may be read by another thread. */
    void publish(int end) {
        PUBLISHED.setRelease(this, end);
    }

    int published() {
        return (int) PUBLISHED.getAcquire(this);
    }

    /** The owner has gone on there: nothing more comes into this one. */
    void goOnIn(Chunk chunk) {
        next = chunk;
    }

    @Nullable
    Chunk next() {
        return next;
    }

    void clear() {
        next = null;
        publish(0);
    }
}
