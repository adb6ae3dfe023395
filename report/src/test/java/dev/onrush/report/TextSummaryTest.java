package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.report.outcome.RunOutcome;
import dev.onrush.report.testing.Runs;

class TextSummaryTest {
    @Test
    void printsTheWholeRun() {
        assertThat(TextSummary.of(Runs.realistic(), Runs.realisticOutcome(), Path.of("/results/run/index.html"), 100))
                .isEqualTo("""
                        shop.ShopSimulation, 60.0 s, 630 users started

                        Requests           count     OK  KO  KO %  per s  p50 ms  p95 ms  p99 ms  max ms
                        All requests       12838  12821  17  0.13    213    12.7    98.2     244    2002
                        home                1217   1217   0     0   20.2    9.69    40.5    59.9     279
                        login (group)       1290   1290   0     0   21.5    46.7    92.2     123     171
                          form              1212   1212   0     0   20.1    6.56    25.2    40.1     260
                          submit            1205   1205   0     0   20.0    40.3     165     252     384
                        browse (group)      1261   1248  13  1.03   21.0     106     203     265     329
                          search            1192   1179  13  1.09   19.8    64.8     265    2000    2002
                          open item         1200   1200   0     0   19.9    15.5    57.1    98.3     281
                          reviews           1212   1212   0     0   20.1    23.4    89.0     141     333
                          details (group)   3111   3111   0     0   51.8    4.92    9.53    12.7    19.5
                            picture         3015   3015   0     0   50.0    4.33    17.1    25.1     298
                        basket              1214   1214   0     0   20.1    18.7    74.8     105     224
                        checkout             151    147   4  2.65   2.51     165     747    2002    2002
                        logout              1220   1220   0     0   20.2    5.32    20.6    35.0     240
                        Times of groups: the response times in them, without pauses. The report has their duration as well.

                        Errors
                              12  timeout.total  no answer within 2 s
                               5  check.failed  status was 503, expected 200

                        Step failures
                              12  user.exception  NumberFormatException: For input string: "n/a" (ShopSimulation.java:58)

                        Assertions
                          holds   all requests: response time p95 = 163.071 ms, limit below 250 ms (16408 requests, 33 KO).
                          FAILED  browse / search: response time p99 = 2000.895 ms, limit below 500 ms (1211 requests, 13 KO).
                          holds   all requests: failed requests = 0.201121 %, limit below 1 % (16408 requests, 33 KO).

                        Verdict: DEGRADED. The generator was disturbed.
                          - 2 users were due and did not start: maxUsers was reached. (seconds 38 to 41)

                        Report: /results/run/index.html
                        """);
    }

    @Test
    void saysWhatTheTimesOfAClosedModelAre() {
        String summary = TextSummary.of(Runs.closed("closed"), Runs.passed(), null, 100);

        assertThat(summary.lines())
                .containsSubsequence(
                        "Closed model: a user waits for its answer before it asks again, so a slow target lowered the load,"
                                + " and the times are service times.",
                        "All requests, compensated: p50 1000 ms, p95 2000 ms, p99 2000 ms, max 2000 ms (an estimate: 3"
                                + " requests were put back that users held up by the target did not ask, one per 500 ms).");
        assertThat(TextSummary.of(Runs.closed("mixed"), Runs.passed(), null, 100))
                .contains("Closed model in browse: a user waits", "\nRequests of closed scenarios, compensated: p50");
        assertThat(TextSummary.of(Runs.ofTimes(new long[] {1000}, new long[0]), Runs.passed(), null, 100))
                .doesNotContain("losed", "ompensated");
    }

    @Test
    void cutsNamesToTheWidth() {
        String name = "a name that is longer than a terminal of eighty characters has room for beside the figures";
        RequestStatistics request = Runs.request(name, List.of(), new long[] {1000}, new long[0]);

        String summary = TextSummary.of(Runs.of(request, List.of(request)), Runs.passed(), null, 80);

        assertThat(summary.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(summary).contains("a name that ").contains("...").doesNotContain("Report:");
    }

    @Test
    void escapesWhatWouldSteerATerminal() {
        String name = "red\u001B[31m\nnext\u009Bline\u202E\u0000";
        RequestStatistics request = Runs.request(name, List.of(), new long[] {1000}, new long[] {2000});

        String summary = TextSummary.of(Runs.of(request, List.of(request)), Runs.passed(), null, 200);

        assertThat(summary).contains("red\\u001b[31m\\nnext\\u009bline\\u202e\\u0000");
        assertThat(summary.replace("\n", "").chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void saysThatNothingWasRequested() {
        String summary = TextSummary.of(Runs.ofTimes(new long[0], new long[0]), Runs.passed(), null, 80);

        assertThat(summary).isEqualTo("""
                        shop.BrowseSimulation, 60.3 s, 0 users started

                        No request was completed.

                        Assertions: none

                        Verdict: TRUSTWORTHY. The generator can be trusted.
                        """);
    }

    @Test
    void saysThatWithoutAssertionsNoFailureFailsTheRun() {
        String summary = TextSummary.of(Runs.ofTimes(new long[] {1000}, new long[] {2000}), Runs.passed(), null, 80);

        assertThat(summary).contains("\nAssertions: none, so failed requests do not fail the run\n");
    }

    @Test
    void saysThatTheRunWasKilled() {
        RunOutcome outcome = new RunOutcome(new Verdict(VerdictLevel.INCOMPLETE, List.of()), null, null);

        assertThat(TextSummary.of(Runs.killed(), outcome, null, 80))
                .contains("\nAssertions were not evaluated: the run was killed.\n");
    }
}
