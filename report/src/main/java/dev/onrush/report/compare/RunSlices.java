package dev.onrush.report.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.EventLogReader;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.RecordHandler;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.measure.TimeBuckets;

/**
 * One run cut into slices of time, by name: what resampling draws from. A request lies in the slice in which it ended; those
 * of the warm-up, silent ones and attempts are left out as in all statistics. A slice is 0.1 s long and doubles while reading
 * once there would be too many, so that memory depends on names and budget, never on the length of the run.
 */
public final class RunSlices {
    private static final long FIRST_SLICE_MICROS = 100_000;
    private static final int MOST_SLICES = 400;
    /** A block bootstrap needs some slices, whatever they cost. */
    private static final int LEAST_SLICES = 40;
    /** Figures of all names together, 8 bytes each. */
    private static final long MOST_CELLS = 6_000_000;

    private static final int LOOK_EVERY = 1 << 14;

    private final SortedMap<RequestName, SlicedRequest> requests = new TreeMap<>();
    private RunHeader header = new RunHeader(Map.of());
    private long sliceMicros = FIRST_SLICE_MICROS;
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private int samples;

    private final long mostCells;

    /** Filled by {@link #read}, or sample by sample with {@link #add}. */
    RunSlices() {
        this(MOST_CELLS);
    }

    RunSlices(long mostCells) {
        this.mostCells = mostCells;
    }

    /**
     * The slices of a log.
     *
     * @throws dev.onrush.core.eventlog.EventLogException if it is no event log, one of a newer format, or cannot be read
     */
    public static RunSlices read(Path log) {
        RunSlices slices = new RunSlices();
        EventLogReader.read(log, slices.new Fold());
        return slices;
    }

    /** What the head of the log tells. */
    public RunHeader header() {
        return header;
    }

    /** Whether no request counts. */
    public boolean isEmpty() {
        return last < 0;
    }

    SortedMap<RequestName, SlicedRequest> requests() {
        return Collections.unmodifiableSortedMap(requests);
    }

    double sliceSeconds() {
        return sliceMicros / 1e6;
    }

    /** The first slice in which a request ended. */
    int first() {
        return first;
    }

    /** How many slices there are from the first to the last one in which a request ended. */
    int length() {
        return isEmpty() ? 0 : last - first + 1;
    }

    /** Adds a request that was OK or KO; {@code micros} is −1 if it has no duration. */
    void add(RequestName name, long endMicros, boolean ok, long micros) {
        add(requests.computeIfAbsent(name, any -> new SlicedRequest()), endMicros, ok, micros);
    }

    private void add(SlicedRequest request, long endMicros, boolean ok, long micros) {
        long slice = Math.max(0, endMicros) / sliceMicros;
        while (slice >= MOST_SLICES) {
            coarsen();
            slice = Math.max(0, endMicros) / sliceMicros;
        }
        int at = (int) slice;
        first = Math.min(first, at);
        last = Math.max(last, at);
        request.add(at, ok);
        if (micros >= 0) {
            long time = Math.min(micros, TimeBuckets.LIMIT_MICROS);
            request.addTime(at, time, TimeBuckets.of(time));
        }
        if (++samples % LOOK_EVERY == 0 && length() >= 2 * LEAST_SLICES && cells() > mostCells) {
            coarsen();
        }
    }

    private long cells() {
        long cells = 0;
        for (SlicedRequest request : requests.values()) {
            cells += request.cells() + 2L * last;
        }
        return cells;
    }

    /** Makes slices longer until there are at most so many. */
    void shorten(int most) {
        while (length() > Math.max(most, LEAST_SLICES)) {
            coarsen();
        }
    }

    private void coarsen() {
        requests.values().forEach(SlicedRequest::coarsen);
        sliceMicros *= 2;
        first = first == Integer.MAX_VALUE ? first : first / 2;
        last = last < 0 ? last : last / 2;
    }

    /** Takes the requests that count from a log. */
    private final class Fold implements RecordHandler {
        private final Map<Integer, SlicedRequest> byNumber = new HashMap<>();
        private @Nullable NameTable names;

        @Override
        public void run(RunHeader run, NameTable table) {
            header = run;
            names = table;
        }

        @Override
        public void request(RequestSample sample) {
            if (sample.silent || sample.attempt || sample.warmUp || sample.outcome > RequestSample.KO) {
                return;
            }
            SlicedRequest request = byNumber.get(sample.request);
            if (request == null) {
                request = requests.computeIfAbsent(name(sample.request), any -> new SlicedRequest());
                byNumber.put(sample.request, request);
            }
            add(
                    request,
                    sample.endNanos / 1000,
                    sample.outcome == RequestSample.OK,
                    sample.hasDuration() ? Math.max(0, sample.responseMicros()) : -1);
        }

        private RequestName name(int number) {
            NameTable table = names;
            if (table == null) {
                throw new IllegalStateException("records before the run they belong to");
            }
            return new RequestName(table.groupPath(table.groupOfRequest(number)), table.requestName(number));
        }
    }

    /** The names of several runs. */
    static List<RequestName> names(List<RunSlices> runs) {
        SortedMap<RequestName, Boolean> names = new TreeMap<>();
        runs.forEach(run -> run.requests.keySet().forEach(name -> names.put(name, true)));
        return new ArrayList<>(names.keySet());
    }
}
