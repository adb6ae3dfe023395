package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import dev.onrush.core.eventlog.EventLogReader;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.RecordHandler;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ResponseTime;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** A group closes once, whichever way its users leave it, and tells its time with and without pauses (M34). */
class GroupTest {
    private static final int USERS = 20;
    private static final long STAYS = 2;
    /** How many groups each user has opened. */
    private static final Map<Long, Integer> OPENED = new ConcurrentHashMap<>();

    @TempDir
    Path results;

    /** What happens two groups deep, after a request and before another. */
    enum Way {
        THROUGH(0, () -> ChainBuilder.EMPTY),
        A_REQUEST_FAILS(0, () -> exec(http("fails").get(url("ko")))),
        THE_TARGET_NEVER_ANSWERS(0, () -> exec(http("never").get(url("never")).requestTimeout(Duration.ofMillis(100)))),
        A_FUNCTION_THROWS(
                0,
                () -> exec(session -> {
                    throw new IllegalStateException("on purpose");
                })),
        A_GROUP_WITHOUT_A_NAME_IS_PASSED_OVER(0, () -> group("#{nothing}").on(opened())),
        EACH_LAP_IS_A_GROUP(
                0, () -> repeat(3).on(group("lap").on(opened(), http("lap").get(url(""))))),
        A_LOOP_ENDS_INSIDE_OF_A_GROUP(
                0,
                () -> during(Duration.ofMillis(60))
                        .on(group("lap")
                                .on(
                                        opened(),
                                        http("slow").get(url("slow")),
                                        pause(Duration.ofMillis(30)),
                                        http("slow too").get(url("slow")),
                                        http("not reached").get(url("slow"))))),
        THE_USER_LEAVES(0, () -> exitHere()),
        A_FAILURE_LEAVES_A_BLOCK(
                0,
                () -> exitBlockOnFail()
                        .on(group("block")
                                .on(
                                        opened(),
                                        http("ko").get(url("ko")),
                                        http("not reached").get(url("slow"))))),
        A_FAILURE_BEGINS_ANEW(
                0,
                () -> tryMax(3)
                        .on(group("attempt")
                                .on(
                                        opened(),
                                        http("ko").get(url("ko")),
                                        http("not reached").get(url("slow"))))),
        AN_EMPTY_FEEDER_ENDS_THE_USER(
                0, () -> feed(listFeeder(List.of(Map.of("a", 1))).queue().stopUserWhenEmpty())),
        // One user is sure to be inside when another finds the feeder empty.
        AN_EMPTY_FEEDER_STOPS_THE_RUN(
                3,
                () -> doIf(session -> session.userId() == STAYS)
                        .then(pause(Duration.ofMinutes(5)))
                        .asLongAs(session -> OPENED.getOrDefault(STAYS, 0) < 2)
                        .on(pause(Duration.ofMillis(5)))
                        .feed(listFeeder(List.of(Map.of("a", 1))).queue())),
        THE_RUN_IS_STOPPED_IN_A_PAUSE(0, () -> pause(Duration.ofMinutes(5))),
        THE_RUN_IS_STOPPED_IN_A_REQUEST(0, () -> exec(http("never").get(url("never"))));

        private final int exitCode;
        private final Supplier<ChainBuilder> chain;

        Way(int exitCode, Supplier<ChainBuilder> chain) {
            this.exitCode = exitCode;
            this.chain = chain;
        }
    }

    private static String url(String path) {
        return Trial.text("url") + path;
    }

    private static ChainBuilder opened() {
        return exec(session -> {
            OPENED.merge(session.userId(), 1, Integer::sum);
            return session;
        });
    }

    /** Two groups around that. */
    static final class Nested extends Simulation {
        {
            Way way = Way.valueOf(Trial.text("way"));
            setUp(scenario("s")
                            .exec(group("outer")
                                    .on(
                                            opened(),
                                            http("first").get(Trial.text("url")),
                                            group("inner")
                                                    .on(
                                                            opened(),
                                                            http("second").get(Trial.text("url")),
                                                            way.chain.get(),
                                                            http("third").get(Trial.text("url")))))
                            .exec(http("after").get(Trial.text("url")))
                            .injectOpen(atOnceUsers(USERS)))
                    .maxDuration(Duration.ofMillis(1500))
                    .seed(1);
        }
    }

    /** Groups as the log has them, by user and by path, and how each user ended. */
    private static final class Closed implements RecordHandler {
        final Map<Long, Integer> byUser = new HashMap<>();
        final Map<String, Integer> byPath = new HashMap<>();
        final Map<Long, UserEnd> ends = new HashMap<>();
        private final List<NameTable> names = new ArrayList<>();

        static Closed of(Path log) {
            Closed closed = new Closed();
            EventLogReader.read(log, closed);
            return closed;
        }

        @Override
        public void run(RunHeader header, NameTable table) {
            names.add(table);
        }

        @Override
        public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
            ends.put(userId, reason);
        }

