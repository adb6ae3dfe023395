package dev.onrush.core.session;

import java.util.List;

/** A text with mistakes: reported where the scenario is compiled, never evaluated in a run. */
record Broken<T>(String source, List<String> problems) implements Expression<T> {
    @Override
    public T evaluate(UserSession session) {
        throw new UnresolvedException(Excerpt.of(problems.get(0)));
    }
}
