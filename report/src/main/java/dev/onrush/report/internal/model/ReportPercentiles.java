package dev.onrush.report.internal.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.onrush.core.setting.Setting;

/** The report's four percentiles, as the run's settings say. */
public record ReportPercentiles(List<Percentile> all) {
    /** One of them; {@code label} as in {@code p99.9}. */
    public record Percentile(double value, String label) {}

    public static ReportPercentiles of(Map<String, String> settings) {
        return new ReportPercentiles(
                Stream.of(Setting.PERCENTILE_1, Setting.PERCENTILE_2, Setting.PERCENTILE_3, Setting.PERCENTILE_4)
                        .map(setting -> percentile(settings.getOrDefault(setting.key(), setting.defaultText())))
                        .distinct()
                        .toList());
    }

    private static Percentile percentile(String text) {
        BigDecimal value = new BigDecimal(text.trim());
        return new Percentile(
                value.doubleValue(), "p" + value.stripTrailingZeros().toPlainString());
    }
}
