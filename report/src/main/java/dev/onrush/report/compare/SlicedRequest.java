package dev.onrush.report.compare;

import java.util.Arrays;

/**
 * One request by slices of time: counts, sums and buckets. Buckets stand as sorted keys (slice in the upper bits, bucket in the
 * lower 16) beside their counts; new ones wait unsorted until there are enough to be worked in.
 */
final class SlicedRequest {
    private static final int BUCKET_BITS = 16;
    private static final int LEAST_WAITING = 256;

    private int[] total = new int[16];
    private int[] ko = new int[16];
    private long[] micros = new long[16];
    private long maxMicros;

    private int[] keys = {};
    private int[] counts = {};
    private int size;
    private int[] waiting = new int[16];
    private int waitingSize;

    /** Takes buckets in the order of slices, then of buckets. */
    interface Taker {
        void bucket(int slice, int bucket, int count);
    }

    void add(int slice, boolean ok) {
        if (slice >= total.length) {
            int length = Math.max(slice + 1, total.length * 2);
            total = Arrays.copyOf(total, length);
            ko = Arrays.copyOf(ko, length);
            micros = Arrays.copyOf(micros, length);
        }
        total[slice]++;
        if (!ok) {
            ko[slice]++;
        }
    }

    /** Adds the time of a request that was added already. */
    void addTime(int slice, long time, int bucket) {
        micros[slice] += time;
        maxMicros = Math.max(maxMicros, time);
        if (waitingSize == waiting.length) {
            if (waitingSize < Math.max(LEAST_WAITING, size / 2)) {
                waiting = Arrays.copyOf(waiting, waitingSize * 2);
            } else {
                workIn();
            }
        }
        waiting[waitingSize++] = slice << BUCKET_BITS | bucket;
    }

    int total(int slice) {
        return slice < total.length ? total[slice] : 0;
    }

    int ko(int slice) {
        return slice < ko.length ? ko[slice] : 0;
    }

    /** Sum of its times. */
    long micros(int slice) {
        return slice < micros.length ? micros[slice] : 0;
    }

    long maxMicros() {
        return maxMicros;
    }

    long totalAll() {
        long sum = 0;
        for (int count : total) {
            sum += count;
        }
        return sum;
    }

    /** How many figures it keeps. */
    int cells() {
        return size + waitingSize;
    }

    void forEach(Taker taker) {
        workIn();
        for (int i = 0; i < size; i++) {
            taker.bucket(keys[i] >>> BUCKET_BITS, keys[i] & (1 << BUCKET_BITS) - 1, counts[i]);
        }
    }

    /** Makes one slice of each two. */
    void coarsen() {
        workIn();
        long[] pairs = new long[size];
        for (int i = 0; i < size; i++) {
            int key = keys[i] >>> BUCKET_BITS + 1 << BUCKET_BITS | keys[i] & (1 << BUCKET_BITS) - 1;
            pairs[i] = (long) key << 32 | counts[i];
        }
        Arrays.sort(pairs);
        int merged = 0;
        for (long pair : pairs) {
            int key = (int) (pair >>> 32);
            if (merged > 0 && keys[merged - 1] == key) {
                counts[merged - 1] += (int) pair;
            } else {
                keys[merged] = key;
                counts[merged++] = (int) pair;
            }
        }
        size = merged;
        keys = Arrays.copyOf(keys, size);
        counts = Arrays.copyOf(counts, size);
        for (int i = 0; i < total.length; i++) {
            boolean last = i + 1 == total.length;
            if (i % 2 == 0) {
                total[i / 2] = total[i] + (last ? 0 : total[i + 1]);
                ko[i / 2] = ko[i] + (last ? 0 : ko[i + 1]);
                micros[i / 2] = micros[i] + (last ? 0 : micros[i + 1]);
            }
        }
        int half = (total.length + 1) / 2;
        Arrays.fill(total, half, total.length, 0);
        Arrays.fill(ko, half, ko.length, 0);
        Arrays.fill(micros, half, micros.length, 0);
    }

    private void workIn() {
        if (waitingSize == 0) {
            return;
        }
        Arrays.sort(waiting, 0, waitingSize);
        int[] mergedKeys = new int[size + waitingSize];
        int[] mergedCounts = new int[size + waitingSize];
        int merged = 0;
        int at = 0;
        int next = 0;
        while (at < size || next < waitingSize) {
            boolean old = at < size && (next == waitingSize || keys[at] <= waiting[next]);
            int key = old ? keys[at] : waiting[next];
            int count = old ? counts[at++] : 1;
            if (!old) {
                next++;
            }
            if (merged > 0 && mergedKeys[merged - 1] == key) {
                mergedCounts[merged - 1] += count;
            } else {
                mergedKeys[merged] = key;
                mergedCounts[merged++] = count;
            }
        }
        keys = Arrays.copyOf(mergedKeys, merged);
        counts = Arrays.copyOf(mergedCounts, merged);
        size = merged;
        waitingSize = 0;
    }
}
