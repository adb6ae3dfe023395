package dev.onrush.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;
import dev.onrush.report.testing.Runs;

/** A run made up from a seed, all of whose requests are known: as one log, or cut by user among generators. */
final class MadeUpRun {
    static final long SECOND = 1_000_000_000;
    static final int SECONDS = 40;

    /** A request; instants in nanoseconds since the run began, whole microseconds. */
    record Request(
            long user,
            boolean grouped,
            String name,
            boolean ok,
            boolean timed,
            long intended,
            long actual,
            long end,
            int status,
            int sent,
            int received,
            boolean warmUp) {
        double responseMillis() {
            return (end - intended) / 1e6;
        }
    }

    /** From its start to its end. */
    record User(long id, long start, long end) {}

    final List<Request> requests = new ArrayList<>();
    final List<User> users = new ArrayList<>();
    private final long warmUpNanos;

    /** @param firstStart no user starts before */
    MadeUpRun(long seed, int howMany, long firstStart, long warmUpNanos) {
        this.warmUpNanos = warmUpNanos;
        Random random = new Random(seed);
        for (int id = 0; id < howMany; id++) {
            long start = micros(firstStart + (long) (random.nextDouble() * 25 * SECOND));
            long at = start;
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                long intended = at;
                long actual = micros(intended + random.nextInt(3_000_000));
                long end = micros(actual + 300_000 + (long) Math.exp(14 + random.nextGaussian() * 1.5));
                if (end > SECONDS * SECOND) {
                    break;
                }
                boolean ok = random.nextInt(15) > 0;
                requests.add(new Request(
                        id,
                        i % 3 == 0,
                        "request " + i % 4,
                        ok,
                        ok || random.nextBoolean(),
                        intended,
                        actual,
                        end,
                        ok ? 200 : 503,
                        random.nextInt(500),
                        random.nextInt(5000),
                        intended < warmUpNanos));
                at = micros(end + random.nextInt(900_000_000));
            }
            users.add(new User(id, start, Math.min(at, SECONDS * SECOND)));
        }
    }

    private static long micros(long nanos) {
        return nanos / 1000 * 1000;
    }

    /** Writes it as one log and returns the folder. */
    Path write(Path folder) throws Exception {
        return write(folder, 0, 1, 0, RunHeader.of("shop.Made", "", Runs.START, 42, "0.1.0"));
    }

    /**
     * Writes what the users of a generator did.
     *
     * @param part users whose number is this one modulo {@code parts}
     * @param beganNanos when this generator's run began; its log counts from then on
     */
    Path write(Path folder, int part, int parts, long beganNanos, RunHeader header) throws Exception {
        Files.createDirectories(folder);
        ManualClock clock = new ManualClock();
        long begin = clock.nanoTime();
        Names names = Names.withLimit(100);
        EventLog log = EventLog.create(
                folder.resolve("events.onrush"),
                header.with(RunHeader.START, Runs.START.plusNanos(beganNanos).toString())
                        .with(RunHeader.TLS_VERIFICATION, "true"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        Recorder recorder = log.recorder("io-0");
        log.start();
        int scenario = names.scenario("browse");
        record Happening(long at, Runnable told) {}
        List<Happening> all = new ArrayList<>();
        for (User user : users) {
            if (user.id() % parts == part) {
                long start = user.start() - beganNanos;
                long end = user.end() - beganNanos;
                all.add(new Happening(start, () -> recorder.userStart(user.id(), scenario, start, start)));
                all.add(new Happening(end, () -> {
                    int group = names.group(Names.NO_GROUP, "shop");
                    recorder.groupEnd(user.id(), scenario, group, start, end, (end - start) / 2, true, false);
                    recorder.userEnd(user.id(), scenario, end, UserEnd.THROUGH);
                }));
            }
        }
        RequestSample sample = new RequestSample();
        for (Request request : requests) {
            if (request.user() % parts == part) {
                all.add(new Happening(request.end() - beganNanos, () -> {
                    fill(sample, request, beganNanos, names);
                    sample.scenario = scenario;
                    recorder.request(sample);
                }));
            }
        }
        HealthSample health = new HealthSample();
        for (int second = 1; second <= SECONDS; second++) {
            long at = second * SECOND - beganNanos;
            if (at > 0) {
                all.add(new Happening(at, () -> {
                    health.atNanos = at;
                    health.processCpuPercent = 10 + part;
                    health.openConnections = 5;
                    recorder.health(health);
                }));
            }
        }
        if (warmUpNanos > 0) {
            all.add(new Happening(
                    warmUpNanos, () -> recorder.mark(MarkKind.WARM_UP_END, warmUpNanos, "warm-up is over")));
        }
        all.sort(Comparator.comparingLong(Happening::at));
        int pumped = 0;
        for (Happening happening : all) {
            clock.advanceTo(Math.max(clock.nanoTime(), begin + happening.at()));
            happening.told().run();
            if (++pumped % 100 == 0) {
                log.pump();
            }
        }
        clock.advanceTo(begin + SECONDS * SECOND - beganNanos);
        log.close();
        return folder;
    }

    private static void fill(RequestSample sample, Request request, long beganNanos, Names names) {
        sample.clear();
        sample.userId = request.user();
        int group = request.grouped() ? names.group(Names.NO_GROUP, "shop") : Names.NO_GROUP;
        sample.request = names.request(group, request.name());
        sample.intendedStartNanos = request.intended() - beganNanos;
        sample.actualStartNanos = request.timed() ? request.actual() - beganNanos : RequestSample.NONE;
        sample.endNanos = request.end() - beganNanos;
        sample.status = request.status();
        sample.bytesSent = request.sent();
        sample.bytesReceived = request.received();
        sample.warmUp = request.warmUp();
        if (!request.ok()) {
            sample.outcome = RequestSample.KO;
            sample.error = names.error(ErrorClass.CHECK_FAILED, "found 503");
        }
    }

    /** Those that a window counts. */
    List<Request> counted(Duration from, Duration to) {
        return requests.stream()
                .filter(request -> request.end() >= from.toNanos() && request.end() < to.toNanos())
                .filter(request -> !request.warmUp())
                .toList();
    }
}
