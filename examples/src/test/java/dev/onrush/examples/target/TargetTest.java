package dev.onrush.examples.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void serviceTimesHaveTheMeanAskedFor() {
        var mean = Duration.ofMillis(20);

        assertThat(measuredMeanMillis(ServiceTime.fixed(mean))).isEqualTo(20);
        assertThat(measuredMeanMillis(ServiceTime.exponential(mean))).isCloseTo(20, within(0.5));
        assertThat(measuredMeanMillis(ServiceTime.logNormal(mean, 0.5))).isCloseTo(20, within(0.5));
    }

    @Test
    void refusesWrongOptionsWithTheirValue() {
        assertThatThrownBy(() -> Target.defaults().port(70_000))
                .hasMessage("port must be 0 to 65535, was 70000. 0 takes any free one.");
        assertThatThrownBy(() -> Target.defaults().ioThreads(0)).hasMessage("ioThreads must be at least 1, was 0.");
        assertThatThrownBy(() -> Target.defaults().token(" ")).hasMessage("token must not be blank.");
        assertThatThrownBy(() -> Target.defaults().queueCapacity(-1))
                .hasMessage("queueCapacity must be 0 or more, was -1.");
        assertThatThrownBy(() -> Scaling.between(5, 1)).hasMessage("replicas: 1 <= min <= max expected, was 5..1.");
        assertThatThrownBy(() -> Scaling.fixed(1).failureShare(5))
                .hasMessage("share of 502 while scaling must be in [0, 1], was 5.0. 0.05 means 5 percent.");
        assertThatThrownBy(() -> ServiceTime.fixed(Duration.ZERO))
                .hasMessage("service time fixed: the time must be positive, was PT0S."
                        + " To answer at once use ServiceTime.none().");
        assertThatThrownBy(() -> ServiceTime.logNormal(Duration.ofMillis(1), 0))
                .hasMessage("service time logNormal: sigma must be in (0, 5], was 0.0.");
    }

    @Test
    void readsItsOptionsFromTheCommandLine() {
        var target = TargetMain.parse(
                "--port",
                "0",
                "--replicas",
                "2..4",
                "--start-up",
                "250ms",
                "--scaling-502",
                "0.1",
                "--queue",
                "7",
                "--token",
                "t",
                "--seed",
                "9",
                "--io-threads",
                "2",
                "--service-time",
                "lognormal:20ms:0.5");

        assertThat(target)
                .isEqualTo(new Target(
                        0,
                        2,
                        "t",
                        ServiceTime.logNormal(Duration.ofMillis(20), 0.5),
                        7,
                        9,
                        Scaling.between(2, 4).startUp(Duration.ofMillis(250)).failureShare(0.1)));
        assertThatThrownBy(() -> TargetMain.parse("--prot", "1")).hasMessage("unknown option --prot.");
        assertThatThrownBy(() -> TargetMain.parse("--port")).hasMessage("option --port needs a value.");
    }

    private static double measuredMeanMillis(ServiceTime time) {
        var random = new SplittableRandom(42);
        return LongStream.range(0, 100_000)
                        .map(i -> time.nextNanos(random))
                        .average()
                        .orElseThrow()
                / 1e6;
    }
}
