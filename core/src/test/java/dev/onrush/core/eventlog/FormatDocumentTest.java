package dev.onrush.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

/** docs/event-log.md and the logs of earlier versions stay true. */
class FormatDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/event-log.md");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    /** The log of the document's example. */
    private static byte[] example() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ManualClock clock = new ManualClock(Instant.parse("2026-11-23T08:00:00Z"));
        Names names = Names.withLimit(10);
        EventLog log = new EventLog(
                Path.of("events.onrush"),
                Channels.newChannel(out),
                "SYNCMARKSYNCMARK".getBytes(StandardCharsets.US_ASCII),
                new RunHeader(Map.of(RunHeader.START, clock.wallTime().toString())),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        log.start();
        Recorder recorder = log.recorder("io-0");
        RequestSample sample = new RequestSample();
        sample.userId = 300;
        sample.scenario = names.scenario("s");
        sample.request = names.request(names.group(Names.NO_GROUP, "g"), "get");
        sample.status = 404;
        sample.outcome = RequestSample.KO;
        sample.error = names.error(ErrorClass.CHECK_FAILED, "404");
        sample.intendedStartNanos = 1_000_000;
        sample.actualStartNanos = 1_250_000;
        sample.connectionWaitNanos = 50_000;
        sample.connectNanos = 400_000;
        sample.firstByteNanos = 900_000;
        sample.endNanos = 2_200_000;
        sample.bytesSent = 100;
        sample.bytesReceived = 1000;
        recorder.userStart(300, sample.scenario, 1_000_000, 1_100_000);
        recorder.request(sample);
        recorder.userEnd(300, sample.scenario, 2_200_000, UserEnd.THROUGH);
        log.close();
        return out.toByteArray();
    }

    private static String hex(byte[] bytes) {
        StringBuilder dump = new StringBuilder();
        for (int line = 0; line < bytes.length; line += 16) {
            dump.append(String.format("%04x ", line));
            StringBuilder text = new StringBuilder();
            for (int i = line; i < Math.min(bytes.length, line + 16); i++) {
                dump.append(String.format(" %02x", bytes[i]));
                text.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
            dump.append("   ".repeat(Math.max(0, line + 16 - bytes.length)))
                    .append("  ")
                    .append(text)
                    .append('\n');
        }
        return dump.toString();
    }

    @Test
    void theDocumentShowsTheBytesThatAreWritten() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains(hex(example()));
    }

    @Test
    void theFirstFormatCanStillBeRead() throws IOException {
        RecordTexts read = new RecordTexts();

        ReadSummary summary = EventLogReader.read(GOLDEN.resolve("format-1.0.onrush"), read);

        assertThat(read.lines).isEqualTo(Files.readAllLines(GOLDEN.resolve("format-1.0.txt")));
        assertThat(summary).isEqualTo(new ReadSummary(17, 0, 0, 0, 0, false, true));
        assertThat(read.header).isNotNull();
        assertThat(read.header.get(RunHeader.SIMULATION)).isEqualTo("ShopSimulation");
    }
}
