package dev.onrush.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.eventlog.HeldPlace;

class VerdictTest {
    @Test
    void trustsAFaultlessRun() {
        assertThat(Verdict.of(VerdictInput.faultless(30))).isEqualTo(new Verdict(VerdictLevel.TRUSTWORTHY, List.of()));
    }

    @Test
    void doesNotHoldCpuAndCollectionsAgainstARun() {
        assertThat(Verdict.of(input().cpu(400).gc(5000).make()).level()).isEqualTo(VerdictLevel.TRUSTWORTHY);
    }

    @ParameterizedTest
    @MethodSource
    void judges(Figures figures, VerdictLevel level, String reason, long from, long to) {
        Verdict verdict = Verdict.of(figures.make());

        assertThat(verdict.level()).isEqualTo(level);
        if (level == VerdictLevel.TRUSTWORTHY) {
            assertThat(verdict.reasons()).isEmpty();
        } else {
            assertThat(verdict.reasons()).containsExactly(new VerdictReason(level, reason, from, to));
        }
    }

    static Stream<Arguments> judges() {
        return Stream.of(
                Arguments.of(input().startDelay(10_000_000), VerdictLevel.TRUSTWORTHY, "", 0, 0),
                Arguments.of(
                        input().startDelay(10_100_000),
                        VerdictLevel.SATURATED,
                        "Start delay p99 = 10.1 ms after the first 2 s, limit 10 ms: the generator started requests late. Use fewer users per machine, or more cores.",
                        2,
                        29),
                Arguments.of(
                        input().local(3),
                        VerdictLevel.SATURATED,
                        "3 requests failed for lack of ports, files or memory of the generator (local.*). Raise the machine's limits, or keep connections.",
                        0,
                        29),
                Arguments.of(input().notStarted(1), VerdictLevel.TRUSTWORTHY, "", 0, 0),
                Arguments.of(
                        input().notStarted(1.5),
                        VerdictLevel.SATURATED,
                        "1.5 % of the users that were due did not start within 1 s, limit 1 %: the rate asked for was not reached.",
                        0,
                        29),
                Arguments.of(input().touched(1, List.of(3L, 5L), 300), VerdictLevel.TRUSTWORTHY, "", 0, 0),
                Arguments.of(
                        input().touched(1.2, List.of(3L, 5L), 300),
                        VerdictLevel.DEGRADED,
                        "Stalls of the generator touch 1.2 % of the samples, limit 1 % (300 ms in all).",
                        3,
                        5),
                Arguments.of(
                        input().steal(List.of(7L), 9),
                        VerdictLevel.DEGRADED,
                        "The machine's host took up to 9 % of its CPU (steal), limit 5 %, in 1 seconds. Use a machine of its own.",
                        7,
                        7),
                Arguments.of(
                        input().jumps(List.of(4L, 8L)),
                        VerdictLevel.DEGRADED,
                        "The wall clock jumped 2 times. Times of this run are right; its dates may not be.",
                        4,
                        8),
                Arguments.of(
                        input().dropped(95),
                        VerdictLevel.DEGRADED,
                        "95 users were due while maxUsers were present, and did not start.",
                        0,
                        29),
                Arguments.of(
                        input().lost(2),
                        VerdictLevel.INCOMPLETE,
                        "2 log records were lost: the log could not be written as fast as it came. Use a faster disk, or raise log.bufferMib.",
                        0,
                        29),
                Arguments.of(
                        input().damaged(1),
                        VerdictLevel.INCOMPLETE,
                        "1 block of the log is damaged and was skipped.",
                        0,
                        29),
                Arguments.of(
                        input().truncated(),
                        VerdictLevel.INCOMPLETE,
                        "The log is incomplete from second 29 on: the disk was full, the run was killed, or it still goes on. What came later is in no figure.",
                        29,
                        29));
    }

