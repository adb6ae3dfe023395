package dev.onrush.report.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.001, 0.001",
        "0.9996, 1.000",
        "1.005, 1.00",
        "9.994, 9.99",
        "10, 10.0",
        "99.94, 99.9",
        "100, 100",
        "1234.4, 1_234",
        "1234567.5, 1_234_568"
    })
    void printsTimesToThreeDigits(double millis, String text) {
        assertThat(Printed.millis(millis)).isEqualTo(text.replace('_', '\u202F'));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "100, 100", "0.0001, < 0.01", "99.9999, > 99.99", "0.01, 0.01", "12.345, 12.35", "99.99, 99.99"
    })
    void neverRoundsAShareToNothingOrAll(double percent, String text) {
        assertThat(Printed.percent(percent)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "15400000, 15.4 MB"
    })
    void printsBytesInDecimalUnits(long bytes, String text) {
        assertThat(Printed.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "60.02, 60.0 s", "119.94, 119.9 s", "120, 2 min 0 s", "3725, 62 min 5 s", "7260, 2 h 1 min"
    })
    void printsDurationsInTheUnitThatSuits(double seconds, String text) {
        assertThat(Printed.seconds(seconds)).isEqualTo(text);
    }
}