        @Override
        public void groupEnd(
                long userId,
                int scenario,
                int group,
                long startNanos,
                long endNanos,
                long cumulatedNanos,
                boolean ok,
                boolean warmUp) {
            assertThat(endNanos).isGreaterThanOrEqualTo(startNanos);
            assertThat(cumulatedNanos).isBetween(0L, endNanos - startNanos + 1000);
            byUser.merge(userId, 1, Integer::sum);
            byPath.merge(String.join(" > ", names.get(0).groupPath(group)), 1, Integer::sum);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWayOutClosesEachGroupOnce(Way way) {
        OPENED.clear();
        try (TruthServer server = TruthServer.setup()
                .route("/ko", TruthResponse.status(500))
                .route("/never", TruthResponse.never())
                .route("/slow", TruthResponse.ok("slow").after(Duration.ofMillis(20)))
                .start()) {
            TrialRun run = Trial.of(Nested.class, results)
                    .with("url", server.url("/"))
                    .with("way", way)
                    .run();

            Invariants.hold(run)
                    .scheduled(USERS)
                    .arrived(server.ledger())
                    .open()
                    .ended(Duration.ofMillis(1500), way.exitCode);
            Closed closed = Closed.of(run.folder().resolve("events.onrush"));
            int opened = sum(OPENED);
            int recorded = sum(closed.byUser);
            int cutOff = 0;
            for (Map.Entry<Long, UserEnd> end : closed.ends.entrySet()) {
                int mine = OPENED.getOrDefault(end.getKey(), 0);
                if (end.getValue() == UserEnd.STOPPED) {
                    // What the end of the run cuts off is in no time, as a request in flight; who stops it leaves its
                    // groups.
                    int closedByIt = closed.byUser.getOrDefault(end.getKey(), 0);
                    cutOff += mine - closedByIt;
                    assertThat(closedByIt).isIn(0, mine);
                } else {
                    assertThat(closed.byUser.getOrDefault(end.getKey(), 0))
                            .as("groups closed by user %d", end.getKey())
                            .isEqualTo(mine)
                            .isGreaterThanOrEqualTo(2);
                }
            }
            Figures.print(
                    "M34",
                    "%s: groups opened %d = closed %d + of users cut off by the end of the run %d",
                    way,
                    opened,
                    recorded,
                    cutOff);
            assertThat(closed.ends).hasSize((int) run.count("/users/started"));
            assertThat(opened).isEqualTo(recorded + cutOff);
            assertThat(cutOff > 0).isEqualTo(way.name().contains("STOP"));
            assertThat(closed.byPath.getOrDefault("outer > inner", 0))
                    .isEqualTo(closed.byPath.getOrDefault("outer", 0));
            long told = 0;
            for (JsonNode group : run.summary().get("groups")) {
                told += group.at("/count/total").asLong();
            }
            assertThat(told).as("summary.json").isEqualTo(recorded);
        }
    }

    private static int sum(Map<Long, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A pause between two requests of known time. */
    static final class WithPause extends Simulation {
        {
            setUp(scenario("s")
                            .exec(group("buy")
                                    .on(
                                            http("a").get(Trial.text("url")),
                                            pause(Duration.ofMillis(300)),
                                            http("b").get(Trial.text("url"))))
                            .injectOpen(rampUsers(10).during(1)))
                    .seed(1);
        }
    }

    @Test
    void tellsItsTimeWithAndWithoutPausesEachByItsName() throws Exception {
        try (TruthServer server = TruthServer.setup()
                .responseTime(ResponseTime.fixed(Duration.ofMillis(40)))
                .start()) {
            TrialRun run = Trial.of(WithPause.class, results)
                    .with("url", server.url("/"))
                    .run();

            Invariants.hold(run).scheduled(10).arrived(server.ledger()).open().ended(Duration.ofSeconds(2), 0);
            double requests = run.log().requests.stream()
                            .mapToLong(LogFacts.Request::responseMicros)
                            .sum()
                    / 1000.0;
            double cumulated = run.figure("/groups/0/cumulated/mean") * 10;
            double duration = run.figure("/groups/0/duration/mean") * 10;
            // Each is cut to a microsecond.
            assertThat(cumulated).isBetween(requests - 0.05, requests + 0.05);
            assertThat(duration - cumulated).isBetween(10 * 300 - 0.05, 10 * 300 + 0.05);
            assertThat(run.figure("/groups/0/cumulated/min")).isGreaterThanOrEqualTo(80);
            assertThat(run.figure("/groups/0/duration/min")).isGreaterThanOrEqualTo(380);
            assertThat(Files.readString(run.folder().resolve("index.html")))
                    .containsPattern("group, cumulated; duration, with pauses: p50 \\d+ ms, p95 \\d+ ms, max \\d+ ms");
            assertThat(run.console())
                    .contains(
                            "Times of groups: the response times in them, without pauses. The report has their duration as well.");
            Figures.print(
                    "M34",
                    "2 x 40 ms around a pause of 300 ms: cumulated p50 %.1f ms, duration p50 %.1f ms, both labelled",
                    run.figure("/groups/0/cumulated/p50"),
                    run.figure("/groups/0/duration/p50"));
        }
    }
}