    @Test
    void namesTheSecondsOfReasonsAndWhatWentOnThen() {
        Circumstances known = new Circumstances(
                new Seconds(7, 11),
                new Seconds(8, 8),
                new Seconds(9, 12),
                new Seconds(13, 20),
                new Seconds(14, 14),
                260,
                new Seconds(6, 6),
                1010,
                new Seconds(10, 10),
                new Seconds(7, 8),
                99,
                new Seconds(7, 7),
                120,
                new Seconds(2, 9),
                40,
                new Seconds(15, 15),
                3,
                new Seconds(16, 16),
                28_000,
                28_232,
                new Seconds(17, 17),
                950,
                1024,
                new Seconds(18, 18),
                9 << 20,
                List.of(
                        new HeldPlace(
                                "scenario \"s\" > step 1 (exec), S.java:3",
                                2,
                                250_000_000,
                                6_100_000_000L,
                                6_400_000_000L,
                                17,
                                "loop-0",
                                "at java.base@17.0.15/java.lang.Thread.sleep(Native Method)\nat app//S.f(S.java:4)\n"),
                        new HeldPlace(
                                "scenario \"s\" > step 2 (http), S.java:9",
                                1,
                                60_000_000,
                                100_000_000L,
                                200_000_000L,
                                1,
                                "io-0",
                                "at java.base@17.0.15/java.lang.invoke.LambdaForm.<init>(LambdaForm.java:347)\n"
                                        + "at app//dev.onrush.core.check.CssFinder$$Lambda$241/0x00007f03.apply(Unknown Source)\n"
                                        + "at org.jsoup.nodes.Element.attr(Element.java:75)\n"
                                        + "at app//dev.onrush.core.engine.EventLoop.drive(EventLoop.java:75)\n")));

        Verdict verdict = Verdict.of(input().startDelay(50_000_000)
                .notStarted(2)
                .local(5)
                .dropped(4)
                .lost(3)
                .cpu(190)
                .gc(300)
                .circumstances(known)
                .make());

        assertThat(verdict.reasons().stream()
                        .map(reason -> reason.fromSecond() + "–" + reason.toSecond() + " " + reason.text()))
                .containsExactly(
                        "14–14 3 log records were lost: the log could not be written as fast as it came. Use a faster disk, or raise log.bufferMib.",
                        "7–11 Start delay p99 = 50.0 ms after the first 2 s, limit 10 ms: the generator started requests late. Use fewer users per machine, or more cores.",
                        "9–12 5 requests failed for lack of ports, files or memory of the generator (local.*). Raise the machine's limits, or keep connections.",
                        "8–8 2.0 % of the users that were due did not start within 1 s, limit 1 %: the rate asked for was not reached.",
                        "13–20 4 users were due while maxUsers were present, and did not start.",
                        "6–6 scenario \"s\" > step 1 (exec), S.java:3 held thread loop-0 for 250 ms, the longest of 2 times (user 17): at java.lang.Thread.sleep(Native Method), at S.f(S.java:4).",
                        "0–0 scenario \"s\" > step 2 (http), S.java:9 held thread io-0 for 60 ms (user 1).",
                        "10–10 The whole generator stood still for up to 1010 ms.",
                        "6–6 A thread of the generator was silent for up to 260 ms.",
                        "7–8 The generator used up to 190 % of a core.",
                        "7–7 The machine's CPU was busy up to 99 %.",
                        "2–9 Garbage collection took 300 ms in all, up to 120 ms in a second.",
                        "15–15 The container did not let the generator run for 40 ms in all (CPU limit).",
                        "16–16 The machine sent 3 TCP segments again.",
                        "17–17 Up to 28000 TCP sockets, those in TIME_WAIT included, stood against 28232 local ports.",
                        "18–18 Up to 950 files and sockets were open, limit 1024.",
                        "0–29 Up to 9 MiB of records waited to be written to the log.");
        assertThat(Verdict.of(input().circumstances(known).make()).level()).isEqualTo(VerdictLevel.TRUSTWORTHY);
    }

    @Test
    void namesTheGravestFirstAndWhatExplainsItLast() {
        Verdict verdict = Verdict.of(
                input().dropped(1).startDelay(50_000_000).lost(1).cpu(190).make());

        assertThat(verdict.level()).isEqualTo(VerdictLevel.INCOMPLETE);
        assertThat(verdict.reasons())
                .extracting(VerdictReason::level)
                .containsExactly(
                        VerdictLevel.INCOMPLETE,
                        VerdictLevel.SATURATED,
                        VerdictLevel.DEGRADED,
                        VerdictLevel.TRUSTWORTHY);
        assertThat(verdict.reasons().get(3).text()).isEqualTo("The generator used up to 190 % of a core.");
    }

    private static Figures input() {
        return new Figures();
    }

    /** A faultless run of 30 s but for what is said. */
    static final class Figures {
        private long startDelay;
        private long local;
        private double notStarted;
        private double touched;
        private List<Long> stalls = List.of();
        private long stallMillis;
        private List<Long> steal = List.of();
        private int stealMax;
        private List<Long> jumps = List.of();
        private long dropped;
        private long lost;
        private long damaged;
        private boolean truncated;
        private int cpu = -1;
        private long gc;
        private Circumstances circumstances = Circumstances.UNKNOWN;

        Figures startDelay(long nanos) {
            startDelay = nanos;
            return this;
        }

        Figures local(long failures) {
            local = failures;
            return this;
        }

        Figures notStarted(double percent) {
            notStarted = percent;
            return this;
        }

        Figures touched(double percent, List<Long> seconds, long millis) {
            touched = percent;
            stalls = seconds;
            stallMillis = millis;
            return this;
        }

        Figures steal(List<Long> seconds, int max) {
            steal = seconds;
            stealMax = max;
            return this;
        }

        Figures jumps(List<Long> seconds) {
            jumps = seconds;
            return this;
        }

        Figures dropped(long users) {
            dropped = users;
            return this;
        }

        Figures lost(long records) {
            lost = records;
            return this;
        }

        Figures damaged(long blocks) {
            damaged = blocks;
            return this;
        }

        Figures truncated() {
            truncated = true;
            return this;
        }

        Figures circumstances(Circumstances known) {
            circumstances = known;
            return this;
        }

        Figures cpu(int percent) {
            cpu = percent;
            return this;
        }

        Figures gc(long millis) {
            gc = millis;
            return this;
        }

        VerdictInput make() {
            return new VerdictInput(
                    30,
                    startDelay,
                    local,
                    notStarted,
                    touched,
                    stalls,
                    stallMillis,
                    steal,
                    stealMax,
                    jumps,
                    dropped,
                    lost,
                    damaged,
                    truncated,
                    cpu,
                    gc,
                    circumstances);
        }
    }
}
