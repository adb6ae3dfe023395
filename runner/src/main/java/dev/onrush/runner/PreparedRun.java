package dev.onrush.runner;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;
import dev.onrush.core.Secrets;
import dev.onrush.core.engine.Engine;
import dev.onrush.core.engine.EngineOptions;
import dev.onrush.core.engine.KeptSamples;
import dev.onrush.core.engine.RunPlan;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.protocol.ExchangeListener;
import dev.onrush.core.scenario.LoadPlan;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;
import dev.onrush.dsl.LoadedSimulation;

/**
 * A simulation that was found to be without mistakes and waits to be run. Nothing was sent yet.
 *
 * @param log to be set before the engine runs
 */
record PreparedRun(
        LoadedSimulation simulation,
        LoadPlan definition,
        Settings settings,
        Names names,
        Engine engine,
        RunPlan plan,
        AtomicReference<EventLog> log) {
    /**
     * Makes the simulation and looks for mistakes.
     *
     * @param change how the plan is changed before it is compiled, as {@code --debug} does
     * @throws DefinitionException with all mistakes found
     */
    static PreparedRun of(Class<?> type, UnaryOperator<LoadPlan> change) {
        return of(
                type,
                change,
                (plan, names) -> plan.rules().keepSamples() ? Optional.of(new KeptSamples(names)) : Optional.empty());
    }

    /** @param listening makes who is told of the exchanges of that plan */
    static PreparedRun of(
            Class<?> type,
            UnaryOperator<LoadPlan> change,
            BiFunction<LoadPlan, Names, Optional<ExchangeListener>> listening) {
        LoadedSimulation simulation = LoadedSimulation.load(type);
        LoadPlan definition = change.apply(simulation.plan());
        Secrets secrets = Secrets.of(definition.rules().secrets());
        try {
            return of(type, simulation, definition, secrets, listening);
        } catch (DefinitionException e) {
            throw new DefinitionException(e.problems().stream()
                    .map(problem -> new Problem(secrets.mask(problem.place()), secrets.mask(problem.text())))
                    .toList());
        }
    }

    private static PreparedRun of(
            Class<?> type,
            LoadedSimulation simulation,
            LoadPlan definition,
            Secrets secrets,
            BiFunction<LoadPlan, Names, Optional<ExchangeListener>> listening) {
        Settings settings = Settings.inForce(words(definition.rules()), type.getClassLoader());
        Names names = Names.withLimit(settings.number(Setting.NAMES_LIMIT), secrets);
        AtomicReference<EventLog> log = new AtomicReference<>();
        Engine engine = new Engine(
                EngineOptions.of(settings, names, thread -> begun(log).recorder(thread))
                        .recordsLost(() -> begun(log).totals().recordsLost())
                        .logQueuedBytes(() -> begun(log).queuedBytes())
                        .secrets(secrets)
                        .exchanges(listening.apply(definition, names).orElse(null)));
        RunPlan plan = definition.compile(engine.environment(), simulation.problems());
        return new PreparedRun(simulation, definition, settings, names, engine, plan, log);
    }

    /** Writes what is left of the log, if it was begun. */
    void endLog() {
        EventLog begun = log.get();
        if (begun != null) {
            begun.close();
        }
    }

    /** Of the simulation, of its plan, and of what was given beside them. */
    List<String> warnings() {
        return Stream.of(
                        simulation.warnings().stream().map(Problem::toString),
                        plan.warnings().stream(),
                        settings.warnings().stream())
                .flatMap(lines -> lines)
                .map(secrets()::mask)
                .toList();
    }

    /** What no text of the run may hold. */
    Secrets secrets() {
        return engine.secrets();
    }

    private static EventLog begun(AtomicReference<EventLog> log) {
        return Objects.requireNonNull(log.get(), "the event log is begun before the engine");
    }

    private static Map<Setting, String> words(RunRules rules) {
        Map<Setting, String> words = new EnumMap<>(Setting.class);
        if (rules.maxRate() > 0) {
            words.put(Setting.MAX_RATE, Double.toString(rules.maxRate()));
        }
        Long seed = rules.seed();
        if (seed != null) {
            words.put(Setting.SEED, Long.toString(seed));
        }
        if (!rules.allowTargets().isEmpty()) {
            words.put(Setting.ALLOW_TARGETS, String.join(",", rules.allowTargets()));
        }
        return words;
    }
}
