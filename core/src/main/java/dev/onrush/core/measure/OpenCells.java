package dev.onrush.core.measure;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The steps of a timeline to which times are being added. There are a few, because threads interleave by a second or two; the
 * others are packed, and opened again if something still comes for them.
 */
final class OpenCells {
    private static final int MOST = 6;

    /** The times of one of them. */
    static final class Open {
        private final StepHistogram response = new StepHistogram();
        private final StepHistogram service = new StepHistogram();
        private final StepHistogram startDelay = new StepHistogram();
        private final PackedCounts.Writer writer = new PackedCounts.Writer();
        private @Nullable TimelineCell cell;
        private long use;

        void add(long responseMicros, long serviceMicros, long startDelayMicros) {
            response.add(TimesFold.within(responseMicros));
            service.add(TimesFold.within(serviceMicros));
            startDelay.add(TimesFold.within(startDelayMicros));
        }

        private void open(TimelineCell next) {
            cell = next;
            response.addPacked(next.response);
            service.addPacked(next.service);
            startDelay.addPacked(next.startDelay);
        }

        private void close() {
            TimelineCell known = cell;
            if (known != null) {
                known.response = packed(response);
                known.service = packed(service);
                known.startDelay = packed(startDelay);
                cell = null;
            }
        }

        private byte[] packed(StepHistogram histogram) {
            writer.clear();
            histogram.pack(writer);
            histogram.clear();
            return writer.bytes();
        }
    }

    private final Open[] open = new Open[MOST];
    /** The one used last. */
    private Open latest;

    private long uses;

    OpenCells() {
        Arrays.setAll(open, i -> new Open());
        latest = open[0];
    }

    /** The times of a step, which is opened if it is not. */
    Open of(TimelineCell cell) {
        if (latest.cell != cell) {
            latest = find(cell);
            latest.use = ++uses;
        }
        return latest;
    }

    private Open find(TimelineCell cell) {
        Open oldest = latest;
        for (Open candidate : open) {
            if (candidate.cell == cell) {
                return candidate;
            }
            if (candidate.use < oldest.use) {
                oldest = candidate;
            }
        }
        oldest.close();
        oldest.open(cell);
        return oldest;
    }

    /** Packs all of them. */
    void close() {
        for (Open each : open) {
            each.close();
        }
    }
}
