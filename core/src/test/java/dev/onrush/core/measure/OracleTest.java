package dev.onrush.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

/** The same log, read by a program that shares no code with us; and read live. */
class OracleTest {
    @TempDir
    Path folder;

    private Aggregate write(Path file, int count) {
        ManualClock clock = new ManualClock();
        Names names = Names.withLimit(100);
        EventLog log = EventLog.create(
                file,
                RunHeader.of("S", "d", clock.wallTime(), 5, "0.1.0"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        Aggregate live = new Aggregate(MeasureOptions.DEFAULT);
        log.addListener(live);
        log.start();
        Recorder[] recorders = {log.recorder("io-0"), log.recorder("io-1")};
        Random random = new Random(2);
        RequestSample sample = new RequestSample();
        int outer = names.group(Names.NO_GROUP, "checkout");
        int inner = names.group(outer, "pay");
        int[] groups = {Names.NO_GROUP, outer, inner};
        for (int i = 0; i < count; i++) {
            clock.advance(Duration.ofNanos(random.nextInt(3_000_000)));
            long now = clock.nanoTime();
            Recorder recorder = recorders[random.nextInt(2)];
            sample.clear();
            sample.userId = i;
            sample.scenario = names.scenario("scenario " + random.nextInt(2));
            sample.request = names.request(groups[random.nextInt(3)], "request " + random.nextInt(4));
            sample.status = 200;
            sample.endNanos = now;
            sample.connectionWaitNanos = random.nextInt(3) == 0 ? random.nextInt(1_000_000) : 0;
            sample.paceOverrunNanos = random.nextInt(5) == 0 ? random.nextInt(1_000_000) : 0;
            long service = (long) Math.exp(random.nextDouble() * 20);
            sample.actualStartNanos = Math.max(0, now - service);
            sample.intendedStartNanos = Math.max(
                    0,
                    sample.actualStartNanos
                            - sample.connectionWaitNanos
                            - sample.paceOverrunNanos
                            - 10_000
                            - random.nextInt(100_000));
            if (sample.intendedStartNanos == 0) {
                sample.connectionWaitNanos = 0;
                sample.paceOverrunNanos = 0;
            }
            sample.firstByteNanos = service / 2;
            sample.bytesSent = random.nextInt(1000);
            sample.bytesReceived = random.nextInt(100_000);
            sample.warmUp = now < 200_000_000;
            switch (random.nextInt(12)) {
                case 0 -> {
                    sample.outcome = RequestSample.KO;
                    sample.status = 503;
                    sample.error = names.error(ErrorClass.CHECK_FAILED, "found 503");
                }
                case 1 -> {
                    sample.outcome = RequestSample.KO;
                    sample.status = 0;
                    sample.actualStartNanos = RequestSample.NONE;
                    sample.error = names.error(ErrorClass.DNS_NOT_FOUND, "no.such.host");
                }
                case 2 -> {
                    sample.outcome = RequestSample.UNFINISHED;
                    sample.error = names.error(ErrorClass.STOP_UNFINISHED, "");
                }
                case 3 -> {
                    sample.outcome = RequestSample.NOT_SENT;
                    sample.error = names.error(ErrorClass.THROTTLE_QUEUE_FULL, "");
                }
                case 4 -> {
                    sample.attempt = true;
                    sample.outcome = RequestSample.KO;
                    sample.error = names.error(ErrorClass.KEEPALIVE_STALE, "");
                }
                default -> {}
            }
            recorder.request(sample);
            if (i % 10 == 0) {
                recorder.userStart(i, sample.scenario, now, now);
                recorder.groupEnd(
                        i,
                        sample.scenario,
                        inner,
                        Math.max(0, now - service),
                        now,
                        service / 2,
                        i % 20 == 0,
                        sample.warmUp);
            }
            if (i % 30 == 0) {
                recorder.userEnd(i, sample.scenario, now, UserEnd.values()[random.nextInt(4)]);
                recorder.usersDropped(sample.scenario, now, 2, DropReason.STOPPED);
                recorder.stepFailure(i, sample.scenario, now, names.error(ErrorClass.USER_EXCEPTION, "no"));
            }
            if (i % 500 == 0) {
                log.pump();
            }
        }
        log.close();
        return live;
    }

    @Test
    void computesTheSameFigures() throws IOException, InterruptedException {
        Path file = folder.resolve("events.onrush");
        write(file, 20_000);
        RunStatistics ours = RunStatistics.read(file, MeasureOptions.DEFAULT);

        JsonNode oracle = oracle(file);

        assertThat(oracle.at("/run/durationSeconds").asDouble())
                .isEqualTo(ours.run().durationSeconds());
        assertThat(oracle.at("/users/started").asLong()).isEqualTo(ours.users().started());
        assertThat(oracle.at("/users/scheduled").asLong())
                .isEqualTo(ours.users().scheduled());
        assertThat(oracle.at("/users/finished").asLong()).isEqualTo(ours.users().finished());
        assertThat(oracle.at("/generator/staleRetries").asLong())
                .isEqualTo(ours.generator().staleRetries());
        assertThat(oracle.at("/generator/stepFailures").asLong())
                .isEqualTo(ours.generator().stepFailures());
        same(oracle.get("total"), ours.total());
        assertThat(oracle.get("requests").size())
                .isEqualTo(ours.requests().size())
                .isEqualTo(12);
        for (RequestStatistics request : ours.requests()) {
            same(named(oracle.get("requests"), request.name(), request.group().toString()), request);
        }
        GroupStatistics pay = ours.groups().get(0);
        JsonNode group = named(oracle.get("groups"), "pay", "[checkout]");
        assertThat(group.at("/count/ok").asLong()).isEqualTo(pay.ok());
        assertThat(group.at("/count/ko").asLong()).isEqualTo(pay.ko());
        same(group.get("duration"), pay.duration());
        same(group.get("cumulated"), pay.cumulated());
    }

    @Test
    void isTheSameLiveAndFromTheLog() {
        Path file = folder.resolve("events.onrush");
        Aggregate live = write(file, 20_000);

        assertThat(RunStatistics.read(file, MeasureOptions.DEFAULT))
                .usingRecursiveComparison()
                .ignoringFields("generator.endMissing")
                .isEqualTo(live.statistics());
    }

    private static JsonNode oracle(Path file) throws IOException, InterruptedException {
        Process python;
        try {
            python = new ProcessBuilder("python3", "../tools/oracle.py", file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "python3 is not there: " + e.getMessage());
            throw e;
        }
        String json = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).isZero();
        return JsonMapper.shared().readTree(json);
    }

    private static JsonNode named(JsonNode list, String name, String group) {
        for (JsonNode item : list) {
            StringBuilder path = new StringBuilder();
            item.get("group")
                    .forEach(part -> path.append(path.isEmpty() ? "" : ", ").append(part.asString()));
            if (item.get("name").asString().equals(name) && ("[" + path + "]").equals(group)) {
                return item;
            }
        }
        throw new AssertionError("no " + name + " in " + group);
    }

    private static void same(JsonNode oracle, RequestStatistics ours) {
        assertThat(oracle.at("/count/ok").asLong()).isEqualTo(ours.ok());
        assertThat(oracle.at("/count/ko").asLong()).isEqualTo(ours.ko());
        assertThat(oracle.at("/unfinished").asLong()).isEqualTo(ours.unfinished());
        assertThat(oracle.at("/notSent/throttle.queue_full").asLong())
                .isEqualTo(ours.notSent().get("throttle.queue_full"));
        assertThat(oracle.at("/statusCodes/200").asLong())
                .isEqualTo(ours.statusCodes().get(200));
        assertThat(oracle.at("/statusCodes/503").asLong())
                .isEqualTo(ours.statusCodes().get(503));
        assertThat(oracle.at("/bytesSent").asLong()).isEqualTo(ours.bytesSent());
        assertThat(oracle.at("/bytesReceived").asLong()).isEqualTo(ours.bytesReceived());
        assertThat(oracle.at("/throughput").asDouble()).isCloseTo(ours.throughput(), within(1e-9));
        same(oracle.get("responseTime"), ours.responseTime());
        same(oracle.get("serviceTime"), ours.serviceTime());
        same(oracle.get("startDelay"), ours.startDelay());
        same(oracle.get("okResponseTime"), ours.okResponseTime());
        same(oracle.get("koResponseTime"), ours.koResponseTime());
        assertThat(oracle.get("errors").size()).isEqualTo(ours.errors().size());
        for (int i = 0; i < ours.errors().size(); i++) {
            ErrorCount error = ours.errors().get(i);
            JsonNode theirs = oracle.get("errors").get(i);
            assertThat(theirs.get("class").asString()).isEqualTo(error.errorClass());
            assertThat(theirs.get("count").asLong()).isEqualTo(error.count());
            assertThat(theirs.get("first").asDouble()).isEqualTo(error.firstMicros() / 1000.0);
            assertThat(theirs.get("last").asDouble()).isEqualTo(error.lastMicros() / 1000.0);
        }
    }

    private static void same(JsonNode oracle, Times ours) {
        assertThat(oracle.get("min").asDouble()).isEqualTo(ours.minMicros() / 1000.0);
        assertThat(oracle.get("max").asDouble()).isEqualTo(ours.maxMicros() / 1000.0);
        assertThat(oracle.get("mean").asDouble() * 1000).isCloseTo(ours.meanMicros(), within(1e-6));
        assertThat(oracle.get("stdDev").asDouble() * 1000).isCloseTo(ours.stdDevMicros(), within(1e-3));
        double[] percentiles = {50, 75, 90, 95, 99, 99.9};
        String[] keys = {"p50", "p75", "p90", "p95", "p99", "p99_9"};
        for (int i = 0; i < keys.length; i++) {
            double exact = oracle.get(keys[i]).asDouble() * 1000;
            assertThat((double) ours.percentileMicros(percentiles[i]))
                    .as(keys[i])
                    .isBetween(exact - 1e-6, exact * 1.001 + 1e-6);
        }
    }
}
