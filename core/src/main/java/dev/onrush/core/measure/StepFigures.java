package dev.onrush.core.measure;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@link StepSum} packed, to be looked at. */
record StepFigures(
        long ok,
        long ko,
        long bytesReceived,
        long bytesSent,
        SortedMap<Integer, Long> statusCodes,
        List<TimeCounts> times) {
    static final StepFigures NOTHING = of(PackedCounts.NOTHING);

    static StepFigures of(byte[] packed) {
        PackedCounts.Cursor cursor = new PackedCounts.Cursor(packed);
        long ok = StepSum.next(cursor);
        long ko = StepSum.next(cursor);
        long received = StepSum.next(cursor);
        long sent = StepSum.next(cursor);
        SortedMap<Integer, Long> codes = new TreeMap<>();
        int code = 0;
        for (long left = StepSum.next(cursor); left > 0; left--) {
            code += (int) StepSum.next(cursor);
            codes.put(code, StepSum.next(cursor));
        }
        TimeCounts[] times = new TimeCounts[StepSum.KINDS];
        for (int kind = 0; kind < StepSum.KINDS; kind++) {
            int length = (int) StepSum.next(cursor);
            int from = cursor.position();
            times[kind] = TimeCounts.of(Arrays.copyOfRange(packed, from, from + length));
            cursor.skip(length);
        }
        return new StepFigures(ok, ko, received, sent, Collections.unmodifiableSortedMap(codes), List.of(times));
    }

    TimeCounts times(int kind) {
        return times.get(kind);
    }
}
