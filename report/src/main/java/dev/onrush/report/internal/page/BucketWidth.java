package dev.onrush.report.internal.page;

/** How wide the buckets are in which the page counts the times of a step: as they were counted, or several put together. */
enum BucketWidth {
    SINGLE(0),
    DOUBLE(1),
    FOURFOLD(2);

    /** For each doubling of the time, as {@link dev.onrush.core.measure.TimeCounts} has them. */
    private static final int COUNTED = 128;

    private final int halvings;

    BucketWidth(int halvings) {
        this.halvings = halvings;
    }

    /** How many buckets there are for each doubling of the time; up to twice as many microseconds have one each. */
    int perDoubling() {
        return COUNTED >> halvings;
    }

    /** The same counts in these buckets, as {@code TimeCounts.packed()} writes them. */
    byte[] of(byte[] packed) {
        if (this == SINGLE) {
            return packed;
        }
        PackedNumbers wide = new PackedNumbers();
        long bucket = -1;
        long before = -1;
        long open = -1;
        long count = 0;
        for (PackedNumbers.Cursor cursor = new PackedNumbers.Cursor(packed); cursor.more(); ) {
            long number = cursor.number();
            boolean isNext = number % 2 == 0;
            bucket += isNext ? 1 : number / 2;
            long here = isNext ? number / 2 : cursor.number();
            long into = holding(bucket);
            if (into != open) {
                put(wide, open - before, count);
                before = open;
                open = into;
                count = 0;
            }
            count += here;
        }
        put(wide, open - before, count);
        return wide.bytes();
    }

    private static void put(PackedNumbers wide, long distance, long count) {
        if (distance == 1) {
            wide.add(2 * count);
        } else if (count > 0) {
            wide.add(2 * distance + 1);
            wide.add(count);
        }
    }

    /** The bucket in which all of that one lies. */
    private long holding(long counted) {
        if (counted < 2 * COUNTED) {
            int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(counted | 1) - (7 - halvings));
            return (long) perDoubling() * shift + (counted >> shift);
        }
        long shift = counted / COUNTED - 1;
        long mantissa = counted - COUNTED * shift;
        return perDoubling() * (shift + halvings) + (mantissa >> halvings);
    }
}
