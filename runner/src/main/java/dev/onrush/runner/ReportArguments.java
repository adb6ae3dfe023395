package dev.onrush.runner;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;
import dev.onrush.report.ReportFile;
import dev.onrush.report.ReportOptions;

/** What the command line says of how a report is made again. */
final class ReportArguments {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)(ms|s|m|h|)");

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Count only what ended from then on, since the run began: 90s, 1.5s, 10m.")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Count only what ended before then.")
    @Nullable
    String to;

    @Option(
            names = "--percentiles",
            paramLabel = "P,P,…",
            description = "Percentiles of the report, one to four: 50,90,99.9.")
    @Nullable
    String percentiles;

    @Option(
            names = "--files",
            paramLabel = "FILE,…",
            description =
                    "Which files: page, summary, junit, requests, timeline, errors, markdown, histograms (default: all).")
    @Nullable
    String files;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Where the files go (default: the folder of the run; one inside of it for a window or several runs).")
    @Nullable
    Path output;

    /** The first option that was given; empty if none was. */
    String given() {
        return from != null
                ? "--from"
                : to != null
                        ? "--to"
                        : percentiles != null
                                ? "--percentiles"
                                : files != null ? "--files" : output != null ? "--output" : "";
    }

    /** What is wrong with them; empty if nothing is. */
    String mistake() {
        try {
            options();
            return "";
        } catch (DefinitionException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** @throws DefinitionException with what is wrong with them */
    ReportOptions options() {
        ReportOptions options = ReportOptions.defaults();
        if (from != null && to != null) {
            options = options.window(duration("--from", from), duration("--to", to));
        } else if (from != null) {
            options = options.from(duration("--from", from));
        } else if (to != null) {
            options = options.to(duration("--to", to));
        }
        if (percentiles != null) {
            options = options.percentiles(numbers(percentiles));
        }
        if (output != null) {
            options = options.folder(output);
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        String words =
                files != null ? files : Settings.inForce(Map.of(), loader).text(Setting.REPORT_FILES);
        return options.files(ReportFile.read(words));
    }

    private static Duration duration(String option, String text) {
        Matcher duration = DURATION.matcher(text.strip());
        if (!duration.matches()) {
            throw new DefinitionException(
                    option + ": a time since the run began is expected, such as 90s, 1.5s, 250ms or 10m, was \"" + text
                            + "\".");
        }
        long unit = switch (duration.group(2)) {
            case "ms" -> 1_000;
            case "m" -> 60_000_000;
            case "h" -> 3_600_000_000L;
            default -> 1_000_000;
        };
        BigDecimal micros = new BigDecimal(duration.group(1)).multiply(BigDecimal.valueOf(unit));
        return Duration.ofSeconds(micros.longValue() / 1_000_000, micros.longValue() % 1_000_000 * 1000);
    }

    private static double[] numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            try {
                numbers.add(Double.valueOf(word.strip()));
            } catch (NumberFormatException e) {
                throw new DefinitionException(
                        "--percentiles: numbers from 0 to 100 are expected, such as 50,90,99.9, was \"" + text + "\".");
            }
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
