package dev.onrush.core.measure;

import java.util.Arrays;

/**
 * Counts by bucket of a name that is not busy: of {@link TimeBuckets} only those with a sample are kept, as
 * {@link PackedCounts}. New values wait in a small buffer until there are enough to
 * be worked in.
 */
final class SparseCounts {
    private static final int WAITING = 64;

    /** Takes the buckets that hold a sample, in their order. */
    interface Taker {
        void bucket(int bucket, long count);
    }

    private byte[] packed = PackedCounts.NOTHING;
    private int[] waiting = new int[8];
    private int waitingSize;

    void add(int bucket) {
        if (waitingSize == waiting.length) {
            if (waitingSize < WAITING) {
                waiting = Arrays.copyOf(waiting, waitingSize * 2);
            } else {
                workIn();
            }
        }
        waiting[waitingSize++] = bucket;
    }

    void add(SparseCounts other) {
        other.workIn();
        workIn();
        packed = PackedCounts.merge(packed, other.packed);
    }

    void forEach(Taker taker) {
        workIn();
        int bucket = 0;
        for (PackedCounts.Cursor cursor = new PackedCounts.Cursor(packed); cursor.more(); ) {
            bucket += (int) cursor.number();
            taker.bucket(bucket, cursor.number());
        }
    }

    private void workIn() {
        if (waitingSize == 0) {
            return;
        }
        Arrays.sort(waiting, 0, waitingSize);
        byte[] add = new byte[waitingSize * 4];
        int size = 0;
        int before = 0;
        for (int i = 0; i < waitingSize; ) {
            int bucket = waiting[i];
            int count = 0;
            while (i < waitingSize && waiting[i] == bucket) {
                count++;
                i++;
            }
            size = PackedCounts.put(add, size, bucket - before);
            size = PackedCounts.put(add, size, count);
            before = bucket;
        }
        waitingSize = 0;
        packed = PackedCounts.merge(packed, Arrays.copyOf(add, size));
    }
}
