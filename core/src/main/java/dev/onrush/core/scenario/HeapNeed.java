package dev.onrush.core.scenario;

import java.util.Optional;

/** The heap that so many users take by being there at once: refused before the run rather than found out in it. */
record HeapNeed(long users) {
    /**
     * What a user who waits takes at the least, a session without attributes included; {@code MemoryTest} measures it. Attributes
     * and connections come on top, so what is refused could never have run.
     */
    static final long BYTES_PER_USER = 150;

    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    /** What is to be said if a heap of at most that size is too small. */
    Optional<String> problem(long heapBytes) {
        if (users <= heapBytes / BYTES_PER_USER) {
            return Optional.empty();
        }
        long bytes = Math.multiplyExact(users, BYTES_PER_USER);
        return Optional.of("the profile wants " + users + " users at once, who take at least " + bytes / MIB
                + " MiB of heap, and this JVM may use " + heapBytes / MIB + " MiB. Start it with more, as in -Xmx"
                + (2 * bytes / GIB + 1) + "g, or let fewer users come at once.");
    }
}
