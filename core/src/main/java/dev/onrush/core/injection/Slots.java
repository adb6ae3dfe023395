package dev.onrush.core.injection;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

import dev.onrush.core.Segment;

/**
 * When requests may start under a throttle, each slot for one of them: slot k lies where a profile of that rate would start user k, see
 * {@link EvenSchedule}. A slot that nobody took in time is lost. Generators that share a limit have every n-th slot each, so that the limit
 * holds for all of them together; each counts its own. Not thread-safe.
 */
public final class Slots {
    /** No slot is left. */
    public static final long NONE = Long.MAX_VALUE;

    private final RateCurve curve;
    private final Segment segment;
    private final BigDecimal all;
    /** Slots taken, as first → last of those in a row; what lies before the first entry is over. */
    private final TreeMap<Long, Long> taken = new TreeMap<>();

    Slots(RateCurve curve, Segment segment) {
        this.curve = curve;
        this.segment = segment;
        this.all = curve.usersExactly();
    }

    /** The instant of the first free slot that is not before {@code nanos}; {@link #NONE} if there is none. */
    public long firstFree(long nanos) {
        long slot = firstAt(nanos);
        Map.Entry<Long, Long> row = taken.floorEntry(slot);
        if (row != null && row.getValue() >= slot) {
            slot = row.getValue() + 1;
        }
        long ordinal = segment.ordinal(slot);
        return all.compareTo(BigDecimal.valueOf(ordinal)) > 0 ? curve.startOf(ordinal) : NONE;
    }

    /** Takes the slot of that instant. */
    public void take(long nanos) {
        long first = firstAt(nanos);
        long last = first;
        Map.Entry<Long, Long> before = taken.floorEntry(first);
        if (before != null && before.getValue() >= first - 1) {
            first = before.getKey();
            last = Math.max(last, before.getValue());
        }
        Long after = taken.remove(last + 1);
        taken.put(first, after == null ? last : after);
    }

    /** Takes all slots up to and with that instant. */
    public void takeUpTo(long nanos) {
        long last = firstAt(nanos + 1) - 1;
        if (last < 0) {
            return;
        }
        Map.Entry<Long, Long> row = taken.floorEntry(last);
        long end = row == null ? last : Math.max(last, row.getValue());
        taken.headMap(last, true).clear();
        taken.put(0L, end);
    }

    /** Forgets slots that lie before that instant: nobody asks for them any more. */
    public void forget(long nanos) {
        long first = firstAt(nanos);
        while (!taken.isEmpty() && taken.firstEntry().getValue() < first) {
            taken.pollFirstEntry();
        }
    }

    /** The first slot that is not before that instant. */
    private long firstAt(long nanos) {
        return segment.share(
                curve.usersAt(nanos).setScale(0, RoundingMode.CEILING).longValueExact());
    }
}
