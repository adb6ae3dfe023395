package dev.onrush.core.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalQuantileTest {
    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.975, 1.959963984540054",
        "0.025, -1.959963984540054",
        "0.841344746068543, 1.0",
        "0.99865010196837, 3.0",
        "0.999999999, 5.997807015",
        "1e-20, -9.262340089798408"
    })
    void agreesWithPublishedQuantiles(double p, double quantile) {
        assertThat(NormalQuantile.of(p)).isCloseTo(quantile, within(2e-8));
    }
}
