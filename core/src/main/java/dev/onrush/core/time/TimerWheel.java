package dev.onrush.core.time;

import org.jspecify.annotations.Nullable;

/**
 * Timers ordered by when they are due: four wheels of 256 slots, each slot of a wheel as wide as the whole wheel below it. Adding
 * and taking out cost the same however many wait; a timer moves down at most three times. Nothing is ever early.
 *
 * <p>Owned by one thread.
 */
public final class TimerWheel {
    private static final int BITS = 8;
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = 4;
    private static final int WORDS = SLOTS / Long.SIZE;
    private static final int TOP = LEVELS - 1;

    private final long tickNanos;
    /** The last timer of each slot; each links to the one behind it, and the last to the first. */
    private final @Nullable Timer[] slots = new Timer[LEVELS * SLOTS];
    /** A bit per slot that has a timer. */
    private final long[] filled = new long[LEVELS * WORDS];

    private long tick;
    private int size;

    /** @param tickNanos the grain: what is due within a tick goes together at its end, see {@link #nextWake()} */
    public TimerWheel(long tickNanos) {
        this.tickNanos = tickNanos;
    }

    /** Adds a timer that waits nowhere else. */
    public void add(Timer timer, long atNanos) {
        timer.atNanos = atNanos;
        place(timer);
        size++;
    }

    public int size() {
        return size;
    }

    /** Moves everything due at {@code nowNanos} to {@code sink}. Time never goes back. */
    public void advance(long nowNanos, TimerQueue sink) {
        long target = nowNanos / tickNanos;
        while (size > 0) {
            int slot = firstFilled();
            long start = startTick(slot);
            if (start > target) {
                break;
            }
            tick = Math.max(tick, start);
            if (slot >= SLOTS) {
                moveDown(slot);
            } else if (start < target) {
                takeOut(slot, Long.MAX_VALUE, sink);
            } else {
                takeOut(slot, nowNanos, sink);
                break;
            }
        }
        tick = Math.max(tick, target);
    }

    /** When the first timer is due, or an instant before that at which to ask again; {@link Long#MAX_VALUE} if there is none. */
    public long nextDue() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        int slot = firstFilled();
        if (slot >= SLOTS) {
            return startTick(slot) * tickNanos;
        }
        Timer last = slots[slot];
        long first = Long.MAX_VALUE;
        Timer timer = last;
        while (timer != null) {
            first = Math.min(first, timer.atNanos);
            timer = timer.link == last ? null : timer.link;
        }
        return first;
    }

    /** When to look again: the end of the first filled tick; {@link Long#MAX_VALUE} if there is none. */
    public long nextWake() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        int slot = firstFilled();
        return (startTick(slot) + (slot < SLOTS ? 1 : 0)) * tickNanos;
    }

    private void place(Timer timer) {
        long due = Math.max(timer.atNanos / tickNanos, tick);
        long apart = due ^ tick;
        int level = apart == 0 ? 0 : (Long.SIZE - 1 - Long.numberOfLeadingZeros(apart)) / BITS;
        int index;
        if (level > TOP) { // beyond the wheels: as far away as they reach, to be placed again from there
            level = TOP;
            index = (int) (tick >>> BITS * TOP) - 1 & SLOTS - 1;
        } else {
            index = (int) (due >>> BITS * level) & SLOTS - 1;
        }
        int slot = level * SLOTS + index;
        Timer last = slots[slot];
        if (last == null) {
            timer.link = timer;
            filled[slot / Long.SIZE] |= 1L << slot % Long.SIZE;
        } else {
            timer.link = last.link;
            last.link = timer;
        }
        slots[slot] = timer;
    }

    /** The filled slot whose time comes first. Slots of a lower wheel all come before those of a higher one. */
    private int firstFilled() {
        for (int level = 0; level < LEVELS; level++) {
            int current = (int) (tick >>> BITS * level) & SLOTS - 1;
            int index = nextFilled(level, current);
            if (index < 0 && level == TOP) {
                index = nextFilled(level, 0);
            }
            if (index >= 0) {
                return level * SLOTS + index;
            }
        }
        throw new IllegalStateException("the wheel counts " + size + " timers and holds none");
    }

    private int nextFilled(int level, int from) {
        int word = from / Long.SIZE;
        long bits = filled[level * WORDS + word] & (-1L << from % Long.SIZE);
        while (bits == 0) {
            if (++word == WORDS) {
                return -1;
            }
            bits = filled[level * WORDS + word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }

    private long startTick(int slot) {
        int shift = BITS * (slot / SLOTS);
        long current = tick >>> shift;
        return current + ((slot % SLOTS) - current & SLOTS - 1) << shift;
    }

    private void moveDown(int slot) {
        Timer timer = unlink(slot);
        while (timer != null) {
            Timer next = timer.link;
            place(timer);
            timer = next;
        }
    }

    private void takeOut(int slot, long untilNanos, TimerQueue sink) {
        Timer timer = unlink(slot);
        while (timer != null) {
            Timer next = timer.link;
            if (timer.atNanos <= untilNanos) {
                sink.add(timer);
                size--;
            } else {
                place(timer);
            }
            timer = next;
        }
    }

    /** Empties a slot; its timers as a chain from the first added to the last. */
    private @Nullable Timer unlink(int slot) {
        Timer last = slots[slot];
        if (last == null) {
            return null;
        }
        slots[slot] = null;
        filled[slot / Long.SIZE] &= ~(1L << slot % Long.SIZE);
        Timer first = last.link;
        last.link = null;
        return first;
    }
}
