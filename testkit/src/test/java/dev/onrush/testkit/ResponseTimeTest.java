package dev.onrush.testkit;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class ResponseTimeTest {
    private static final int COUNT = 100_000;

    @Test
    void isAlwaysTheSameWhenFixed() {
        assertThat(draw(ResponseTime.fixed(ofMillis(5)))).containsOnly(5_000_000L);
        assertThat(draw(ResponseTime.none())).containsOnly(0L);
    }

    @Test
    void spreadsEvenlyWhenUniform() {
        long[] times = draw(ResponseTime.uniform(ofMillis(10), ofMillis(20), 1));

        assertThat(LongStream.of(times).min().orElseThrow()).isBetween(10_000_000L, 10_010_000L);
        assertThat(LongStream.of(times).max().orElseThrow()).isBetween(19_990_000L, 19_999_999L);
        assertThat(LongStream.of(times).average().orElseThrow()).isCloseTo(15e6, within(0.1e6));
    }

    @Test
    void hasTheAskedShareOfSlowOnes() {
        long[] times = draw(ResponseTime.twoHumped(ofMillis(7), ofMillis(1502), 0.05, 1));

        assertThat(times).containsOnly(7_000_000L, 1_502_000_000L);
        assertThat(LongStream.of(times).filter(time -> time > 7_000_000).count() / (double) COUNT)
                .isCloseTo(0.05, within(0.005));
    }

    @Test
    void hasTheMedianAndTheSpreadOfALogNormal() {
        long[] times = LongStream.of(draw(ResponseTime.logNormal(ofMillis(5), 0.5, 1)))
                .sorted()
                .toArray();

        assertThat((double) times[COUNT / 2]).isCloseTo(5e6, within(0.1e6));
        // One deviation above the median: the 84.13th percentile is the median times e^sigma.
        assertThat((double) times[(int) (COUNT * 0.8413)]).isCloseTo(5e6 * Math.exp(0.5), within(0.2e6));
    }

    @Test
    void repeatsWithTheSameSeed() {
        assertThat(draw(ResponseTime.uniform(ofMillis(0), ofMillis(9), 3)))
                .isEqualTo(draw(ResponseTime.uniform(ofMillis(0), ofMillis(9), 3)))
                .isNotEqualTo(draw(ResponseTime.uniform(ofMillis(0), ofMillis(9), 4)));
    }

    @Test
    void refusesTimesThatCannotBe() {
        assertThatThrownBy(() -> ResponseTime.fixed(ofMillis(-1)))
                .hasMessage("a response time must not be negative, was PT-0.001S");
        assertThatThrownBy(() -> ResponseTime.uniform(ofMillis(2), ofMillis(2), 1))
                .hasMessage("high must be above low (PT0.002S), was PT0.002S");
        assertThatThrownBy(() -> ResponseTime.twoHumped(ofMillis(1), ofMillis(2), Double.NaN, 1))
                .hasMessage("slowShare must be in 0..1, was NaN");
        assertThatThrownBy(() -> ResponseTime.logNormal(ofMillis(1), -1, 1))
                .hasMessage("sigma must be in 0..5, was -1.0");
        assertThatThrownBy(() -> new Stall(ofMillis(-1), ofMillis(1)))
                .hasMessage("a stall must not be negative, was at PT-0.001S for PT0.001S");
    }

    private static long[] draw(ResponseTime time) {
        return LongStream.generate(time::nextNanos).limit(COUNT).toArray();
    }
}
