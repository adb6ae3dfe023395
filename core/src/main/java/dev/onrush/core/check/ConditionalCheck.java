package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/** Checks of one scope that are run only if a condition holds, which is asked once, before the first of them. */
public final class ConditionalCheck implements Check {
    private final CheckCondition condition;
    private final CheckScope scope;
    private final Check[] checks;

    private ConditionalCheck(CheckCondition condition, CheckScope scope, List<Check> checks) {
        this.condition = condition;
        this.scope = scope;
        this.checks = checks.toArray(Check[]::new);
    }

    /** All of {@code checks} under that condition: one for each scope among them, as scopes decide the order. */
    public static List<Check> of(CheckCondition condition, List<? extends Check> checks) {
        Map<CheckScope, List<Check>> byScope = new EnumMap<>(CheckScope.class);
        for (Check check : checks) {
            byScope.computeIfAbsent(check.scope(), scope -> new ArrayList<>()).add(check);
        }
        List<Check> all = new ArrayList<>();
        byScope.forEach((scope, some) -> all.add(new ConditionalCheck(condition, scope, some)));
        return List.copyOf(all);
    }

    @Override
    public CheckScope scope() {
        return scope;
    }

    @Override
    public boolean readsBody() {
        return condition.readsBody() || Stream.of(checks).anyMatch(Check::readsBody);
    }

    @Override
    public Set<BodyFact> bodyFacts() {
        Set<BodyFact> facts = EnumSet.noneOf(BodyFact.class);
        for (Check check : checks) {
            facts.addAll(check.bodyFacts());
        }
        return facts;
    }

    @Override
    public Set<String> saves() {
        Set<String> names = new LinkedHashSet<>();
        for (Check check : checks) {
            names.addAll(check.saves());
        }
        return names;
    }

    @Override
    public Set<String> reads() {
        Set<String> names = new LinkedHashSet<>(condition.reads());
        for (Check check : checks) {
            names.addAll(check.reads());
        }
        return names;
    }

    @Override
    public List<String> problems() {
        return Stream.concat(
                        condition.problems().stream(), Stream.of(checks).flatMap(check -> check.problems().stream()))
                .toList();
    }

    @Override
    public Check under(Settings settings) {
        return new ConditionalCheck(
                condition,
                scope,
                Stream.of(checks).map(check -> check.under(settings)).toList());
    }

    @Override
    public CheckResult run(CheckedResponse response, UserSession session) {
        try {
            if (!condition.holds(response, session)) {
                return CheckResult.HELD;
            }
        } catch (Throwable e) { // an author's function may throw anything
            return CheckResult.crashed("checkIf", e);
        }
        return Checks.run(checks, response, session);
    }
}
