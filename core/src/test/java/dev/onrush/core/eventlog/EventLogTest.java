package dev.onrush.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    @TempDir
    Path folder;

    @Test
    void readsEveryKindOfRecordAsItWasWritten() {
        Path file = folder.resolve("events.onrush");
        TestLog written = new TestLog(file);
        written.oneOfEach();
        LogTotals totals = written.log.close();
        RecordTexts read = new RecordTexts();

        ReadSummary summary = EventLogReader.read(file, read);

        assertThat(read.lines).isEqualTo(written.live.lines).hasSize(13);
        assertThat(read.lines.get(0)).isEqualTo("start 1 shop 1000 2000");
        assertThat(read.lines.get(1))
                .isEqualTo(
                        "request 1 shop [] home 0 - 200 2000 5000 905000 0 0 0 -1 -1 -1 800000 150 2000 false false");
        assertThat(read.lines.get(2))
                .isEqualTo(
                        "request 70000 other shop [checkout, pay] pay 1 check.failed:status().is(200), found 503 503 "
                                + "10000000 13500000 2000000000 1000000 7000 2000000 1000 2000 0 90000000 0 0 true true");
        assertThat(read.lines.get(3))
                .isEqualTo(
                        "request 2 shop [checkout] refused 1 connect.refused: 0 20000 -1 30000 0 0 0 -1 -1 -1 -1 0 0 "
                                + "false false");
        assertThat(read.lines.get(8))
                .isEqualTo("health 1000000000 51000000 3000 4 190 99 6 1099511627776 7 8 9 10 -3600000 11 12 13");
        assertThat(read.lines.get(9)).isEqualTo("mark NOTE 1500000000 half time — ½");
        assertThat(read.header).isNotNull();
        assertThat(read.header.values())
                .containsEntry("simulation", "ShopSimulation")
                .containsEntry("start", "2026-11-23T08:00:00Z")
                .containsEntry("seed", "42")
                .containsEntry("setting.log.bufferMiB", "1");
        assertThat(summary).isEqualTo(new ReadSummary(12, 0, 0, 0, 0, false, true));
        assertThat(totals.records()).isEqualTo(12);
        assertThat(totals.requestsOk()).isEqualTo(1);
        assertThat(totals.requestsKo()).isEqualTo(1);
        assertThat(totals.attempts()).isEqualTo(1);
        assertThat(totals.bytes()).isEqualTo(file.toFile().length());
    }

    @Test
    void keepsWhatLaterVersionsTellOfTheGenerator() {
        Path file = folder.resolve("events.onrush");
        TestLog written = new TestLog(file);
        HealthSample health = new HealthSample();
        health.atNanos = 1_000_000_000;
        health.localPortsUsed = 19_460;
        health.localPorts = 28_232;
        health.openFilesLimit = 1 << 20;
        health.logQueuedBytes = 65_536;
        written.recorder.health(health);
        HeldPlace held = new HeldPlace(
                "scenario \"s\" > step 1", 3, 250_000_000, 400_000_000, 900_000_000, 7, "io-0", "at A.b(A.java:1)\n");
        written.recorder.heldThread(held, 1_000_000_000);
        HeldPlace endless = new HeldPlace("p".repeat(3000), 1, 1_000, 1_000, 2_000, 1, "loop-0", "→".repeat(9000));
        written.recorder.heldThread(endless, 2_000_000_000);
        written.log.close();
        RecordTexts read = new RecordTexts();

        EventLogReader.read(file, read);

        assertThat(read.lines.get(0)).endsWith(" 0 0 0 19460/28232 1048576 65536");
        assertThat(read.lines.get(1)).isEqualTo("held 1000000000 " + held);
        assertThat(read.lines.get(2)).hasSizeLessThan(3700).contains("userId=1, thread=loop-0, stack=→→→", "…]");
    }

    @Test
    void cutsInstantsToMicrosecondsBeforeItTakesDifferences() {
        Path file = folder.resolve("events.onrush");
        TestLog written = new TestLog(file);
        RequestSample sample = new RequestSample();
        sample.scenario = written.names.scenario("shop");
        sample.request = written.names.request(Names.NO_GROUP, "home");
        sample.intendedStartNanos = 1_999;
        sample.connectionWaitNanos = 1_500;
        sample.actualStartNanos = 4_001;
        sample.endNanos = 6_999;
        written.recorder.request(sample);
        written.log.close();

        long[] micros = new long[3];
        EventLogReader.read(file, new RecordHandler() {
            @Override
            public void request(RequestSample read) {
                micros[0] = read.responseMicros();
                micros[1] = read.startDelayMicros();
                micros[2] = read.serviceMicros();
            }
        });

        assertThat(micros).containsExactly(5, 2, 2);
        assertThat(micros).containsExactly(sample.responseMicros(), sample.startDelayMicros(), sample.serviceMicros());
    }

    @Test
    void splitsManyRecordsIntoBlocksAndLosesNone() {
        Path file = folder.resolve("events.onrush");
        TestLog written = new TestLog(file);
        written.requests(50_000, 1);
        LogTotals totals = written.log.close();
        RecordTexts read = new RecordTexts();

        ReadSummary summary = EventLogReader.read(file, read);

        assertThat(read.lines).isEqualTo(written.live.lines);
        assertThat(summary).isEqualTo(new ReadSummary(50_000, 0, 0, 0, 0, false, true));
        assertThat(totals.recordsLost()).isZero();
        assertThat((double) totals.bytes() / totals.records()).isLessThan(16);
    }

    @Test
    void tellsListenersOfEachSecond() {
        TestLog written = new TestLog(folder.resolve("events.onrush"));

        for (int i = 0; i < 7; i++) {
            written.advance(Duration.ofMillis(500));
        }
        written.log.close();

        assertThat(written.live.ticks).containsExactly(1_000_000_000L, 2_000_000_000L, 3_000_000_000L);
        assertThat(written.live.closed).isNotNull();
    }

    @Test
    void goesOnWithoutAListenerThatThrows() {
        TestLog written = new TestLog(folder.resolve("events.onrush"));
        written.log.addListener(new LogListener() {
            @Override
            public void request(RequestSample sample) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public String toString() {
                return "a bad listener";
            }
        });

        written.oneOfEach();
        written.log.close();

        assertThat(written.live.lines).hasSize(13);
    }

    @Test
    void refusesToWriteOverALog() throws IOException {
        Path file = Files.createFile(folder.resolve("events.onrush"));

        assertThatThrownBy(() -> new TestLog(file))
                .isInstanceOf(EventLogException.class)
                .hasMessage(file + ": exists already. Choose another results folder.");
    }

    @Test
    void canBeReadByItsOwnerOnly() throws IOException {
        Path file = folder.resolve("events.onrush");

        new TestLog(file).log.close();

        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(file))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        } else {
            assertThat(file).exists();
        }
    }

    @Test
    void handsTheNamesOverThatARecordUses() {
        Path file = folder.resolve("events.onrush");
        TestLog written = new TestLog(file);
        List<String> hostile = List.of(
                "x".repeat(100_000),
                "a\0b",
                "lone \ud800 half",
                "\udc00",
                "שלום",
                "😀".repeat(600),
                "line\nfeed \"q\" \\ </script>");
        RequestSample sample = new RequestSample();
        sample.scenario = written.names.scenario("shop");
        for (String name : hostile) {
            sample.request = written.names.request(Names.NO_GROUP, name);
            written.recorder.request(sample);
        }
        written.log.close();
        RecordTexts read = new RecordTexts();

        EventLogReader.read(file, read);

        assertThat(read.lines).isEqualTo(written.live.lines);
        assertThat(read.lines.get(0)).contains(" " + "x".repeat(999) + "… ");
        assertThat(read.lines.get(1)).contains("a\0b");
        assertThat(read.lines.get(2)).contains("lone \ufffd half");
        assertThat(read.lines.get(3)).contains(" \ufffd ");
        assertThat(read.lines.get(5)).contains(" " + "😀".repeat(499) + "… ");
        assertThat(read.lines.get(6)).contains(hostile.get(6));
    }
}
