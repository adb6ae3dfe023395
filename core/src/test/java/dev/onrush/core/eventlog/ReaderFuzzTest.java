package dev.onrush.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;

/**
 * Logs with random damage, of the kinds a disk, a transfer or somebody hostile does. The reader never fails but with its own
 * exception, never hands over a record that was not written unless its checksum was forged, and takes memory by its bounds.
 *
 * <p>The seed of each round is printed when it fails: {@code -Donrush.fuzz.seed} plays it again. The long variant runs for
 * {@code -Donrush.fuzz.minutes}, 10 if not said.
 */
class ReaderFuzzTest {
    private static final long SEED = 20_261_126;
    private static final int ROUNDS = 3_000;

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private byte[] sound = {};
    private List<String> all = List.of();
    private Set<String> lines = Set.of();
    private int records;
    private byte[] mark = {};
    /** Where each block begins, and the end. */
    private int[] blocks = {};

    private int refused;
    private int noticed;
    private long handed;
    private long offered;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("events.onrush");
        TestLog written = new TestLog(file);
        for (int i = 0; i < 3; i++) {
            written.oneOfEach();
            written.requests(30, i);
            written.advance(Duration.ofSeconds(1));
        }
        written.log.close();
        sound = Files.readAllBytes(file);
        all = written.live.lines;
        lines = new HashSet<>(all);
        records = written.live.lines.size() - 1; // the end of the run counts for itself
        mark = Arrays.copyOfRange(sound, LogFormat.MAGIC_LENGTH + 4, LogFormat.MAGIC_LENGTH + 20);
        List<Integer> found = new ArrayList<>();
        int head = LogHead.decode(sound, 0, sound.length).length();
        for (int at = 2 * head; at < sound.length; at += blockLength(at)) {
            found.add(at);
        }
        found.add(sound.length);
        blocks = found.stream().mapToInt(Integer::intValue).toArray();
    }

    private int blockLength(int at) {
        return LogFormat.BLOCK_HEADER_LENGTH + ByteBuffer.wrap(sound).getInt(at + 16);
    }

    @Test
    void damageIsNoticedAndNothingIsInvented() throws IOException {
        Long again = Long.getLong("onrush.fuzz.seed");
        if (again != null) {
            damaged(again);
            forged(again);
            return;
        }
        for (int round = 0; round < ROUNDS; round++) {
            damaged(SEED + round);
            forged(SEED + round);
        }
        tell(ROUNDS);
    }

    @Test
    @Tag("nightly")
    void damageIsNoticedForManyMinutes() throws IOException {
        long until = System.nanoTime()
                + Duration.ofMinutes(Long.getLong("onrush.fuzz.minutes", 10)).toNanos();
        long seed = new SplittableRandom().nextLong();
        System.out.println("fuzzing from seed " + seed);
        int rounds = 0;
        for (; System.nanoTime() < until; rounds++) {
            damaged(seed + rounds);
            forged(seed + rounds);
        }
        tell(rounds);
    }

    private void tell(int rounds) {
        System.out.println(
                "FIGURE G09 fuzz: " + rounds + " damaged logs and " + rounds + " with forged checksums, refused "
                        + refused + ", damage noticed in " + noticed + ", of " + offered + " records " + handed
                        + " were read, invented 0, crashes 0");
    }

    /** Damage as a disk or a transfer does it: checksums tell. */
    private void damaged(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = sound;
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            bytes = mutated(bytes, random);
        }
        Files.write(file, bytes);
        RecordTexts read = new RecordTexts();
        try {
            ReadSummary summary = EventLogReader.read(file, read);

            assertThat(read.lines.size()).as("seed %d", seed).isLessThanOrEqualTo(records + 1);
            assertThat(lines).as("seed %d", seed).containsAll(read.lines);
            if (summary.complete()) {
                assertThat(summary.records() + summary.recordsMissing())
                        .as("seed %d", seed)
                        .isGreaterThanOrEqualTo(records);
            }
            boolean isNoticed = summary.damagedBlocks() > 0
                    || summary.truncated()
                    || summary.recordsMissing() > 0
                    || !summary.complete();
            if (!isNoticed) { // blocks that lie in another order: each record is there, once
                assertThat(read.lines).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(all);
            }
            noticed += isNoticed ? 1 : 0;
            handed += read.lines.size();
        } catch (EventLogException e) {
            refused++;
            assertThat(e.getMessage())
                    .as("seed %d", seed)
                    .startsWith(file.toString())
                    .doesNotContain("\n");
        }
        offered += records;
    }

    private byte[] mutated(byte[] bytes, SplittableRandom random) {
        if (bytes.length < 2) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(300, bytes.length - at));
        byte[] changed = bytes.clone();
        switch (random.nextInt(8)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(changed, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
            case 3 -> fill(changed, at, length, random);
            case 4 -> changed = joined(bytes, 0, at, bytes, at + length, bytes.length);
            case 5 -> changed = joined(bytes, 0, at + length, bytes, at, bytes.length);
            case 6 -> changed = Arrays.copyOf(bytes, at);
            default -> changed = swapped(bytes, random);
        }
        return changed;
    }

    private static void fill(byte[] bytes, int from, int length, SplittableRandom random) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, from, length);
    }

    private static byte[] joined(byte[] one, int from, int to, byte[] other, int otherFrom, int otherTo) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(one, from, to - from);
        out.write(other, otherFrom, otherTo - otherFrom);
        return out.toByteArray();
    }

    /** Two blocks of the sound log in each other's place, if the log still has its length. */
    private byte[] swapped(byte[] bytes, SplittableRandom random) {
        if (bytes.length != sound.length) {
            return bytes;
        }
        int one = random.nextInt(blocks.length - 1);
        int other = random.nextInt(blocks.length - 1);
        int first = Math.min(one, other);
        int second = Math.max(one, other);
        if (first == second) {
            return bytes;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, blocks[first]);
        out.write(bytes, blocks[second], blocks[second + 1] - blocks[second]);
        out.write(bytes, blocks[first + 1], blocks[second] - blocks[first + 1]);
        out.write(bytes, blocks[first], blocks[first + 1] - blocks[first]);
        out.write(bytes, blocks[second + 1], bytes.length - blocks[second + 1]);
        return out.toByteArray();
    }

    /** A block whose payload was changed and whose checksum is right: anything may be read, but nothing may break. */
    private void forged(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(~seed);
        int number = random.nextInt(blocks.length - 1);
        int at = blocks[number];
        byte[] bytes = sound.clone();
        int payload = at + LogFormat.BLOCK_HEADER_LENGTH;
        int end = blocks[number + 1];
        for (int times = 1 + random.nextInt(6); times > 0; times--) {
            int place = payload + random.nextInt(end - payload);
            switch (random.nextInt(3)) {
                case 0 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[place] = (byte) random.nextInt(256);
                default -> Arrays.fill(bytes, place, Math.min(end, place + 10), (byte) 0xff);
            }
        }
        if (random.nextInt(4) == 0) {
            bytes[at + 20 + random.nextInt(20)] = (byte) random.nextInt(256);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, LogFormat.BLOCK_HEADER_LENGTH - 4);
        crc.update(bytes, payload, end - payload);
        ByteBuffer.wrap(bytes).putInt(at + 40, (int) crc.getValue());
        Files.write(file, bytes);
        RecordTexts read = new RecordTexts();

        ReadSummary summary = EventLogReader.read(file, read);

        try {
            RunStatistics.read(file, MeasureOptions.DEFAULT);
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ": the statistics of a forged log break", e);
        }
        assertThat(summary.records())
                .as("seed %d", seed)
                .isEqualTo(read.lines.stream()
                        .filter(line -> !line.startsWith("runEnd "))
                        .count());
    }
}
