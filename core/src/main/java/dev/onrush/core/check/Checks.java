package dev.onrush.core.check;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/** All checks of one request, in the order they run: by scope, within a scope as written. Safe for use by many threads. */
public final class Checks {
    private final Check[] ordered;
    private final boolean readsBody;
    private final Set<BodyFact> bodyFacts;
    private final boolean readsStatus;

    private Checks(List<Check> ordered) {
        this.ordered = ordered.toArray(Check[]::new);
        this.readsBody = ordered.stream().anyMatch(Check::readsBody);
        Set<BodyFact> facts = EnumSet.noneOf(BodyFact.class);
        ordered.forEach(check -> facts.addAll(check.bodyFacts()));
        this.bodyFacts = Collections.unmodifiableSet(facts);
        this.readsStatus = ordered.stream().anyMatch(check -> check.scope() == CheckScope.STATUS);
    }

    /** @param written the protocol's, then the request's, each in the order written */
    public static Checks of(List<? extends Check> written, Settings settings) {
        Stream<Check> limited = written.stream().map(check -> check.under(settings));
        return new Checks(limited.sorted(Comparator.comparing(Check::scope)).toList()); // the sort is stable
    }

    /** Whether the response's body must be kept. */
    public boolean readsBody() {
        return readsBody;
    }

    /** What must be told of the body while it comes, if it is not kept. */
    public Set<BodyFact> bodyFacts() {
        return bodyFacts;
    }

    /** Whether one looks at the status: then the rule "2xx or 304 is ok" does not apply. */
    public boolean readsStatus() {
        return readsStatus;
    }

    public boolean isEmpty() {
        return ordered.length == 0;
    }

    /** Names of the session attributes these may set. */
    public Set<String> saves() {
        Set<String> names = new LinkedHashSet<>();
        for (Check check : ordered) {
            names.addAll(check.saves());
        }
        return names;
    }

    /** Names of the session attributes their expressions need and none of them sets. */
    public Set<String> reads() {
        Set<String> names = new LinkedHashSet<>();
        for (Check check : ordered) {
            names.addAll(check.reads());
        }
        names.removeAll(saves());
        return names;
    }

    /** What is wrong with them by definition; to be reported at the step's place. */
    public List<String> problems() {
        return Stream.of(ordered)
                .flatMap(check -> check.problems().stream())
                .distinct()
                .toList();
    }

    /**
     * Runs all of them, but for those of the body where there can be none. The first failure is the result's; values of checks that
     * held are saved even if another failed, and a check sees what those before it saved.
     */
    public CheckResult run(CheckedResponse response, UserSession session) {
        return run(ordered, response, session);
    }

    static CheckResult run(Check[] checks, CheckedResponse response, UserSession session) {
        UserSession current = session;
        @Nullable CheckResult failure = null;
        for (Check check : checks) {
            if (check.scope() == CheckScope.BODY && !response.hasBody()) {
                continue;
            }
            CheckResult result = check.run(response, current);
            current = result.session(current);
            if (failure == null && !result.isHeld()) {
                failure = result;
            }
        }
        UserSession saved = current == session ? null : current;
        if (failure != null) {
            return failure.with(saved);
        }
        return saved == null ? CheckResult.HELD : CheckResult.held(saved);
    }
}
