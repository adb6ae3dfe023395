package dev.onrush.core.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Whether two values are equal, as {@code equals} says: text 1 and number 1 are not. */
public record Equality(Expression<?> actual, Expression<?> expected) implements Expression<Boolean> {
    @Override
    public Boolean evaluate(UserSession session) {
        Object found = Values.required(actual, session, "the actual value");
        return found.equals(Values.required(expected, session, "the expected value"));
    }

    @Override
    public Set<String> attributes() {
        Set<String> both = new HashSet<>(actual.attributes());
        both.addAll(expected.attributes());
        return both;
    }

    @Override
    public List<String> problems() {
        List<String> both = new ArrayList<>(actual.problems());
        both.addAll(expected.problems());
        return both;
    }
}
