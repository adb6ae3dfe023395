package dev.onrush.core.eventlog;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

/** A log on a manual clock, and what tests write into it. */
final class TestLog {
    final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T08:00:00Z"));
    final Names names = Names.withLimit(5000);
    final RecordTexts live = new RecordTexts();
    final EventLog log;
    final Recorder recorder;

    TestLog(Path file) {
        this(file, true);
    }

    /** @param listening whether {@link #live} keeps what is written */
    TestLog(Path file, boolean listening) {
        log = EventLog.create(
                file,
                RunHeader.of("ShopSimulation", "a test", clock.wallTime(), 42, "0.1.0")
                        .withSetting("log.bufferMiB", "1"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        if (listening) {
            log.addListener(live);
        }
        recorder = log.recorder("io-0");
        log.start();
    }

    void advance(Duration by) {
        clock.advance(by);
        log.pump();
    }

    /** One of each kind, with every field set to something of its own. */
    void oneOfEach() {
        int shop = names.scenario("shop");
        int outer = names.group(Names.NO_GROUP, "checkout");
        int inner = names.group(outer, "pay");
        recorder.userStart(1, shop, 1_000, 2_000);
        RequestSample sample = new RequestSample();
        sample.userId = 1;
        sample.scenario = shop;
        sample.request = names.request(Names.NO_GROUP, "home");
        sample.status = 200;
        sample.intendedStartNanos = 2_000;
        sample.actualStartNanos = 5_000;
        sample.endNanos = 905_000;
        sample.firstByteNanos = 800_000;
        sample.bytesSent = 150;
        sample.bytesReceived = 2_000;
        recorder.request(sample);
        sample.clear();
        sample.userId = 70_000;
        sample.scenario = names.scenario("other shop");
        sample.request = names.request(inner, "pay");
        sample.outcome = RequestSample.KO;
        sample.error = names.error(ErrorClass.CHECK_FAILED, "status().is(200), found 503");
        sample.status = 503;
        sample.intendedStartNanos = 10_000_000;
        sample.paceOverrunNanos = 1_000_000;
        sample.throttleWaitNanos = 7_000;
        sample.connectionWaitNanos = 2_000_000;
        sample.actualStartNanos = 13_500_000;
        sample.endNanos = 2_000_000_000;
        sample.dnsNanos = 1_000;
        sample.connectNanos = 2_000;
        sample.tlsNanos = 0;
        sample.firstByteNanos = 90_000_000;
        sample.attempt = true;
        sample.warmUp = true;
        recorder.request(sample);
        sample.clear();
        sample.userId = 2;
        sample.request = names.request(outer, "refused");
        sample.outcome = RequestSample.KO;
        sample.error = names.error(ErrorClass.CONNECT_REFUSED, "");
        sample.intendedStartNanos = 20_000;
        sample.endNanos = 30_000;
        recorder.request(sample);
        recorder.groupEnd(1, shop, inner, 1_000, 5_000_000, 3_000_000, true, false);
        recorder.groupEnd(1, shop, outer, 1_000, 6_000_000, 3_000_000, false, true);
        recorder.stepFailure(1, shop, 7_000_000, names.error(ErrorClass.USER_EXCEPTION, "java.lang.Exception: \"no\""));
        HealthSample health = new HealthSample();
        health.atNanos = 1_000_000_000;
        recorder.health(health);
        health.longestSilenceNanos = 51_000_000;
        health.hiccupNanos = 3_000;
        health.gcPauseMillis = 4;
        health.processCpuPercent = 190;
        health.machineCpuPercent = 99;
        health.stealPercent = 6;
        health.heapUsedBytes = 1L << 40;
        health.openFiles = 7;
        health.openConnections = 8;
        health.tcpRetransmits = 9;
        health.throttledMillis = 10;
        health.wallClockJumpMillis = -3_600_000;
        health.recordsLost = 11;
        health.activeUsers = 12;
        health.inFlightRequests = 13;
        recorder.health(health);
        recorder.mark(MarkKind.NOTE, 1_500_000_000, "half time — ½");
        recorder.usersDropped(shop, 1_600_000_000, 3, DropReason.STOPPED);
        recorder.userEnd(1, shop, 1_700_000_000, UserEnd.BLOCKED);
    }

    /** Requests as a run has them. */
    void requests(int count, long seed) {
        Random random = new Random(seed);
        RequestSample sample = new RequestSample();
        long now = clock.nanoTime();
        for (int i = 0; i < count; i++) {
            now += random.nextInt(2_000_000);
            sample.clear();
            sample.userId = random.nextInt(10_000);
            sample.scenario = names.scenario("shop");
            sample.request = names.request(Names.NO_GROUP, "request " + random.nextInt(10));
            sample.status = 200;
            sample.endNanos = now;
            sample.actualStartNanos = Math.max(0, now - random.nextInt(16_000_000));
            sample.intendedStartNanos = Math.max(0, sample.actualStartNanos - random.nextInt(1_000_000));
            sample.firstByteNanos = sample.endNanos - sample.actualStartNanos - random.nextInt(40_000);
            sample.bytesSent = 140;
            sample.bytesReceived = 1_500;
            if (random.nextInt(20) == 0) {
                sample.outcome = RequestSample.KO;
                sample.status = 500;
                sample.error = names.error(ErrorClass.CHECK_FAILED, "found 500");
            }
            recorder.request(sample);
            if (i % 1000 == 999) {
                log.pump();
            }
        }
        clock.advanceTo(now);
    }
}
