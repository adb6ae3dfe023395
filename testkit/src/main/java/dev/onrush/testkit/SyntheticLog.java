package dev.onrush.testkit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

/**
 * The log of a run that never was: 500 users, as many requests, names and seconds as asked for, one in 200 KO; written by the
 * product's own writer as two I/O threads and a control thread would have it. The same every time.
 */
public final class SyntheticLog {
    private static final int USERS = 500;
    private static final long SECOND = 1_000_000_000;
    private static final int PUMP_EVERY = 10_000;

    private SyntheticLog() {}

    /** Writes it into a folder and returns the file. */
    public static Path write(Path folder, long requests, int seconds, int requestNames) {
        Path file = folder.resolve("events.onrush");
        Names names = Names.withLimit(5000);
        ManualClock clock = new ManualClock(Instant.parse("2026-11-26T08:00:00Z"));
        long startNanos = clock.nanoTime();
        EventLog log = EventLog.create(
                file,
                RunHeader.of("SyntheticSimulation", "", clock.wallTime(), 1, "0.1.0"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        Recorder control = log.recorder("control");
        Recorder[] io = {log.recorder("io-0"), log.recorder("io-1")};
        log.start();
        int scenario = names.scenario("shop");
        for (int user = 0; user < USERS; user++) {
            control.userStart(user, scenario, 0, 0);
        }
        SplittableRandom random = new SplittableRandom(42);
        RequestSample sample = new RequestSample();
        HealthSample health = new HealthSample();
        double stepNanos = (double) seconds * SECOND / requests;
        long second = 1;
        for (long i = 0; i < requests; i++) {
            long end = (long) (i * stepNanos) + 50_000_000;
            if (end / SECOND >= second) {
                clock.advanceTo(startNanos + second * SECOND);
                health.atNanos = second++ * SECOND;
                health.processCpuPercent = 60;
                health.activeUsers = USERS;
                control.health(health);
            }
            if (i % PUMP_EVERY == 0) {
                log.pump();
            }
            fill(sample, random, names, requestNames, end);
            sample.scenario = scenario;
            io[(int) (i & 1)].request(sample);
        }
        clock.advanceTo(startNanos + seconds * SECOND);
        for (int user = 0; user < USERS; user++) {
            control.userEnd(user, scenario, seconds * SECOND, UserEnd.THROUGH);
        }
        log.close();
        return file;
    }

    private static void fill(RequestSample sample, SplittableRandom random, Names names, int requestNames, long end) {
        int name = random.nextInt(requestNames);
        long service = (long) (2_000_000 * (1 + name % 7) * -Math.log(1 - random.nextDouble())) + 300_000;
        sample.clear();
        sample.userId = random.nextInt(USERS);
        sample.request = names.request(Names.NO_GROUP, "request " + name);
        sample.status = 200;
        sample.endNanos = end;
        sample.actualStartNanos = Math.max(0, end - service);
        sample.intendedStartNanos = Math.max(0, sample.actualStartNanos - random.nextInt(1_000_000));
        sample.firstByteNanos = (end - sample.actualStartNanos) * 9 / 10;
        sample.bytesSent = 140;
        sample.bytesReceived = 1_000 + random.nextInt(1_000);
        if (random.nextInt(200) == 0) {
            sample.outcome = RequestSample.KO;
            sample.status = 503;
            sample.error = names.error(ErrorClass.CHECK_FAILED, "status().is(200), found 503");
        }
    }
}
