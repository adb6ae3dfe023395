package dev.onrush.core.eventlog;

import static dev.onrush.core.eventlog.LogFormat.*;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * Reads an event log from beginning to end in one pass, with memory that does not depend on its length. What is damaged is
 * passed over up to the next block and counted. Format: docs/event-log.md.
 */
public final class EventLogReader {
    private final Path file;
    private final InputStream in;
    private final RecordHandler handler;
    private final ReadNames names = new ReadNames();
    private final RecordDecoder decoder = new RecordDecoder();
    private final RecordGaps gaps = new RecordGaps();
    private final CRC32C crc = new CRC32C();
    private final NameCheck nameCheck = new NameCheck(names);
    private final Counter delivering;

    private byte[] window = new byte[256 * 1024];
    private int at;
    private int end;
    private boolean endOfFile;

    private byte[] syncMark = {};
    private long damagedBlocks;
    private long skippedBytes;
    private boolean truncated;

    private final LongConsumer progress;
    private long bytesRead;

    private EventLogReader(Path file, InputStream in, RecordHandler handler, LongConsumer progress) {
        this.file = file;
        this.in = in;
        this.handler = handler;
        this.delivering = new Counter(handler);
        this.progress = progress;
    }

    /**
     * Hands every record of a log to {@code handler}.
     *
     * @throws EventLogException if it is no event log, one of a newer format, or cannot be read at all
     */
    public static ReadSummary read(Path file, RecordHandler handler) {
        return read(file, handler, bytes -> {});
    }

    /** As {@link #read(Path, RecordHandler)}; {@code progress} is told how many bytes have been read, again and again. */
    public static ReadSummary read(Path file, RecordHandler handler, LongConsumer progress) {
        return opened(file, handler, progress, EventLogReader::run);
    }

    /**
     * Reads the head of a log alone.
     *
     * @throws EventLogException as {@link #read}
     */
    public static LogIdentity identify(Path file) {
        return opened(file, new RecordHandler() {}, bytes -> {}, reader -> {
            LogHead head = reader.head();
            return new LogIdentity(HexFormat.of().formatHex(head.syncMark()), head.run());
        });
    }

    private interface Reading<T> {
        T of(EventLogReader reader) throws IOException;
    }

