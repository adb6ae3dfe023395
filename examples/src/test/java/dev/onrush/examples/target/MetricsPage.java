package dev.onrush.examples.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A Prometheus page, read strictly: every line is a comment or a sample, every sample has its TYPE before it. */
final class MetricsPage {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_]+)(\\{[a-z]+=\"[^\"]*\"(?:,[a-z]+=\"[^\"]*\")*})? ([-+0-9.eE]+|\\+Inf|NaN)");

    private final Map<String, Double> samples = new LinkedHashMap<>();

    static MetricsPage of(String text) {
        var page = new MetricsPage();
        var types = new LinkedHashMap<String, String>();
        assertThat(text).endsWith("\n");
        for (String line : text.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                String[] parts = line.split(" ");
                assertThat(types.put(parts[2], parts[3])).as(line).isNull();
            } else if (!line.startsWith("# HELP ")) {
                var sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                String family = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
                assertThat(types).as(line).containsKey(types.containsKey(sample.group(1)) ? sample.group(1) : family);
                String labels = sample.group(2) == null ? "" : sample.group(2);
                assertThat(page.samples.put(sample.group(1) + labels, Double.valueOf(sample.group(3))))
                        .as(line)
                        .isNull();
            }
        }
        return page;
    }

    double get(String sample) {
        assertThat(samples).containsKey(sample);
        return samples.get(sample);
    }

    double requests(String method, String path, int status) {
        return samples.getOrDefault(
                "target_requests_total{method=\"" + method + "\",path=\"" + path + "\",status=\"" + status + "\"}",
                0.0);
    }
}
