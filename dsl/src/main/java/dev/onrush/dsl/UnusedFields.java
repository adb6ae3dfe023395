package dev.onrush.dsl;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Problem;
import dev.onrush.core.scenario.Population;
import dev.onrush.core.scenario.Step;

/** Chains and scenarios in fields of a simulation that are part of no population: most likely forgotten. */
final class UnusedFields {
    private final Set<Step> used = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Population> populations;

    private UnusedFields(List<Population> populations) {
        this.populations = populations;
        populations.forEach(population -> use(population.scenario().steps()));
    }

    static List<Problem> of(Simulation simulation, List<Population> populations) {
        UnusedFields search = new UnusedFields(populations);
        List<Problem> warnings = new ArrayList<>();
        for (Class<?> type = simulation.getClass();
                type != null && type != Simulation.class;
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (search.isUnused(value(field, simulation))) {
                    warnings.add(new Problem(
                            "field " + type.getSimpleName() + "." + field.getName(),
                            "is part of no population. Use it in a scenario that setUp names, or remove it."));
                }
            }
        }
        return warnings;
    }

    /** Without recursion: how deep an author nests blocks is not known yet. */
    private void use(List<Step> steps) {
        Deque<Step> open = new ArrayDeque<>(steps);
        for (Step step = open.poll(); step != null; step = open.poll()) {
            if (used.add(step)) {
                open.addAll(step.children());
            }
        }
    }

    private boolean isUnused(@Nullable Object value) {
        if (value instanceof ScenarioBuilder scenario) {
            return populations.stream()
                    .noneMatch(population -> population.name().equals(scenario.name()));
        }
        return value instanceof ChainBuilder chain && !used.containsAll(chain.steps());
    }

    private static @Nullable Object value(Field field, Simulation simulation) {
        if (field.getType() != ChainBuilder.class && field.getType() != ScenarioBuilder.class) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(Modifier.isStatic(field.getModifiers()) ? null : simulation);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // a warning is not worth more
        }
    }
}
