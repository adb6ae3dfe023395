package dev.onrush.report.internal.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.ScenarioUsers;
import dev.onrush.report.internal.model.HeaderTexts;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.RunFacts;

/** What was run: simulation, machine, profiles, settings. */
final class RunDescription {
    private final RunStatistics statistics;
    private final RunInfo run;
    private final @Nullable Integer exitCode;

    RunDescription(RunStatistics statistics, @Nullable Integer exitCode) {
        this.statistics = statistics;
        this.run = statistics.run();
        this.exitCode = exitCode;
    }

    List<PageModel.Fact> facts() {
        RequestStatistics total = statistics.total();
        List<PageModel.Fact> facts = new ArrayList<>();
        facts.add(Facts.text("simulation", "Simulation", run.simulation()));
        if (!run.description().isEmpty()) {
            facts.add(Facts.text("description", "Description", run.description()));
        }
        facts.add(Facts.text("start", "Start", Printed.start(run.start())));
        facts.add(Facts.text("duration", "Duration", Printed.seconds(run.durationSeconds())));
        if (run.measuredSeconds() != run.durationSeconds()) {
            facts.add(Facts.text("measured", "Measured, without warm-up", Printed.seconds(run.measuredSeconds())));
        }
        facts.add(Facts.text("seed", "Seed", Long.toString(run.seed())));
        facts.add(Facts.text("version", "Onrush", run.version()));
        optional(facts, RunFacts.JAVA, "Java");
        optional(facts, RunFacts.SYSTEM, "System");
        optional(facts, RunFacts.PROCESSORS, "Processors");
        facts.add(Facts.text("bytes-received", "Received", Printed.bytes(total.bytesReceived())));
        facts.add(Facts.text("bytes-sent", "Sent", Printed.bytes(total.bytesSent())));
        if (!total.statusCodes().isEmpty()) {
            List<String> codes = new ArrayList<>();
            total.statusCodes().forEach((code, count) -> codes.add(code + " × " + Printed.count(count)));
            facts.add(Facts.text("status-codes", "Status codes", String.join(", ", codes)));
        }
        if (exitCode != null) {
            facts.add(Facts.text("exit-code", "Exit code", exitCode.toString()));
        }
        return facts;
    }

    private void optional(List<PageModel.Fact> facts, String key, String label) {
        String value = run.header().getOrDefault(key, "");
        if (!value.isEmpty()) {
            facts.add(Facts.text(key, label, value));
        }
    }

    /** Scenarios in the order of the run, each with its profile, and how many users it got. */
    List<PageModel.Fact> profiles() {
        Map<String, String> words = HeaderTexts.of(run.header(), RunFacts.PROFILE_PREFIX);
        List<PageModel.Fact> profiles = new ArrayList<>();
        for (ScenarioUsers scenario : statistics.scenarios()) {
            String profile = words.remove(scenario.scenario());
            String users = Printed.count(scenario.users().started(), "user started", "users started");
            profiles.add(new PageModel.Fact(
                    "profile", scenario.scenario(), users, profile == null ? users : profile + " – " + users));
        }
        words.forEach((scenario, profile) ->
                profiles.add(new PageModel.Fact("profile", scenario, "", profile + " – no user started")));
        return profiles;
    }

    List<PageModel.SettingRow> settings() {
        List<PageModel.SettingRow> settings = new ArrayList<>();
        new TreeMap<>(run.settings())
                .forEach((key, value) -> settings.add(new PageModel.SettingRow(
                        key, value, run.header().getOrDefault(RunFacts.SETTING_SOURCE_PREFIX + key, ""))));
        return settings;
    }
}
