package dev.onrush.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and records come back as they went in, and take no more room than promised. */
class RecordCodecTest {
    private static final long SEED = 20_261_126;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                -1,
                63,
                64,
                -64,
                -65,
                127,
                128,
                16_383,
                16_384,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                1L << 35,
                (1L << 56) - 1,
                1L << 56,
                1L << 62,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void numbersComeBackAtTheirEdges(long number) {
        assertComesBack(number);
    }

    @Test
    void randomNumbersComeBackInTheLengthTheyNeed() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 1_000_000; i++) {
            assertComesBack(random.nextLong() >> random.nextInt(64));
        }
    }

    private static void assertComesBack(long number) {
        byte[] data = new byte[2 * Varint.MAX_BYTES];
        int behind = Varint.put(data, 0, number);
        int end = Varint.putSigned(data, behind, number);
        ByteReader reader = new ByteReader(data, 0, end);
        int bits = 64 - Long.numberOfLeadingZeros(number | 1);
        if (reader.number() != number
                || reader.position() != behind
                || behind != (bits + 6) / 7
                || reader.signed() != number
                || reader.position() != end) {
            throw new AssertionError(number + " comes back as something else");
        }
    }

    @Test
    void numbersWithoutAnEndAreRefused() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 10_000; i++) {
            byte[] data = new byte[random.nextInt(30)];
            random.nextBytes(data);
            for (int k = 0; k < data.length; k++) {
                data[k] |= (byte) 0x80;
            }
            ByteReader reader = new ByteReader(data, 0, data.length);

            assertThatThrownBy(reader::number).isSameAs(MalformedRecordException.INSTANCE);
        }
    }

    @Test
    void whatIsFoundWholeIsHandedOverAndTheRestIsNot() {
        SplittableRandom random = new SplittableRandom(SEED);
        RecordDecoder checking = new RecordDecoder();
        RecordDecoder reading = new RecordDecoder();
        // Knows any name: only whether a record is whole is compared.
        NameCheck anyName = new NameCheck(new ReadNames()) {
            @Override
            void request(int scenario, int request, int error) {}
        };
        int whole = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] data = new byte[1 + random.nextInt(60)];
            random.nextBytes(data);
            data[0] |= (byte) LogFormat.REQUEST;
            for (int k = 1; k < data.length; k++) {
                // Short numbers mostly, as records have them.
                data[k] &= (byte) (random.nextInt(4) == 0 ? 0xff : 0x7f);
            }
            int end = 1 + random.nextInt(data.length);
            checking.baseMicros = 0;
            reading.baseMicros = 0;

            int found = behind(() -> checking.check(data, 0, end, anyName));

            assertThat(found).isEqualTo(behind(() -> reading.next(data, 0, end, new RecordHandler() {})));
            if (found >= 0) {
                assertThat(checking.baseMicros).isEqualTo(reading.baseMicros);
                assertThat(checking.lastScenario).isEqualTo(reading.lastScenario);
                whole++;
            }
        }
        assertThat(whole).isBetween(50_000, 150_000);
    }

    private static int behind(IntSupplier record) {
        try {
            return record.getAsInt();
        } catch (MalformedRecordException e) {
            return -1;
        }
    }

    @Test
    void randomRequestsComeBackWhateverTheyHold() {
        Path file = folder.resolve("events.onrush");
        TestLog written = new TestLog(file);
        SplittableRandom random = new SplittableRandom(SEED);
        int scenario = written.names.scenario("s");
        List<Integer> requests = new ArrayList<>();
        List<Integer> errors = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            requests.add(written.names.request(Names.NO_GROUP, "request " + i));
            errors.add(written.names.error(ErrorClass.CHECK_FAILED, "message " + i));
        }
        RequestSample sample = new RequestSample();
        for (int i = 0; i < 100_000; i++) {
            sample.clear();
            sample.userId = random.nextLong() >>> random.nextInt(64);
            sample.scenario = random.nextInt(5) == 0 ? written.names.scenario("s" + random.nextInt(3)) : scenario;
            sample.request = requests.get(random.nextInt(300));
            sample.outcome = (byte) random.nextInt(4);
            sample.error = random.nextBoolean() ? RequestSample.NO_ERROR : errors.get(random.nextInt(300));
            sample.status = random.nextInt(3) == 0 ? random.nextInt(1000) : 200;
            sample.intendedStartNanos = micros(random);
            sample.endNanos = sample.intendedStartNanos + micros(random);
            sample.paceOverrunNanos = random.nextInt(4) == 0 ? micros(random) : 0;
            sample.throttleWaitNanos = random.nextInt(4) == 0 ? micros(random) : 0;
            sample.connectionWaitNanos = random.nextInt(4) == 0 ? micros(random) : 0;
            if (random.nextInt(8) > 0) {
                sample.actualStartNanos = sample.intendedStartNanos
                        + sample.paceOverrunNanos
                        + sample.connectionWaitNanos
                        + micros(random);
                sample.firstByteNanos = random.nextBoolean() ? micros(random) : RequestSample.NONE;
            }
            sample.dnsNanos = random.nextInt(4) == 0 ? micros(random) : RequestSample.NONE;
            sample.connectNanos = random.nextInt(4) == 0 ? micros(random) : RequestSample.NONE;
            sample.tlsNanos = random.nextInt(4) == 0 ? micros(random) : RequestSample.NONE;
            sample.bytesSent = random.nextLong() >>> random.nextInt(64);
            sample.bytesReceived = random.nextLong() >>> random.nextInt(64);
            sample.attempt = random.nextInt(10) == 0;
            sample.warmUp = random.nextInt(10) == 0;
            written.recorder.request(sample);
            if (i % 500 == 0) {
                written.log.pump();
            }
        }
        written.log.close();
        RecordTexts read = new RecordTexts();

        ReadSummary summary = EventLogReader.read(file, read);

        assertThat(summary.complete()).isTrue();
        assertThat(summary.damagedBlocks()).isZero();
        assertThat(read.lines).hasSize(100_001).isEqualTo(written.live.lines);
        System.out.println("FIGURE G13 100 000 random requests: differing records 0");
    }

    /** Whole microseconds, from nothing to a month. */
    private static long micros(SplittableRandom random) {
        return (random.nextLong() >>> (22 + random.nextInt(42))) * 1000;
    }

    @Test
    void aRecordIsAsSmallAsPromised() throws IOException {
        double typical = bytesPerRequest("typical", false, 20_000);
        double slow = bytesPerRequest("slow", false, 1_000);
        double other = bytesPerRequest("other", true, 20_000);

        System.out.printf(
                java.util.Locale.ROOT,
                "FIGURE G13 bytes per request at 40 000/s, with its share of names and blocks: typical %.2f (limit 16),"
                        + " new connection, KO and pace %.2f (limit 24); typical at 2000/s, whose smaller blocks name 50"
                        + " requests each, %.2f%n",
                typical,
                other,
                slow);
        assertThat(typical).isLessThanOrEqualTo(16);
        assertThat(other).isLessThanOrEqualTo(24);
    }

    /** 500 users ask for 50 things, as two I/O threads tell it and the log writes it each time so many are there. */
    private double bytesPerRequest(String kind, boolean withMore, int pumpEvery) throws IOException {
        int count = 400_000;
        Path file = folder.resolve(kind + ".onrush");
        TestLog written = new TestLog(file, false);
        Recorder[] io = {written.log.recorder("io-1"), written.log.recorder("io-2")};
        SplittableRandom random = new SplittableRandom(SEED);
        RequestSample sample = new RequestSample();
        long now = written.clock.nanoTime();
        for (int i = 0; i < count; i++) {
            now += random.nextInt(1_000_000);
            long service = 300_000 + (long) (8_000_000 * -Math.log(1 - random.nextDouble()));
            sample.clear();
            sample.userId = random.nextInt(500);
            sample.scenario = written.names.scenario("shop");
            sample.request = written.names.request(Names.NO_GROUP, "request " + random.nextInt(50));
            sample.status = 200;
            sample.endNanos = now + 1_000_000_000;
            sample.actualStartNanos = sample.endNanos - service;
            sample.intendedStartNanos = sample.actualStartNanos - random.nextInt(1_000_000);
            sample.firstByteNanos = service - random.nextInt(60_000);
            sample.bytesSent = 140;
            sample.bytesReceived = 200 + random.nextInt(16_000);
            if (withMore) {
                sample.connectNanos = 100_000 + random.nextInt(100_000);
                sample.paceOverrunNanos = random.nextInt(60_000);
                sample.outcome = RequestSample.KO;
                sample.status = 503;
                sample.error = written.names.error(ErrorClass.CHECK_FAILED, "status().is(200), found 503");
            }
            io[i & 1].request(sample);
            if (i % pumpEvery == pumpEvery - 1) {
                written.log.pump();
            }
        }
        written.log.close();
        return (double) Files.size(file) / count;
    }
}
