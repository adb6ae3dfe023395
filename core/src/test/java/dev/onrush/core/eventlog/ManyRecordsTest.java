package dev.onrush.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.time.Clock;
import dev.onrush.core.time.RunClock;

/** As many records as a long run makes, through recorder, log thread, file and reader (G13). */
class ManyRecordsTest {
    private static final int BATCH = 50_000;

    @TempDir
    Path folder;

    /** Counts and adds up; keeps nothing. */
    private static final class Sums implements RecordHandler {
        long requests;
        long bytes;
        long lastUser = -1;

        @Override
        public void request(RequestSample sample) {
            requests++;
            bytes += sample.bytesReceived;
            lastUser = sample.userId;
        }
    }

    private void many(long count) throws IOException, InterruptedException {
        Names names = Names.withLimit(100);
        Path file = folder.resolve("events.onrush");
        RunClock clock = new RunClock(Clock.system());
        EventLog log = EventLog.create(
                file,
                RunHeader.of("Many", "", Clock.system().wallTime(), 1, "0.1.0"),
                names,
                clock,
                EventLogOptions.DEFAULT);
        Recorder recorder = log.recorder("io-0");
        log.start();
        RequestSample sample = new RequestSample();
        sample.scenario = names.scenario("shop");
        sample.status = 200;
        sample.bytesSent = 140;
        int[] requests = new int[50];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = names.request(Names.NO_GROUP, "request " + i);
        }
        long sent = 0;
        long startNanos = System.nanoTime();
        for (long i = 0; i < count; i++) {
            sample.userId = i;
            sample.request = requests[(int) (i % 50)];
            sample.endNanos = 1_000_000_000 + i * 50_000;
            sample.actualStartNanos = sample.endNanos - 900_000 - (i & 1023) * 1000;
            sample.intendedStartNanos = sample.actualStartNanos - 30_000;
            sample.firstByteNanos = 800_000;
            sample.bytesReceived = 1_000 + (i & 511);
            sent += sample.bytesReceived;
            recorder.request(sample);
            if (i % BATCH == BATCH - 1) {
                // Faster than any run: what is not yet written must stay below the buffer.
                while (i * 14 - log.totals().bytes() > 32 << 20) {
                    Thread.onSpinWait();
                }
            }
        }
        LogTotals totals = log.close();
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        Sums sums = new Sums();

        ReadSummary summary = EventLogReader.read(file, sums);

        assertThat(totals.recordsLost()).isZero();
        assertThat(totals.records()).isEqualTo(count);
        assertThat(summary.records()).isEqualTo(count);
        assertThat(summary.complete()).isTrue();
        assertThat(sums.requests).isEqualTo(count);
        assertThat(sums.bytes).isEqualTo(sent);
        assertThat(sums.lastUser).isEqualTo(count - 1);
        System.out.printf(
                java.util.Locale.ROOT,
                "FIGURE G13 %d records of one thread: %.1f bytes each (user ids up to %d), written at %.1f million/s, lost"
                        + " 0, all read%n",
                count,
                (double) Files.size(file) / count,
                count,
                count / seconds / 1e6);
    }

    @Test
    void millionsOfRecordsAreWrittenAndRead() throws Exception {
        many(5_000_000);
    }

    @Test
    @Tag("nightly")
    void aHundredMillionRecordsAreWrittenAndRead() throws Exception {
        many(100_000_000);
    }
}
