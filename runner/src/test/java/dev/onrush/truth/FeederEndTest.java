package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthServer;

/** A feeder of ten records and a hundred users (G24), and one that is larger than the heap (G25). */
@Tag("beside")
class FeederEndTest {
    private static final int RECORDS = 10;
    private static final int USERS = 100;

    @TempDir
    Path results;

    /** What an author may ask for when nothing is left. */
    private enum Choice {
        STOP_THE_RUN,
        GO_ROUND,
        END_THE_USER
    }

    /** Each user takes a record and sends it. */
    static final class Fed extends Simulation {
        {
            FeederBuilder<Object> ten = listFeeder(IntStream.range(0, RECORDS)
                    .mapToObj(i -> Map.<String, Object>of("id", "r" + i))
                    .toList());
            FeederBuilder<Object> chosen = switch (Choice.valueOf(Trial.text("choice"))) {
                case STOP_THE_RUN -> ten;
                case GO_ROUND -> ten.circular();
                case END_THE_USER -> ten.stopUserWhenEmpty();
            };
            setUp(scenario("fed")
                            .feed(chosen)
                            .exec(http("record").get(Trial.text("url") + "#{id}"))
                            .pause(Duration.ofMillis(200))
                            .injectOpen(rampUsers(USERS).during(Duration.ofMillis(500))))
                    .seed(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Choice.class)
    void aFeederThatRunsOutStopsGoesRoundOrEndsTheUser(Choice choice) throws Exception {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = Trial.of(Fed.class, results)
                    .with("url", server.url("/"))
                    .with("choice", choice)
                    .run();

            Invariants.hold(run)
                    .arrived(server.ledger())
                    .open()
                    .ended(Duration.ofSeconds(2), choice == Choice.STOP_THE_RUN ? 3 : 0);
            String page = Files.readString(run.folder().resolve("index.html"));
            switch (choice) {
                case STOP_THE_RUN -> {
                    Invariants.hold(run).scheduled(run.log().starts.size() + run.log().dropped);
                    assertThat(server.ledger().arrivals()).isLessThanOrEqualTo(RECORDS);
                    assertThat(run.count("/total/count/ok") + run.count("/total/unfinished"))
                            .isEqualTo(RECORDS);
                    assertThat(run.console())
                            .anyMatch(line -> line.startsWith("The run was stopped: scenario \"fed\" > step 1 (feed)")
                                    && line.contains(
                                            "is empty. Give it more records, let it go round with circular()"));
                    assertThat(page).contains("is empty. Give it more records");
                }
                case GO_ROUND -> {
                    Invariants.hold(run).scheduled(USERS).due("record", USERS);
                    for (int i = 0; i < RECORDS; i++) {
                        assertThat(server.ledger().arrivals("/r" + i)).isEqualTo(USERS / RECORDS);
                    }
                }
                case END_THE_USER -> {
                    Invariants.hold(run).scheduled(USERS).due("record", RECORDS);
                    assertThat(run.log().ends)
                            .containsEntry(UserEnd.THROUGH, (long) RECORDS)
                            .containsEntry(UserEnd.FEEDER_EMPTY, (long) USERS - RECORDS);
                    assertThat(page).contains("had no record left for 90 users, who ended there.");
                }
            }
            Figures.print(
                    "G24",
                    "%d records, %d users, %s: users started %d, records sent %d, exit code %d",
                    RECORDS,
                    USERS,
                    choice,
                    run.log().starts.size(),
                    server.ledger().arrivals(),
                    run.exitCode());
        }
    }

    /** Takes so many records of a file at random and tells how fast, and how far memory grew. */
    static final class Large extends Simulation {
        {
            setUp(scenario("reader")
                            .exec(session -> {
                                long before = residentKib();
                                System.gc();
                                return session.set("before", Math.max(before, residentKib()))
                                        .set("start", System.nanoTime());
                            })
                            .repeat(Trial.number("draws"))
                            .on(feed(csv(Trial.text("file")).random()))
                            .exec(session -> {
                                double seconds = (System.nanoTime() - session.getLong("start")) / 1e9;
                                System.out.printf(
                                        java.util.Locale.ROOT,
                                        "large: grew %d KiB, %.0f rows/s%n",
                                        residentKib() - session.getLong("before"),
                                        Trial.number("draws") / seconds);
                                return session;
                            })
                            .injectOpen(atOnceUsers(1)))
                    .seed(1);
        }

        private static long residentKib() {
            try {
                return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    @Tag("slow")
    void aFileLargerThanTheHeapIsDrawnFromWithoutGrowing() throws Exception {
        drawFrom(300, 1_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = 2048)
    @Tag("nightly")
    void aFileOfTwoGibibytesIsDrawnFromWithoutGrowing(int mib) throws Exception {
        drawFrom(mib, 30_000_000);
    }

    private void drawFrom(int mib, int draws) throws Exception {
        Path file = results.resolve("large.csv");
        String tail = ",ada lovelace,ada@example.org,12 St James's Square\n";
        long rows = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,name,mail,street\n");
            for (long written = 0; written < (long) mib << 20; rows++) {
                String id = Long.toString(rows);
                out.write(id);
                out.write(tail);
                written += id.length() + tail.length();
            }
        }
        Trial trial = Trial.of(Large.class, results.resolve("runs"))
                .with("file", file)
                .with("draws", draws);
        try (ChildRun child =
                trial.child("-Xmx128m", "-Xms128m", "-XX:+AlwaysPreTouch").start()) {
            ChildResult result = child.await(Duration.ofMinutes(10));
            TrialRun run = trial.after(result);

            Invariants.hold(run).scheduled(1);
            assertThat(run.exitCode()).isZero();
            String told = result.out().stream()
                    .filter(line -> line.startsWith("large: grew "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(result.toString()));
            List<String> words = List.of(told.split("[ ,]+"));
            Figures.print(
                    "G25",
                    "%d MiB, %d rows, -Xmx128m, random(): %d draws, resident memory grew %s KiB, %s rows/s",
                    mib,
                    rows,
                    draws,
                    words.get(2),
                    words.get(4));
            assertThat(Long.parseLong(words.get(2))).isLessThanOrEqualTo(64 * 1024);
            assertThat(Files.readString(run.folder().resolve("index.html")))
                    .contains("was read as it goes; its records were mixed in a window of 2000.");
        }
    }
}
