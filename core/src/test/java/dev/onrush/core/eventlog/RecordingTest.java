package dev.onrush.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.time.Clock;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

/** Recording as the engine's threads do it. */
class RecordingTest {
    @TempDir
    Path folder;

    private final Names names = Names.withLimit(5000);
    private final RunHeader header = RunHeader.of("S", "", new ManualClock().wallTime(), 1, "0.1.0");

    private static RequestSample sample(Names names, long endNanos) {
        RequestSample sample = new RequestSample();
        sample.userId = 4711;
        sample.scenario = names.scenario("shop");
        sample.request = names.request(Names.NO_GROUP, "home");
        sample.status = 200;
        sample.intendedStartNanos = Math.max(0, endNanos - 2_000_000);
        sample.actualStartNanos = sample.intendedStartNanos;
        sample.endNanos = endNanos;
        sample.firstByteNanos = 0;
        sample.bytesSent = 140;
        sample.bytesReceived = 1500;
        return sample;
    }

    @Test
    void losesNothingWhenManyThreadsHammer() throws InterruptedException {
        Path file = folder.resolve("events.onrush");
        EventLog log = EventLog.create(
                file, header, names, new RunClock(Clock.system()), EventLogOptions.DEFAULT.withBufferBytes(256 << 20));
        AtomicLong live = new AtomicLong();
        log.addListener(new LogListener() {
            @Override
            public void request(RequestSample sample) {
                live.incrementAndGet();
            }
        });
        log.start();
        int each = 100_000;
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Recorder recorder = log.recorder("io-" + t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    RequestSample sample = sample(names, 1_000_000L + i * 1000L);
                    sample.request = names.request(Names.NO_GROUP, "request " + i % 50);
                    recorder.request(sample);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        LogTotals totals = log.close();

        AtomicLong read = new AtomicLong();
        ReadSummary summary = EventLogReader.read(file, new RecordHandler() {
            @Override
            public void request(RequestSample sample) {
                read.incrementAndGet();
            }
        });
        assertThat(totals.records()).isEqualTo(8L * each);
        assertThat(totals.recordsLost()).isZero();
        assertThat(read.get()).isEqualTo(8L * each);
        assertThat(live.get()).isEqualTo(8L * each);
        assertThat(summary.complete()).isTrue();
        assertThat(summary.damagedBlocks()).isZero();
    }

    /** Takes what it is given only once the gate is open. */
    private static final class GatedChannel implements WritableByteChannel {
        final CountDownLatch gate = new CountDownLatch(1);
        final Path file;
        int writes;

        GatedChannel(Path file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (writes++ > 0) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            Files.write(file, bytes, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
            return bytes.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void losesAndCountsWhatDoesNotFitWhileTheDiskIsSlowButNeverWaits() {
        Path file = folder.resolve("events.onrush");
        GatedChannel slow = new GatedChannel(file);
        EventLog log = new EventLog(
                file,
                slow,
                header,
                names,
                new RunClock(Clock.system()),
                EventLogOptions.DEFAULT.withBufferBytes(1 << 20));
        Recorder recorder = log.recorder("io-0");
        log.start();
        int offered = 300_000;

        // The channel stands still all the time: would recording wait for it, this would never end.
        for (int i = 0; i < offered; i++) {
            recorder.request(sample(names, 1_000_000L + i * 1000L));
        }
        slow.gate.countDown();
        LogTotals totals = log.close();

        RecordTexts read = new RecordTexts();
        ReadSummary summary = EventLogReader.read(file, read);
        assertThat(totals.records()).isEqualTo(offered);
        assertThat(totals.requestsOk()).isEqualTo(offered);
        assertThat(totals.recordsLost()).isBetween(1L, offered - 60_000L);
        assertThat(summary.records()).isEqualTo(offered - totals.recordsLost());
        assertThat(read.ended.recordsLost()).isEqualTo(totals.recordsLost());
        assertThat(summary.damagedBlocks()).isZero();
    }

    /** Has room for so many bytes. */
    private static final class FullChannel implements WritableByteChannel {
        private final java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        private final int room;

        FullChannel(int room) {
            this.room = room;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            int length = Math.min(from.remaining(), room - out.size());
            if (length == 0) {
                throw new IOException("No space left on device");
            }
            byte[] bytes = new byte[length];
            from.get(bytes);
            out.writeBytes(bytes);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void tellsOnceThatTheDiskIsFullAndGoesOnCounting() throws IOException {
        Path file = folder.resolve("events.onrush");
        FullChannel full = new FullChannel(100_000);
        List<String> failures = new ArrayList<>();
        EventLog log = new EventLog(
                file,
                full,
                header,
                names,
                new RunClock(new ManualClock()),
                EventLogOptions.DEFAULT.onCallersThread().withOnWriteFailure(e -> failures.add(e.getMessage())));
        RecordTexts live = new RecordTexts();
        log.addListener(live);
        log.start();
        Recorder recorder = log.recorder("io-0");
        for (int i = 0; i < 20_000; i++) {
            recorder.request(sample(names, 1_000_000L + i * 1000L));
            if (i % 1000 == 0) {
                log.pump();
            }
        }

        LogTotals totals = log.close();

        assertThat(failures)
                .singleElement()
                .asString()
                .matches(java.util.regex.Pattern.quote(file.toString())
                        + ", byte \\d+: cannot be written \\(java.io.IOException: No space left on device\\)\\. The run "
                        + "is recorded up to here only; make room on the disk or choose another results folder with "
                        + "-Donrush.results\\.");
        assertThat(live.lines).hasSize(20_001);
        assertThat(totals.writeFailedAtNanos()).isZero();
        Files.write(file, full.out.toByteArray());
        RecordTexts read = new RecordTexts();
        ReadSummary summary = EventLogReader.read(file, read);
        assertThat(read.lines)
                .isEqualTo(live.lines.subList(0, read.lines.size()))
                .hasSizeGreaterThan(5000);
        assertThat(summary.truncated()).isTrue();
        assertThat(summary.complete()).isFalse();
    }

    @Test
    void recordsWithoutAllocating() {
        EventLog log = EventLog.create(
                folder.resolve("events.onrush"),
                header,
                names,
                new RunClock(new ManualClock()),
                EventLogOptions.DEFAULT.onCallersThread());
        log.start();
        Recorder recorder = log.recorder("io-0");
        RequestSample sample = sample(names, 1_000_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            // Within one chunk: the next one is provided by the log.
            log.pump();
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 1000; i++) {
                sample.endNanos += 1000;
                sample.scenario = names.scenario("shop");
                sample.request = names.request(Names.NO_GROUP, "home");
                recorder.userStart(i, sample.scenario, sample.endNanos, sample.endNanos);
                recorder.request(sample);
                recorder.userEnd(i, sample.scenario, sample.endNanos, UserEnd.THROUGH);
            }
            allocated = Math.min(allocated, threads.getThreadAllocatedBytes(id) - before);
        }

        assertThat(allocated).isZero();
        log.close();
    }
}
