package dev.onrush.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A definition that cannot run: all problems found, before anything was sent. The process ends with exit code 1.
 *
 * <p>A refused argument (wrong by itself) is thrown at that very call and carries one problem.
 */
public final class DefinitionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public DefinitionException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** A refused argument: thrown at the call that passed it. */
    public DefinitionException(String text) {
        this(List.of(new Problem("", text)));
    }

    /** All problems in the order found; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