    private static <T> T opened(Path file, RecordHandler handler, LongConsumer progress, Reading<T> reading) {
        if (Files.isDirectory(file)) {
            throw new EventLogException(file + ": is a directory. Name the file events.onrush in it.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return reading.of(new EventLogReader(file, in, handler, progress));
        } catch (NoSuchFileException e) {
            throw new EventLogException(file + ": does not exist. Name the file events.onrush of a run.", e);
        } catch (IOException e) {
            throw new EventLogException(file + ": cannot be read (" + e + ").", e);
        }
    }

    private ReadSummary run() throws IOException {
        LogHead head = head();
        syncMark = head.syncMark();
        handler.run(head.run(), names);
        while (block()) {
            // counts as it goes
        }
        return new ReadSummary(
                delivering.records,
                gaps.missing(),
                damagedBlocks,
                skippedBytes,
                decoder.unknownRecords,
                truncated,
                delivering.complete);
    }

    private LogHead head() throws IOException {
        fill(MAGIC_LENGTH + 4);
        if (end == 0) {
            throw new EventLogException(file + ": is empty. The run was ended before it began to record.");
        }
        if (end < MAGIC_LENGTH + 4 && isBeginOfMagic()) {
            throw endsInHead();
        }
        fill(HEAD_LENGTH);
        LogHead first = wholeHead(0);
        if (first != null) {
            secondHead(first);
            return first;
        }
        // The first copy is damaged, or this is no log at all: look for the second.
        int searched = 1;
        while (true) {
            int found = indexOf(magic(), searched);
            if (found >= 0) {
                LogHead second = wholeHead(found);
                if (second != null) {
                    damagedBlocks++;
                    skippedBytes += found;
                    at = found + second.length();
                    return second;
                }
                searched = found + 1;
            } else {
                searched = Math.max(1, end - MAGIC_LENGTH + 1);
                if (endOfFile || searched > 2 * MAX_RUN_RECORD || !isMagic(window, 0) && searched > window.length / 2) {
                    break;
                }
                fill(end + 1);
            }
        }
        if (!isMagic(window, 0)) {
            throw new EventLogException(
                    file + ": is not an event log of Onrush. Name the file events.onrush of a run.");
        }
        int major = ByteBuffer.wrap(window).getShort(MAGIC_LENGTH) & 0xffff;
        if (major > MAJOR) {
            throw new EventLogException(file + ", byte " + MAGIC_LENGTH + ": format " + major
                    + "; this version reads up to " + MAJOR + ". Use a later version of Onrush.");
        }
        throw endsInHead();
    }

    private boolean isBeginOfMagic() {
        return Arrays.equals(window, 0, Math.min(end, MAGIC_LENGTH), magic(), 0, Math.min(end, MAGIC_LENGTH));
    }

    private EventLogException endsInHead() {
        return new EventLogException(file
                + ": its head is damaged or cut off, so that nothing can be read. Take a copy of it if you have one.");
    }

    /** The head at that place of the window, read on until it is whole. */
    private @Nullable LogHead wholeHead(int from) throws IOException {
        if (end - from < HEAD_LENGTH) {
            fill(from + HEAD_LENGTH);
        }
        if (end - from < HEAD_LENGTH || !isMagic(window, from)) {
            return null;
        }
        int length = ByteBuffer.wrap(window).getInt(from + MAGIC_LENGTH + 4 + SYNC_LENGTH);
        if (length < 0 || length > MAX_RUN_RECORD) {
            return null;
        }
        fill(from + HEAD_LENGTH + length);
        return LogHead.decode(window, from, end);
    }

    /** The copy: what differs in it is damage. */
    private void secondHead(LogHead first) throws IOException {
        int length = first.length();
        fill(2 * length);
        if (end < 2 * length) {
            truncated = true;
            skippedBytes += end - length;
            at = end;
            return;
        }
        if (!Arrays.equals(window, 0, length, window, length, 2 * length)) {
            damagedBlocks++;
            skippedBytes += length;
        }
        at = 2 * length;
    }

    /** Reads one block, or passes over what is none; false at the end of the file. */
    private boolean block() throws IOException {
        if (!have(BLOCK_HEADER_LENGTH)) {
            if (end > at) {
                truncated = true;
                skippedBytes += end - at;
                at = end;
            }
            return false;
        }
        if (!Arrays.equals(window, at, at + SYNC_LENGTH, syncMark, 0, SYNC_LENGTH)) {
            return passOver();
        }
        ByteBuffer header = ByteBuffer.wrap(window, at, BLOCK_HEADER_LENGTH).slice();
        int length = header.getInt(16);
        int count = header.getInt(20);
        if (length < 0 || length > MAX_PAYLOAD || count < 0 || count > length) {
            return passOver();
        }
        if (!have(BLOCK_HEADER_LENGTH + length)) {
            return passOver();
        }
        header = ByteBuffer.wrap(window, at, BLOCK_HEADER_LENGTH).slice();
        crc.reset();
        crc.update(window, at, BLOCK_HEADER_LENGTH - 4);
        crc.update(window, at + BLOCK_HEADER_LENGTH, length);
        if ((int) crc.getValue() != header.getInt(40)) {
            return passOver();
        }
        int payloadAt = at + BLOCK_HEADER_LENGTH;
        at += BLOCK_HEADER_LENGTH + length;
        if (!gaps.take(header.getLong(24), count) || !payload(payloadAt, at, count, header.getLong(32))) {
            damagedBlocks++;
        }
        return true;
    }

    private boolean payload(int from, int to, int count, long baseMicros) {
        int records = 0;
        try {
            ByteReader reader = new ByteReader(window, from, to);
            decoder.lastScenario = reader.name();
            decoder.baseMicros = baseMicros;
            for (int left = reader.length(); left > 0; left--) {
                names.read(reader);
            }
            // Once without handing anything over, so that no block counts by half.
            int recordsAt = reader.position();
            int scenario = decoder.lastScenario;
            long unknown = decoder.unknownRecords;
            for (int pos = recordsAt; pos < to; records++) {
                pos = decoder.check(window, pos, to, nameCheck);
            }
            if (records != count) {
                return false;
            }
            decoder.lastScenario = scenario;
            decoder.baseMicros = baseMicros;
            decoder.unknownRecords = unknown;
            for (int pos = recordsAt; pos < to; ) {
                pos = decoder.next(window, pos, to, delivering);
            }
            return true;
        } catch (MalformedRecordException e) {
            return false;
        }
    }

    /** Goes on at the next sync mark, if there is one; what lies between counts as one damaged block. */
    private boolean passOver() throws IOException {
        long skipped = 1;
        at++;
        while (true) {
            int found = indexOf(syncMark, at);
            if (found >= 0) {
                skippedBytes += skipped + (found - at);
                damagedBlocks++;
                at = found;
                return true;
            }
            int passed = Math.max(0, end - at - (SYNC_LENGTH - 1));
            skipped += passed;
            at += passed;
            if (!have(end - at + 1)) {
                skippedBytes += skipped + (end - at);
                at = end;
                truncated = true;
                return false;
            }
        }
    }

    private int indexOf(byte[] mark, int from) {
        for (int i = from; i <= end - mark.length; i++) {
            if (window[i] == mark[0] && Arrays.equals(window, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Makes that many bytes from {@link #at} on available, moving the window; false if the file ends before. */
    private boolean have(int bytes) throws IOException {
        if (end - at >= bytes) {
            return true;
        }
        if (at > 0) {
            System.arraycopy(window, at, window, 0, end - at);
            end -= at;
            at = 0;
        }
        fill(bytes);
        return end >= bytes;
    }

    /** Reads until the window holds that many bytes from its beginning, or the file ends. */
    private void fill(int bytes) throws IOException {
        if (window.length < bytes) {
            window = Arrays.copyOf(window, Math.max(bytes, window.length * 2));
        }
        while (end < bytes && !endOfFile) {
            int read = in.read(window, end, window.length - end);
            if (read < 0) {
                endOfFile = true;
            } else {
                end += read;
                bytesRead += read;
                progress.accept(bytesRead);
            }
        }
    }

    /** Counts what is handed over. */
    private static final class Counter implements RecordHandler {
        private final RecordHandler to;
        private long records;
        private boolean complete;

        Counter(RecordHandler to) {
            this.to = to;
        }

        @Override
        public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
            records++;
            to.userStart(userId, scenario, intendedStartNanos, actualStartNanos);
        }

        @Override
        public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
            records++;
            to.userEnd(userId, scenario, endNanos, reason);
        }

        @Override
        public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
            records++;
            to.usersDropped(scenario, atNanos, count, reason);
        }

        @Override
        public void request(RequestSample sample) {
            records++;
            to.request(sample);
        }

        @Override
        public void groupEnd(
                long userId,
                int scenario,
                int group,
                long startNanos,
                long endNanos,
                long cumulatedNanos,
                boolean ok,
                boolean warmUp) {
            records++;
            to.groupEnd(userId, scenario, group, startNanos, endNanos, cumulatedNanos, ok, warmUp);
        }

        @Override
        public void stepFailure(long userId, int scenario, long atNanos, int error) {
            records++;
            to.stepFailure(userId, scenario, atNanos, error);
        }

        @Override
        public void failedExchange(FailedExchange exchange) {
            records++;
            to.failedExchange(exchange);
        }

        @Override
        public void health(HealthSample sample) {
            records++;
            to.health(sample);
        }

        @Override
        public void heldThread(HeldPlace held, long atNanos) {
            records++;
            to.heldThread(held, atNanos);
        }

        @Override
        public void mark(MarkKind kind, long atNanos, String text) {
            records++;
            to.mark(kind, atNanos, text);
        }

        @Override
        public void runEnd(long atNanos, @Nullable LogTotals totals, long namesFolded) {
            complete = true;
            to.runEnd(atNanos, totals, namesFolded);
        }
    }
}
