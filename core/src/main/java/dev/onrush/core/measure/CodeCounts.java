package dev.onrush.core.measure;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each status code came. There are few of them, and most answers have the code of the one before. */
final class CodeCounts {
    private static final int[] NO_CODES = {};
    private static final long[] NO_COUNTS = {};

    private int[] codes = NO_CODES;
    private long[] counts = NO_COUNTS;
    private int size;
    private int last;

    void add(int code, long count) {
        if (last >= size || codes[last] != code) {
            last = place(code);
        }
        counts[last] += count;
    }

    private int place(int code) {
        boolean isBehindAll = size == 0 || codes[size - 1] < code;
        int at = isBehindAll ? -size - 1 : Arrays.binarySearch(codes, 0, size, code);
        if (at >= 0) {
            return at;
        }
        int place = -at - 1;
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, Math.max(2, size * 2));
            counts = Arrays.copyOf(counts, codes.length);
        }
        System.arraycopy(codes, place, codes, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        codes[place] = code;
        counts[place] = 0;
        size++;
        return place;
    }

    void add(CodeCounts other) {
        for (int i = 0; i < other.size; i++) {
            add(other.codes[i], other.counts[i]);
        }
    }

    /** The codes are numbered in their order. */
    int code(int number) {
        return codes[number];
    }

    long count(int number) {
        return counts[number];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    SortedMap<Integer, Long> map() {
        SortedMap<Integer, Long> map = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            map.put(codes[i], counts[i]);
        }
        return map;
    }
}
