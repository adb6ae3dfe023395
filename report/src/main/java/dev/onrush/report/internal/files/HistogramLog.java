package dev.onrush.report.internal.files;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.Deflater;

import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RequestWindow;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.StepSeries;
import dev.onrush.core.measure.TimeCounts;
import dev.onrush.report.internal.model.RequestPath;

/**
 * {@code histograms.hlog}: the response times of each step in HdrHistogram's log format, which its reader and tools understand:
 * whole microseconds of 2 digits, intervals in seconds since the run began, tagged with the request, without a tag all requests.
 * Written without the library, whose writer makes a compressor and several copies for each interval.
 */
public final class HistogramLog {
    /** Of requests: each costs some 20 µs, for which nobody should wait at the end of a run. Steps double until they are so few. */
    private static final int MOST_INTERVALS = 5_000;

    private final RunStatistics statistics;

    public HistogramLog(RunStatistics statistics) {
        this.statistics = statistics;
    }

    public void writeTo(OutputStream out) throws IOException {
        Instant start = statistics.run().start();
        String head = "#[Response times of a run of Onrush " + statistics.run().version()
                + ": microseconds, 2 digits, warm-up left out; tag: the request; no tag: all requests]\n"
                + "#[Histogram log format version 1.3]\n"
                + String.format(
                        Locale.ROOT,
                        "#[StartTime: %.3f (seconds since epoch), %s]\n",
                        start.toEpochMilli() / 1000.0,
                        start)
                + "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n";
        out.write(head.getBytes(StandardCharsets.UTF_8));
        Encoding encoding = new Encoding();
        try {
            write(out, "", statistics.total().series(), encoding);
            int times = 1;
            while ((long) statistics.requests().size()
                            * statistics.total().series().steps()
                            / times
                    > MOST_INTERVALS) {
                times *= 2;
            }
            for (RequestStatistics request : statistics.requests()) {
                String tag = tag(RequestPath.of(request.group(), request.name()));
                write(out, "Tag=" + tag + ",", request.series().coarser(times), encoding);
            }
        } finally {
            encoding.close();
        }
    }

    private static void write(OutputStream out, String begin, StepSeries<RequestWindow> series, Encoding encoding)
            throws IOException {
        for (int step = 0; step < series.steps(); step++) {
            TimeCounts counts = series.step(step).responseTime();
            if (!counts.isEmpty()) {
                ByteBuffer text = encoding.encode(counts);
                String line = begin + (long) step * series.stepSeconds() + ".000," + series.stepSeconds() + ".000,"
                        + millis(encoding.greatest()) + ",";
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.write(text.array(), text.position(), text.remaining());
                out.write('\n');
            }
        }
    }

    /** The column Max is told in milliseconds. */
    private static String millis(long micros) {
        String parts = Long.toString(1000 + micros % 1000);
        return micros / 1000 + "." + parts.substring(1);
    }

    /** A tag may hold neither commas nor blanks: all but plain characters is written as in a URL. */
    private static String tag(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    /**
     * The library's encoding V2, compressed, in base64: a head, then for each bucket from 0 on its count, or less than nothing for
     * so many empty ones; its buckets of 2 digits are those of {@link TimeCounts}.
     */
    private static final class Encoding {
        private static final int COOKIE = 0x1c849303 | 0x10;
        private static final int COMPRESSED_COOKIE = 0x1c849304 | 0x10;
        private static final int HEAD = 40;
        private static final int DIGITS = 2;
        private static final int MOST_PER_BUCKET = 20;

        private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        private ByteBuffer plain = ByteBuffer.allocate(4096);
        private byte[] compressed = new byte[4096];
        private int next;

        ByteBuffer encode(TimeCounts counts) {
            plain.clear().position(HEAD);
            next = 0;
            counts.forEach(this::bucket);
            plain.putInt(0, COOKIE)
                    .putInt(4, plain.position() - HEAD)
                    .putInt(8, 0)
                    .putInt(12, DIGITS)
                    .putLong(16, 1)
                    .putLong(24, Math.max(255, Long.highestOneBit(greatest()) * 2 - 1))
                    .putDouble(32, 1);
            int size = 8 + compress();
            ByteBuffer.wrap(compressed).putInt(0, COMPRESSED_COOKIE).putInt(4, size - 8);
            return Base64.getEncoder().encode(ByteBuffer.wrap(compressed, 0, size));
        }

        private void bucket(int bucket, long count) {
            if (plain.remaining() < MOST_PER_BUCKET) {
                plain = ByteBuffer.allocate(plain.capacity() * 2).put(plain.flip());
            }
            int empty = bucket - next;
            if (empty > 0) {
                number(empty == 1 ? 0 : -empty);
            }
            number(count);
            next = bucket + 1;
        }

        /** Signed ones are folded, then 7 bits per byte, low bits first. */
        private void number(long value) {
            long rest = value << 1 ^ value >> 63;
            for (; rest > 0x7f; rest >>>= 7) {
                plain.put((byte) (rest | 0x80));
            }
            plain.put((byte) rest);
        }

        private int compress() {
            deflater.reset();
            deflater.setInput(plain.array(), 0, plain.position());
            deflater.finish();
            int size = 0;
            while (!deflater.finished()) {
                if (compressed.length - 8 - size < 512) {
                    compressed = Arrays.copyOf(compressed, compressed.length * 2);
                }
                size += deflater.deflate(compressed, 8 + size, compressed.length - 8 - size);
            }
            return size;
        }

        /** The longest time of what was encoded last. */
        long greatest() {
            return TimeCounts.upperEdgeMicros(next - 1);
        }

        void close() {
            deflater.end();
        }
    }
}
