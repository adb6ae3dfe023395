package dev.onrush.report.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.health.Circumstances;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.GeneratorStatistics;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.ThrottleWaits;
import dev.onrush.core.measure.Timeline;
import dev.onrush.core.measure.Times;
import dev.onrush.core.measure.TimesOf;
import dev.onrush.core.measure.UserCounts;
import dev.onrush.report.outcome.RunOutcome;
import dev.onrush.report.testing.Runs;

class SummaryJsonTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void hasTheShapeAndTheFiguresOfTheHandWrittenFile() throws IOException {
        String json = SummaryJson.of(smallRun(), smallOutcome());

        assertThat(MAPPER.readTree(json).toPrettyString())
                .isEqualTo(MAPPER.readTree(expected()).toPrettyString());
    }

    @Test
    void writesTheSameBytesForTheSameRun() {
        assertThat(SummaryJson.of(smallRun(), smallOutcome())).isEqualTo(SummaryJson.of(smallRun(), smallOutcome()));
    }

    @Test
    void tellsNullWhereNothingWasMeasured() {
        JsonNode root = MAPPER.readTree(
                SummaryJson.of(Runs.ofTimes(new long[0], new long[0]), new RunOutcome(Runs.TRUSTWORTHY, null, null)));

        assertThat(root.at("/total/count/total").intValue()).isZero();
        assertThat(root.at("/total/responseTime/p99").isNull()).isTrue();
        assertThat(root.at("/requests").isEmpty()).isTrue();
        assertThat(root.at("/assertions").isNull()).isTrue();
        assertThat(root.at("/run/exitCode").isNull()).isTrue();
    }

    @Test
    void isReadBackForAReportFromTheLogAlone() {
        EarlierSummary earlier = EarlierSummary.of(SummaryJson.of(smallRun(), smallOutcome()));

        assertThat(earlier.exitCode()).isEqualTo(2);
        assertThat(earlier.assertions())
                .containsExactly(
                        smallOutcome().assertions().get(0),
                        new AssertionResult(
                                "all requests: count: no request was recorded, limit above 0.",
                                "all requests: count: no request was recorded, limit above 0.",
                                true,
                                null,
                                "",
                                0));
    }

    @Test
    void tellsTheCompensatedSeriesUnderAKeyOfItsOwn() {
        JsonNode closed = new JsonMapper().readTree(SummaryJson.of(Runs.closed("closed"), Runs.passed()));

        assertThat(closed.at("/total/count/total").asLong()).isEqualTo(2);
        assertThat(closed.at("/total/responseTime/p50").asDouble()).isEqualTo(1);
        assertThat(closed.at("/total/compensated/count").asLong()).isEqualTo(5);
        assertThat(closed.at("/total/compensated/added").asLong()).isEqualTo(3);
        assertThat(closed.at("/total/compensated/expectedInterval").asDouble()).isEqualTo(500);
        assertThat(closed.at("/total/compensated/responseTime/p50").asDouble()).isEqualTo(1000);
    }

    private static String expected() throws IOException {
        try (var in = SummaryJsonTest.class.getResourceAsStream("expected-summary.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static RunStatistics smallRun() {
        long[] ok = {1000, 2000, 2500, 40_000};
        long[] ko = {2_000_000};
        RequestStatistics total = Runs.request("All requests", List.of(), ok, ko);
        RequestStatistics request = Runs.request("open item", List.of("browse", "details"), ok, ko);
        Times delay = TimesOf.micros(40, 40, 40, 40, 40);
        GeneratorStatistics generator = new GeneratorStatistics(
                delay,
                delay,
                41,
                -1,
                List.of(),
                18,
                2,
                130,
                List.of(3L, 4L),
                0.5,
                0,
                0,
                0,
                0,
                false,
                false,
                0,
                7,
                3,
                0,
                List.of(),
                0,
                false,
                9,
                ThrottleWaits.NONE,
                0,
                Circumstances.UNKNOWN);
        return new RunStatistics(
                Runs.info(Map.of("names.limit", "500", "grace", "5s"), Map.of()),
                new UserCounts(5, Map.of(DropReason.USER_CAP, 3L), 4, 1),
                List.of(),
                total,
                List.of(request),
                List.of(new GroupStatistics(
                        "details", List.of("browse"), 2, 1, TimesOf.micros(5000, 6000, 7000), Times.EMPTY)),
                new Timeline(1, List.of(), List.of(), List.of()),
                generator,
                total.errors(),
                List.of());
    }

    private static RunOutcome smallOutcome() {
        return new RunOutcome(
                new Verdict(
                        VerdictLevel.DEGRADED,
                        List.of(new VerdictReason(VerdictLevel.DEGRADED, "steal was above 5 %", 3, 4))),
                List.of(
                        new AssertionResult(
                                "all requests: response time p99, limit below 500 ms",
                                "all requests: response time p99 = 2000 ms, limit below 500 ms (5 requests, 1 KO).",
                                false,
                                2000.0,
                                "limit below 500 ms",
                                5),
                        new AssertionResult(
                                "all requests: count, limit above 0",
                                "all requests: count: no request was recorded, limit above 0.",
                                true,
                                null,
                                "limit above 0",
                                0)),
                2);
    }
}
