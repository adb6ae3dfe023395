package dev.onrush.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.onrush.core.engine.PlannedPopulation;
import dev.onrush.core.engine.RunPlan;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.InjectionProfile;
import dev.onrush.core.setting.SettingValue;

/** What a plan would do, for {@code --check}: a pure function, nothing is sent. */
public final class PlanPage {
    private static final String LEVELS = " ▁▂▃▄▅▆▇█";
    private static final int CHART_COLUMNS = 60;

    private PlanPage() {}

    /**
     * The plan as lines of text.
     *
     * @param warnings definition warnings
     * @param assertions each in words
     */
    public static List<String> lines(
            RunPlan plan, List<String> warnings, List<String> assertions, List<SettingValue> settings) {
        List<String> lines = new ArrayList<>();
        lines.add(Figures.safe(plan.simulation(), 100) + ": no mistakes found, nothing was sent.");
        List<String> expected = plan.describe();
        for (PlannedPopulation population : plan.populations()) {
            lines.add("");
            lines.add("scenario " + Figures.safe(population.name(), 100));
            lines.addAll(chart(population.profile()));
        }
        lines.add("");
        lines.add("plan");
        expected.forEach(line -> lines.add("  " + Figures.safe(line, 400)));
        lines.add("  users expected: "
                + plan.expectedUsers().map(String::valueOf).orElse("depends on the target's speed (closed model)"));
        if (plan.maxDurationNanos() != Long.MAX_VALUE) {
            lines.add("  the run stops after " + Figures.clock(plan.maxDurationNanos()) + " (maxDuration)");
        }
        if (plan.warmUpNanos() > 0) {
            lines.add("  the first " + Figures.clock(plan.warmUpNanos()) + " are warm-up, left out of statistics");
        }
        section(
                lines,
                "requests",
                plan.requests().stream()
                        .map(request -> String.join(" / ", request.groups())
                                + (request.groups().isEmpty() ? "" : " / ")
                                + request.name())
                        .toList());
        section(lines, "assertions", assertions);
        section(
                lines,
                "settings",
                settings.stream()
                        .map(value -> value.setting().systemProperty() + " = " + value.text() + " ("
                                + value.source().words() + ")")
                        .toList());
        section(lines, "warnings", warnings);
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        entries.forEach(entry -> lines.add("  " + Figures.safe(entry, 400)));
    }

    private static List<String> chart(InjectionProfile profile) {
        double[] shape = profile.shape(CHART_COLUMNS);
        double peak = Arrays.stream(shape).max().orElse(0);
        StringBuilder bars = new StringBuilder("  ");
        for (double value : shape) {
            int level = peak == 0 ? 0 : (int) Math.ceil(value / peak * (LEVELS.length() - 1));
            bars.append(LEVELS.charAt(Math.min(LEVELS.length() - 1, level)));
        }
        String unit = profile instanceof ClosedProfile ? "users present" : "users/s";
        String axis =
                "  0 s" + " ".repeat(CHART_COLUMNS - 12) + Figures.right(Figures.clock(profile.durationNanos()), 9);
        return List.of(String.format(Locale.ROOT, "  up to %s %s", Figures.rate(peak), unit), bars.toString(), axis);
    }
}
