package dev.onrush.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.EventLogReader;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

/** A run whose records lie in several logs, as those of several generators do, has the statistics of one that has them all (M17). */
class SplitLogTest {
    private static final int USERS = 400;
    private static final int REQUESTS = 20;

    @TempDir
    Path folder;

    @Test
    void partsOfALogReadInAnyOrderGiveTheSameHistograms() {
        RunStatistics whole = read(List.of(write("whole", 1).get(0)));
        for (int parts = 1; parts <= 16; parts++) {
            List<Path> logs = new ArrayList<>(write("of-" + parts, parts));
            Collections.shuffle(logs, new Random(parts));

            RunStatistics merged = read(logs);

            assertThat(merged.total()).as("%d parts", parts).isEqualTo(whole.total());
            assertThat(merged.requests()).as("%d parts", parts).isEqualTo(whole.requests());
            assertThat(merged.groups()).as("%d parts", parts).isEqualTo(whole.groups());
            assertThat(merged.users()).as("%d parts", parts).isEqualTo(whole.users());
            assertThat(merged.errors()).as("%d parts", parts).isEqualTo(whole.errors());
            assertThat(merged.timeline()).as("%d parts", parts).isEqualTo(whole.timeline());
        }
        assertThat(whole.total().total()).isEqualTo((long) USERS * REQUESTS);
        assertThat(whole.total().compensated()).isNotNull();
        System.out.printf(
                "FIGURE M17 a log of %d requests split into 1 to 16, read in any order: differing histograms 0%n",
                whole.total().total());
    }

    private static RunStatistics read(List<Path> logs) {
        Aggregate all = new Aggregate(MeasureOptions.DEFAULT);
        for (Path log : logs) {
            Aggregate part = new Aggregate(MeasureOptions.DEFAULT);
            part.noteReading(EventLogReader.read(log, part));
            all.merge(part);
        }
        return all.statistics();
    }

    /** The same records every time, each user's in one of so many logs, and each with its own numbers of names. */
    private List<Path> write(String name, int parts) {
        ManualClock clock = new ManualClock();
        Random split = new Random(parts);
        List<Path> files = new ArrayList<>();
        List<EventLog> logs = new ArrayList<>();
        List<Names> names = new ArrayList<>();
        List<Recorder> recorders = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            Path file = folder.resolve(name + "-" + part + ".onrush");
            Names own = Names.withLimit(100);
            EventLog log = EventLog.create(
                    file,
                    RunHeader.of("S", "", clock.wallTime(), 5, "0.1.0")
                            .with(RunHeader.MODEL_PREFIX + "loop", RunHeader.CLOSED),
                    own,
                    new RunClock(clock),
                    EventLogOptions.DEFAULT.onCallersThread());
            files.add(file);
            logs.add(log);
            names.add(own);
            recorders.add(log.recorder("io-0"));
            log.start();
        }
        Random random = new Random(7);
        for (int user = 0; user < USERS; user++) {
            int part = split.nextInt(parts);
            user(user, names.get(part), recorders.get(part), random);
            logs.get(part).pump();
        }
        // All end with the run, also those that had little to do.
        clock.advance(java.time.Duration.ofSeconds(60));
        logs.forEach(EventLog::close);
        return files;
    }

    private static void user(int user, Names names, Recorder recorder, Random random) {
        int scenario = names.scenario(user % 3 == 0 ? "arrivals" : "loop");
        int group = names.group(Names.NO_GROUP, "group " + user % 2);
        long start = random.nextInt(1_000_000_000);
        long at = start;
        recorder.userStart(user, scenario, start, start);
        RequestSample sample = new RequestSample();
        for (int i = 0; i < REQUESTS; i++) {
            long waited = (long) Math.exp(10 + random.nextDouble() * 11);
            sample.clear();
            sample.userId = user;
            sample.scenario = scenario;
            sample.request = names.request(i % 2 == 0 ? group : Names.NO_GROUP, "request " + i % 5);
            sample.intendedStartNanos = at;
            sample.actualStartNanos = at + 1_000;
            sample.endNanos = at + 1_000 + waited;
            sample.status = 200;
            sample.bytesReceived = random.nextInt(1000);
            if (random.nextInt(20) == 0) {
                sample.outcome = RequestSample.KO;
                sample.status = 503;
                sample.error = names.error(ErrorClass.CHECK_FAILED, "found 503");
            }
            recorder.request(sample);
            at = sample.endNanos + random.nextInt(100_000_000);
        }
        recorder.groupEnd(user, scenario, group, start, at, at - start, user % 7 != 0, false);
        recorder.userEnd(user, scenario, at, UserEnd.THROUGH);
    }
}
