package dev.onrush.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
                        "Start delay p99 = 10.1 ms, limit 10 ms: the generator started requests late. Use fewer users per machine, or more cores.",
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
                        "1.5 % of the users that were due did not start, limit 1 %: the rate asked for was not reached.",
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
                        "1 blocks of the log are damaged and were skipped.",
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
                    gc);
        }
    }
}
