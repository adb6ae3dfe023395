package dev.onrush.core.measure;

import org.jspecify.annotations.Nullable;

/**
 * Adds up what happened in a step, or in several, and packs it. Packed are numbers of 7 bits per byte, without the zeros at the
 * end: OK, KO, bytes received, bytes sent, how many status codes, for each its distance to the one before and its count, and for
 * each kind of time the length of its {@link PackedCounts} and these. Used again and again: it is large.
 */
final class StepSum {
    /** How many kinds of times a step holds; what each is, its owner knows. */
    static final int KINDS = 4;

    long ok;
    long ko;
    long bytesReceived;
    long bytesSent;
    final CodeCounts codes = new CodeCounts();
    private final @Nullable StepHistogram[] times = new @Nullable StepHistogram[KINDS];

    private final PackedCounts.Writer all = new PackedCounts.Writer();
    private final PackedCounts.Writer part = new PackedCounts.Writer();

    void time(int kind, int bucket, long count) {
        times(kind).add(bucket, count);
    }

    private StepHistogram times(int kind) {
        StepHistogram known = times[kind];
        if (known == null) {
            known = new StepHistogram();
            times[kind] = known;
        }
        return known;
    }

    void add(byte[] packed) {
        PackedCounts.Cursor cursor = new PackedCounts.Cursor(packed);
        ok += next(cursor);
        ko += next(cursor);
        bytesReceived += next(cursor);
        bytesSent += next(cursor);
        int code = 0;
        for (long left = next(cursor); left > 0; left--) {
            code += (int) next(cursor);
            codes.add(code, next(cursor));
        }
        for (int kind = 0; cursor.more(); kind++) {
            int length = (int) cursor.number();
            if (length > 0) {
                int from = cursor.position();
                times(kind).addPacked(packed, from, from + length);
                cursor.skip(length);
            }
        }
    }

    /** What comes behind the end is zero. */
    static long next(PackedCounts.Cursor cursor) {
        return cursor.more() ? cursor.number() : 0;
    }

    byte[] pack() {
        all.clear();
        all.number(ok);
        all.number(ko);
        all.number(bytesReceived);
        all.number(bytesSent);
        all.number(codes.size());
        int before = 0;
        for (int i = 0; i < codes.size(); i++) {
            all.number(codes.code(i) - before);
            all.number(codes.count(i));
            before = codes.code(i);
        }
        for (StepHistogram histogram : times) {
            part.clear();
            if (histogram != null) {
                histogram.pack(part);
            }
            all.number(part.size());
            all.append(part);
        }
        return all.bytesWithoutZeros();
    }

    void clear() {
        ok = 0;
        ko = 0;
        bytesReceived = 0;
        bytesSent = 0;
        codes.clear();
        for (StepHistogram histogram : times) {
            if (histogram != null) {
                histogram.clear();
            }
        }
    }
}
