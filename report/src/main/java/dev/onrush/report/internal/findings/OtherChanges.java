package dev.onrush.report.internal.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.RunFacts;

/** What else differs between two sides besides their figures: a difference may come from there. */
final class OtherChanges {
    /** Differs in every run and says nothing. */
    private static final Set<String> ITS_OWN = Set.of(RunHeader.START, RunHeader.CLOCK, RunHeader.DESCRIPTION);

    private static final Map<String, String> WORDS = Map.of(
            RunHeader.SIMULATION, "simulation",
            RunHeader.SEED, "seed",
            RunHeader.VERSION, "version of Onrush",
            RunHeader.PLAN, "plan",
            RunHeader.TLS_VERIFICATION, "TLS verification",
            RunFacts.WORKLOAD_MODEL, "workload model",
            RunFacts.WARM_UP, "warm-up",
            RunFacts.JAVA, "Java",
            RunFacts.SYSTEM, "system",
            RunFacts.PROCESSORS, "processors");

    private static final String NOTHING = "not set";
    private static final double OTHER_DURATION = 0.05;

    /** One thing that differs. */
    record Change(String what, String baseline, String candidate) {}

    private OtherChanges() {}

    /** In the order of their names; runs of one side that differ among themselves are told with all their values. */
    static List<Change> between(List<ComparedRun> baselines, List<ComparedRun> candidates) {
        Set<String> keys = new TreeSet<>();
        baselines.forEach(run -> keys.addAll(run.slices().header().values().keySet()));
        candidates.forEach(run -> keys.addAll(run.slices().header().values().keySet()));
        Map<String, Change> changes = new TreeMap<>();
        for (String key : keys) {
            String what = words(key);
            Set<String> before = values(baselines, key);
            Set<String> after = values(candidates, key);
            if (!what.isEmpty() && !before.equals(after)) {
                changes.put(what, new Change(what, String.join(", ", before), String.join(", ", after)));
            }
        }
        double before = meanSeconds(baselines);
        double after = meanSeconds(candidates);
        List<Change> all = new ArrayList<>();
        if (Math.abs(after - before) > OTHER_DURATION * before) {
            all.add(new Change("measured time", Printed.seconds(before), Printed.seconds(after)));
        }
        all.addAll(changes.values());
        return all;
    }

    /** Empty for what is no setting of the run. */
    private static String words(String key) {
        if (key.startsWith(RunHeader.SETTING_PREFIX)) {
            return "setting " + key.substring(RunHeader.SETTING_PREFIX.length());
        }
        if (key.startsWith(RunFacts.PROFILE_PREFIX)) {
            return "profile of " + key.substring(RunFacts.PROFILE_PREFIX.length());
        }
        if (key.startsWith(RunHeader.MODEL_PREFIX)
                || key.startsWith(RunFacts.SETTING_SOURCE_PREFIX)
                || key.startsWith(RunFacts.WARNING_PREFIX)
                || key.startsWith(RunFacts.CONNECT_PREFIX)
                || ITS_OWN.contains(key)) {
            return "";
        }
        return WORDS.getOrDefault(key, key);
    }

    private static Set<String> values(List<ComparedRun> runs, String key) {
        Set<String> values = new TreeSet<>();
        for (ComparedRun run : runs) {
            String value = run.slices().header().values().getOrDefault(key, NOTHING);
            values.add(value.isEmpty() ? NOTHING : value);
        }
        return values;
    }

    private static double meanSeconds(List<ComparedRun> runs) {
        return runs.stream()
                .mapToDouble(run -> run.statistics().run().measuredSeconds())
                .average()
                .orElse(0);
    }
}
