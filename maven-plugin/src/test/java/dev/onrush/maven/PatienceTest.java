package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
    @ParameterizedTest
    @CsvSource({"250ms, PT5.25S", "0s, PT5S", "10s, PT15S", "2m, PT2M5S", "1h, PT1H5S", "soon, PT15S", "'', PT15S"})
    void isTheGraceOfTheRunAndSomeTimeForTheReport(String set, Duration patience) {
        assertThat(Patience.of(Map.of("onrush.grace", set), Map.of())).isEqualTo(patience);
    }

    @Test
    void readsTheEnvironmentWhereNoPropertyIs() {
        assertThat(Patience.of(Map.of(), Map.of("ONRUSH_GRACE", "1m"))).isEqualTo(Duration.ofSeconds(65));
        assertThat(Patience.of(Map.of("onrush.grace", "1s"), Map.of("ONRUSH_GRACE", "1m")))
                .isEqualTo(Duration.ofSeconds(6));
        assertThat(Patience.of(Map.of(), Map.of())).isEqualTo(Duration.ofSeconds(15));
    }
}
