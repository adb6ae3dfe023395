package dev.onrush.report.internal.page;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.TimeCounts;
import dev.onrush.report.internal.html.ScriptJson;

/**
 * The figures of each step as they stand in the page: the packs of times of all lines one after another, behind them JSON with all
 * else, together as zlib compresses them, in base64. It takes no more than so many characters: once it would, what comes is dropped.
 */
final class CellsBlock implements AutoCloseable {
    private final Deflater deflater = new Deflater();
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[1 << 16];
    private final BucketWidth width;
    private final long mostBytes;
    /** Before compression. */
    private int size;

    CellsBlock(BucketWidth width, long characters) {
        this.width = width;
        this.mostBytes = characters / 4 * 3;
        // Counts differ by chance; repetitions of a few bytes among them are dearer than the bytes themselves.
        deflater.setStrategy(Deflater.FILTERED);
    }

    /** Takes the times of a line, each step behind its length in bytes, and returns where they begin; null if there are none. */
    @Nullable
    Integer times(List<TimeCounts> steps) {
        if (steps.stream().allMatch(TimeCounts::isEmpty)) {
            return null;
        }
        PackedNumbers packs = new PackedNumbers();
        for (TimeCounts counts : steps) {
            byte[] pack = width.of(counts.packed());
            packs.add(pack.length);
            packs.addAll(pack);
        }
        int begin = size;
        write(packs.bytes());
        return begin;
    }

    /** Bytes of all times that were taken. */
    int size() {
        return size;
    }

    boolean isTooLong() {
        return compressed.size() > mostBytes;
    }

    /** All that was taken, and these figures; null if it became too long. */
    @Nullable
    String text(Object figures) {
        write(ScriptJson.of(figures).getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        while (!isTooLong() && !deflater.finished()) {
            compress();
        }
        return isTooLong() ? null : Base64.getEncoder().encodeToString(compressed.toByteArray());
    }

    private void write(byte[] bytes) {
        size += bytes.length;
        deflater.setInput(bytes);
        while (!isTooLong() && !deflater.needsInput()) {
            compress();
        }
    }

    private void compress() {
        compressed.write(buffer, 0, deflater.deflate(buffer));
    }

    @Override
    public void close() {
        deflater.end();
    }
}
