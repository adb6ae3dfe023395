package dev.onrush.core.eventlog;

import java.util.function.Consumer;

import dev.onrush.core.Secrets;

/**
 * How a log is written.
 *
 * @param bufferBytes memory for records that are not yet written; beyond it records are lost and counted
 * @param synchronous no thread of its own: the caller calls {@link EventLog#pump()}, as a run on a manual clock does
 * @param onWriteFailure told once, on the log thread, when the file cannot be written any more; the log then goes on without
 *     it, so that live figures stay right. Stop the run there, or let it go on
 * @param onOutOfMemory told on the log thread that it ran out of memory; it tries again then
 * @param secrets masked in the head, in marks and in samples of failed exchanges; names and errors are masked where they are
 *     named ({@link Names})
 */
public record EventLogOptions(
        long bufferBytes,
        boolean synchronous,
        Consumer<EventLogException> onWriteFailure,
        Runnable onOutOfMemory,
        Secrets secrets) {
    /** Writes on a thread of its own, 64 MiB of buffer, nothing done about failures but that the totals tell. */
    public static final EventLogOptions DEFAULT =
            new EventLogOptions(64L << 20, false, failure -> {}, () -> {}, Secrets.ALWAYS);

    public EventLogOptions withBufferBytes(long bytes) {
        return new EventLogOptions(bytes, synchronous, onWriteFailure, onOutOfMemory, secrets);
    }

    /** For a run on a manual clock. */
    public EventLogOptions onCallersThread() {
        return new EventLogOptions(bufferBytes, true, onWriteFailure, onOutOfMemory, secrets);
    }

    public EventLogOptions withOnWriteFailure(Consumer<EventLogException> handler) {
        return new EventLogOptions(bufferBytes, synchronous, handler, onOutOfMemory, secrets);
    }

    public EventLogOptions withOnOutOfMemory(Runnable handler) {
        return new EventLogOptions(bufferBytes, synchronous, onWriteFailure, handler, secrets);
    }

    public EventLogOptions withSecrets(Secrets masked) {
        return new EventLogOptions(bufferBytes, synchronous, onWriteFailure, onOutOfMemory, masked);
    }
}
