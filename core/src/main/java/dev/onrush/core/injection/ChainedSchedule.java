package dev.onrush.core.injection;

import java.util.List;

/** Schedules one after the other, each from its own beginning. */
final class ChainedSchedule implements ArrivalSchedule {
    private final List<ArrivalSchedule> parts;
    private final long[] offsets;
    private int current;

    ChainedSchedule(List<ArrivalSchedule> parts, long[] offsets) {
        this.parts = List.copyOf(parts);
        this.offsets = offsets.clone();
    }

    @Override
    public long next() {
        while (current < parts.size()) {
            long at = parts.get(current).next();
            if (at != END) {
                return offsets[current] + at;
            }
            current++;
        }
        return END;
    }
}
