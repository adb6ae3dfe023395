package dev.onrush.core.assertion;

import java.math.BigDecimal;

import dev.onrush.core.measure.Times;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/** One figure of many times. */
public sealed interface Figure {
    /** In milliseconds, as printed: whole microseconds. */
    double millis(Times times, Settings settings);

    /** As in {@code p99}. */
    String words(Settings settings);

    /** What is exact. */
    enum Moment implements Figure {
        MIN("min") {
            @Override
            double micros(Times times) {
                return times.minMicros();
            }
        },
        MAX("max") {
            @Override
            double micros(Times times) {
                return times.maxMicros();
            }
        },
        MEAN("mean") {
            @Override
            double micros(Times times) {
                return times.meanMicros();
            }
        },
        STD_DEV("standard deviation") {
            @Override
            double micros(Times times) {
                return times.stdDevMicros();
            }
        };

        private final String words;

        Moment(String words) {
            this.words = words;
        }

        abstract double micros(Times times);

        @Override
        public double millis(Times times, Settings settings) {
            return Math.round(micros(times)) / 1000.0;
        }

        @Override
        public String words(Settings settings) {
            return words;
        }
    }

    /** A percentile, 0 to 100. */
    record Percentile(double percentile) implements Figure {
        @Override
        public double millis(Times times, Settings settings) {
            return times.percentileMicros(percentile) / 1000.0;
        }

        @Override
        public String words(Settings settings) {
            return "p" + BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString();
        }
    }

    /** One of the report's four percentiles, which are settings. */
    record ReportPercentile(Setting setting) implements Figure {
        @Override
        public double millis(Times times, Settings settings) {
            return percentile(settings).millis(times, settings);
        }

        @Override
        public String words(Settings settings) {
            return percentile(settings).words(settings);
        }

        private Percentile percentile(Settings settings) {
            return new Percentile(Double.parseDouble(settings.text(setting)));
        }
    }
}
