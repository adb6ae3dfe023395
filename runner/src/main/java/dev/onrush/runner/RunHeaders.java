package dev.onrush.runner;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.onrush.core.Segment;
import dev.onrush.core.engine.PlannedPopulation;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.LoadLevel;
import dev.onrush.core.protocol.ConnectTime;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.scenario.Population;
import dev.onrush.core.setting.SettingValue;
import dev.onrush.report.outcome.RunFacts;

/** What the head of a log says of a run, so that its report can be made again from the log alone. */
final class RunHeaders {
    private RunHeaders() {}

    static RunHeader of(PreparedRun prepared, String description, List<ConnectTime> connectTimes) {
        RunHeader header = RunHeader.of(
                prepared.plan().simulation(),
                description,
                prepared.engine().environment().clock().start(),
                prepared.plan().seed(),
                Version.text());
        Segment segment = prepared.settings().segment();
        if (!segment.isWhole()) {
            header = header.with(RunHeader.SEGMENT, segment.toString());
        }
        for (SettingValue value : prepared.settings().changed()) {
            header = header.withSetting(value.setting().key(), value.text())
                    .with(
                            RunFacts.SETTING_SOURCE_PREFIX + value.setting().key(),
                            value.source().words());
        }
        for (PlannedPopulation population : prepared.plan().populations()) {
            header = header.with(RunFacts.PROFILE_PREFIX + population.name(), population.describeProfile())
                    .with(
                            RunHeader.MODEL_PREFIX + population.name(),
                            population.profile() instanceof ClosedProfile ? RunHeader.CLOSED : "open");
            if (population.after().isEmpty()) {
                header = header.with(
                        RunHeader.LEVELS_PREFIX + population.name(),
                        LoadLevel.text(population.profile().loadLevels()));
            }
        }
        int number = 1;
        for (String warning : prepared.warnings()) {
            header = header.with(RunFacts.WARNING_PREFIX + number++, warning);
        }
        for (ConnectTime connect : connectTimes) {
            header = header.with(RunFacts.CONNECT_PREFIX + connect.target(), connect.words());
        }
        Duration warmUp = prepared.definition().rules().warmUp();
        if (!warmUp.isZero()) {
            header = header.with(RunFacts.WARM_UP, warmUp.toMillis() / 1000.0 + " s");
        }
        boolean verified = Stream.concat(
                        prepared.definition().protocols().stream(),
                        prepared.definition().populations().stream()
                                .flatMap(Population::withFollowers)
                                .flatMap(population -> population.protocols().stream()))
                .allMatch(Protocol::verifiesTarget);
        header = header.with(RunHeader.TLS_VERIFICATION, Boolean.toString(verified))
                .with(
                        RunHeader.CLOCK,
                        Long.toString(prepared.engine().environment().clock().toNanoTime(0)));
        return header.with(RunFacts.WORKLOAD_MODEL, model(prepared.plan().populations()))
                .with(
                        RunFacts.JAVA,
                        System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")")
                .with(
                        RunFacts.SYSTEM,
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                                + System.getProperty("os.arch"))
                .with(RunFacts.PROCESSORS, Integer.toString(Runtime.getRuntime().availableProcessors()));
    }

    private static String model(List<PlannedPopulation> populations) {
        long closed = populations.stream()
                .filter(population -> population.profile() instanceof ClosedProfile)
                .count();
        return closed == 0 ? "open" : closed == populations.size() ? "closed" : "mixed";
    }
}
