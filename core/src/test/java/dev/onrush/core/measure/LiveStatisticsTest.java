package dev.onrush.core.measure;

import static dev.onrush.core.measure.Samples.MILLI;
import static dev.onrush.core.measure.Samples.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.LogTotals;

class LiveStatisticsTest {
    private static final LogTotals TOTALS = new LogTotals(0, 2, 0, 0, 0, 0, 0, 0, 0, 4096, -1);
    private final Samples samples = new Samples();

    @Test
    void tellsTotalsAndTheLastInterval() {
        List<LiveSnapshot> snapshots = new ArrayList<>();
        LiveStatistics live = new LiveStatistics(List.of(snapshots::add));
        live.run(samples.header, samples.names);
        live.userStart(1, samples.names.scenario("shop"), 0, 0);
        for (int i = 1; i <= 100; i++) {
            live.request(samples.ended("home", 500 * MILLI, i * MILLI));
        }
        live.tick(SECOND, TOTALS);
        live.request(samples.failed("home", 1500 * MILLI, 7 * MILLI, 500));
        live.request(samples.ended("search", 1500 * MILLI, 9 * MILLI));
        live.closed(3 * SECOND, TOTALS);

        LiveSnapshot first = snapshots.get(0);
        LiveSnapshot last = snapshots.get(1);
        assertThat(first.total().ok()).isEqualTo(100);
        assertThat(first.total().throughput()).isEqualTo(100.0);
        assertThat(first.total().interval().percentileMicros(95)).isEqualTo(95_000);
        assertThat(first.users().active()).isEqualTo(1);
        assertThat(first.recordsLost()).isEqualTo(2);
        assertThat(first.logBytes()).isEqualTo(4096);
        assertThat(first.last()).isFalse();
        assertThat(last.last()).isTrue();
        assertThat(last.elapsedNanos()).isEqualTo(3 * SECOND);
        assertThat(last.requests()).extracting(LiveRequest::name).containsExactly("home", "search");
        assertThat(last.requests().get(0).ok()).isEqualTo(100);
        assertThat(last.requests().get(0).ko()).isEqualTo(1);
        assertThat(last.requests().get(0).intervalOk()).isZero();
        assertThat(last.requests().get(0).intervalKo()).isEqualTo(1);
        assertThat(last.requests().get(0).throughput()).isEqualTo(0.5);
        assertThat(last.requests().get(0).interval().percentileMicros(50)).isEqualTo(7_000);
        assertThat(last.errorsByClass()).isEqualTo(Map.of("check.failed", 1L));
    }
}
