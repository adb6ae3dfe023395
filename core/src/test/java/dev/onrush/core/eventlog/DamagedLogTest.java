package dev.onrush.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedLogTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("events.onrush");
    }

    private List<String> small() {
        TestLog written = new TestLog(file);
        written.oneOfEach();
        written.advance(Duration.ofSeconds(1));
        written.oneOfEach();
        written.advance(Duration.ofSeconds(1));
        written.requests(5, 3);
        written.log.close();
        return written.live.lines;
    }

    @Test
    void readsTheLongestWholePrefixOfALogCutAtAnyByte() throws IOException {
        List<String> all = small();
        byte[] bytes = Files.readAllBytes(file);
        int before = 0;
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            RecordTexts read = new RecordTexts();
            ReadSummary summary;
            try {
                summary = EventLogReader.read(file, read);
            } catch (EventLogException e) {
                assertThat(before).isZero();
                assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
                continue;
            }
            assertThat(read.lines).isEqualTo(all.subList(0, read.lines.size())).hasSizeGreaterThanOrEqualTo(before);
            assertThat(summary.complete()).as("cut at %d", length).isFalse();
            before = read.lines.size();
        }
        assertThat(before).isEqualTo(all.size() - 1);
    }

    @Test
    void readsThePrefixOfALargerLogCutAnywhere() throws IOException {
        TestLog written = new TestLog(file);
        written.requests(20_000, 4);
        written.log.close();
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(5);

        for (int i = 0; i < 50; i++) {
            int length = 2000 + random.nextInt(bytes.length - 2000);
            Files.write(file, Arrays.copyOf(bytes, length));
            RecordTexts read = new RecordTexts();

            ReadSummary summary = EventLogReader.read(file, read);

            assertThat(read.lines).isEqualTo(written.live.lines.subList(0, read.lines.size()));
            assertThat(summary.complete()).isFalse();
            // What is lost at the end is one block of at most 1000 records, as they were pumped.
            assertThat(read.lines.size()).isGreaterThan(length / 17 - 1000);
        }
    }

    /** Remembers no record, only their sums up to each point. */
    private static final class Sums implements LogListener {
        final long[] afterRequest;
        int requests;
        long sum;

        Sums(int most) {
            afterRequest = new long[most + 1];
        }

        @Override
        public void request(RequestSample sample) {
            sum = sum * 31 + sample.endNanos + sample.userId * 7 + sample.request;
            afterRequest[++requests] = sum;
        }
    }

    private void largeCutAnywhere(int requests, int cuts) throws IOException {
        TestLog written = new TestLog(file, false);
        Sums all = new Sums(requests);
        written.requests(requests, 4);
        written.log.close();
        EventLogReader.read(file, all);
        assertThat(all.requests).isEqualTo(requests);
        long size = Files.size(file);
        SplittableRandom random = new SplittableRandom(6);
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // From the end to the beginning, so that each cut is one of the file itself.
            long[] lengths = random.longs(cuts, 2000, size).sorted().toArray();
            for (int i = cuts - 1; i >= 0; i--) {
                log.truncate(lengths[i]);
                Sums read = new Sums(requests);

                ReadSummary summary = EventLogReader.read(file, read);

                assertThat(summary.complete()).isFalse();
                assertThat(read.sum).isEqualTo(all.afterRequest[read.requests]);
                assertThat(read.requests).isGreaterThan((int) (lengths[i] / 17 - 1000));
            }
        }
        System.out.printf(
                java.util.Locale.ROOT,
                "FIGURE G08 log of %.1f MB cut at %d places: crashes 0, prefix exact %d of %d%n",
                size / 1e6,
                cuts,
                cuts,
                cuts);
    }

    @Test
    void readsThePrefixOfALogOfMegabytesCutAnywhere() throws IOException {
        largeCutAnywhere(300_000, 30);
    }

    @Test
    @Tag("nightly")
    void readsThePrefixOfALogOfFiftyMegabytesCutAnywhere() throws IOException {
        largeCutAnywhere(3_200_000, 1000);
    }

    @Test
    void readsALaterMinorFormatAndPassesOverWhatItDoesNotKnow() throws IOException {
        TestLog written = new TestLog(file);
        written.oneOfEach();
        written.log.close();
        byte[] bytes = Files.readAllBytes(file);
        int headLength = LogHead.decode(bytes, 0, bytes.length).length();
        ByteBuffer log = ByteBuffer.wrap(bytes);
        int payloadLength = log.getInt(2 * headLength + 16);
        int payloadAt = 2 * headLength + LogFormat.BLOCK_HEADER_LENGTH;
        int behind = payloadAt + payloadLength;
        // As minor 9 may write: another head, a name of kind 9, a record of kind 100, a user's end with a field more.
        ByteArrayOutputStream later = new ByteArrayOutputStream();
        byte[] head = Arrays.copyOf(bytes, headLength);
        head[LogFormat.MAGIC_LENGTH + 3] = 9;
        CRC32C crc = new CRC32C();
        crc.update(head, 0, headLength - 4);
        ByteBuffer.wrap(head).putInt(headLength - 4, (int) crc.getValue());
        later.writeBytes(head);
        later.writeBytes(head);
        ByteReader payload = new ByteReader(bytes, payloadAt, behind);
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        byte[] numbers = new byte[2 * Varint.MAX_BYTES];
        int scenario = payload.name();
        int names = payload.length();
        records.write(numbers, 0, Varint.put(numbers, Varint.put(numbers, 0, scenario), names + 1));
        records.writeBytes(new byte[] {9, 1, 0, 3, 'n', 'e', 'w', 0});
        records.write(bytes, payload.position(), behind - payload.position());
        records.writeBytes(new byte[] {100, 5, 1, 2, 3, 4, 5});
        records.writeBytes(new byte[] {2, 6, 0, 77, 0, 2, 1, 2});
        ByteBuffer block = ByteBuffer.allocate(LogFormat.BLOCK_HEADER_LENGTH + records.size());
        block.put(bytes, 2 * headLength, LogFormat.BLOCK_HEADER_LENGTH).put(records.toByteArray());
        block.putInt(16, records.size()).putInt(20, log.getInt(2 * headLength + 20) + 2);
        crc.reset();
        crc.update(block.array(), 0, LogFormat.BLOCK_HEADER_LENGTH - 4);
        crc.update(block.array(), LogFormat.BLOCK_HEADER_LENGTH, records.size());
        block.putInt(40, (int) crc.getValue());
        later.writeBytes(block.array());
        Files.write(file, later.toByteArray());
        RecordTexts read = new RecordTexts();

        ReadSummary summary = EventLogReader.read(file, read);

        List<String> before = written.live.lines.subList(0, written.live.lines.size() - 1);
        assertThat(read.lines.subList(0, before.size())).isEqualTo(before);
        assertThat(read.lines).hasSize(before.size() + 1);
        assertThat(read.lines.get(before.size())).startsWith("end 77 ").endsWith(" STOPPED");
        assertThat(summary.unknownRecords()).isEqualTo(1);
        assertThat(summary.damagedBlocks()).isZero();
    }

    @Test
    void noticesEachFlippedByte() throws IOException {
        List<String> all = small();
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            for (int flip : new int[] {0x01, 0x80, 0xff}) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= (byte) flip;
                Files.write(file, damaged);
                RecordTexts read = new RecordTexts();

                ReadSummary summary = EventLogReader.read(file, read);

                assertThat(summary.damagedBlocks() > 0 || summary.truncated())
                        .as("byte %d ^ %d", i, flip)
                        .isTrue();
                assertThat(all).containsAll(read.lines);
                assertThat(summary.complete() ? summary.records() + summary.recordsMissing() : all.size() - 1)
                        .isEqualTo(all.size() - 1);
            }
        }
    }

    @Test
    void findsTheNextBlockBehindALengthThatIsTooLarge() throws IOException {
        TestLog written = new TestLog(file);
        written.requests(3_000, 6);
        written.log.close();
        byte[] bytes = Files.readAllBytes(file);
        byte[] mark = Arrays.copyOfRange(bytes, LogFormat.MAGIC_LENGTH + 4, LogFormat.MAGIC_LENGTH + 20);
        int block = new String(bytes, StandardCharsets.ISO_8859_1)
                .indexOf(new String(mark, StandardCharsets.ISO_8859_1), LogFormat.MAGIC_LENGTH + 400);
        for (byte high : new byte[] {0x00, 0x0f, 0x7f, (byte) 0xff}) {
            byte[] damaged = bytes.clone();
            Arrays.fill(damaged, block + 16, block + 20, high == 0 ? 0 : (byte) 0xff);
            damaged[block + 16] = high;
            Files.write(file, damaged);
            RecordTexts read = new RecordTexts();

            ReadSummary summary = EventLogReader.read(file, read);

            assertThat(summary.damagedBlocks()).isEqualTo(1);
            assertThat(summary.recordsMissing())
                    .isEqualTo(3_000 - summary.records())
                    .isPositive();
            assertThat(summary.complete()).isTrue();
        }
    }

    @Test
    void countsABlockThatComesTwiceOnce() throws IOException {
        small();
        byte[] bytes = Files.readAllBytes(file);
        byte[] doubled = Arrays.copyOf(bytes, bytes.length + 2000);
        System.arraycopy(bytes, bytes.length - 200, doubled, bytes.length, 200);
        byte[] mark = Arrays.copyOfRange(bytes, LogFormat.MAGIC_LENGTH + 4, LogFormat.MAGIC_LENGTH + 20);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int last = text.lastIndexOf(new String(mark, StandardCharsets.ISO_8859_1));
        int before = text.lastIndexOf(new String(mark, StandardCharsets.ISO_8859_1), last - 1);
        byte[] twice = Arrays.copyOf(bytes, bytes.length + last - before);
        System.arraycopy(bytes, before, twice, bytes.length, last - before);
        Files.write(file, twice);
        RecordTexts once = new RecordTexts();

        ReadSummary summary = EventLogReader.read(file, once);

        assertThat(summary.damagedBlocks()).isEqualTo(1);
        assertThat(summary.recordsMissing()).isZero();
        assertThat(once.lines).hasSize(12 + 12 + 5 + 1);
    }

    @Test
    void refusesWhatIsNoLogInOneLine() throws IOException {
        for (byte[] content : List.of(
                new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F'},
                new byte[] {0x1f, (byte) 0x8b, 8, 0},
                "RUN\tdev.example.Simulation\t1700000000000\n".getBytes(StandardCharsets.UTF_8),
                "timeStamp,elapsed,label\n".repeat(100_000).getBytes(StandardCharsets.UTF_8),
                new byte[3_000_000])) {
            Files.write(file, content);

            assertThatThrownBy(() -> EventLogReader.read(file, new RecordTexts()))
                    .isInstanceOf(EventLogException.class)
                    .hasMessage(file + ": is not an event log of Onrush. Name the file events.onrush of a run.");
        }
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> EventLogReader.read(file, new RecordTexts()))
                .hasMessage(file + ": is empty. The run was ended before it began to record.");
        assertThatThrownBy(() -> EventLogReader.read(folder, new RecordTexts()))
                .hasMessage(folder + ": is a directory. Name the file events.onrush in it.");
        Path missing = folder.resolve("missing.onrush");
        assertThatThrownBy(() -> EventLogReader.read(missing, new RecordTexts()))
                .hasMessage(missing + ": does not exist. Name the file events.onrush of a run.");
    }

    @Test
    void refusesANewerFormat() throws IOException {
        small();
        byte[] bytes = Files.readAllBytes(file);
        int copy = bytes.length;
        for (int at = 0; at < copy - 12; at++) {
            if (LogFormat.isMagic(bytes, at)) {
                bytes[at + LogFormat.MAGIC_LENGTH + 1] = 3;
            }
        }
        Files.write(file, bytes);

        assertThatThrownBy(() -> EventLogReader.read(file, new RecordTexts()))
                .isInstanceOf(EventLogException.class)
                .hasMessage(file + ", byte 12: format 3; this version reads up to 1. Use a later version of Onrush.");
    }
}
