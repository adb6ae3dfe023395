package dev.onrush.core.check;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Conversion;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/**
 * The validations a check may name: equal, in, less than, exists and so on.
 *
 * <p>Where a value is expected and nothing was found, all but {@link #not}, {@link #NOTHING} and {@link #OPTIONAL} refuse.
 */
public final class Expectation {
    private static final int LONGEST = 80;

    /** Something is found, be it null. */
    public static final Validation EXISTS = (found, session) -> found == Finder.NONE ? new Refusal("a value") : found;

    /** Nothing is found. */
    public static final Validation NOTHING = (found, session) -> found == Finder.NONE ? found : new Refusal("nothing");

    /** Always holds. */
    public static final Validation OPTIONAL = (found, session) -> found;

    /** A value that is null. */
    public static final Validation NULL = (found, session) -> found == null ? null : new Refusal("null");

    /** A value that is not null. */
    public static final Validation NOT_NULL =
            (found, session) -> found == null || found == Finder.NONE ? new Refusal("a value that is not null") : found;

    private Expectation() {}

    /** An author's function: gives the value to save, or throws to refuse. */
    @FunctionalInterface
    public interface Judge {
        @Nullable
        Object judge(@Nullable Object value, UserSession session) throws Exception;
    }

    public static Validation is(Expression<?> expected) {
        return new Comparing(expected) {
            @Override
            @Nullable
            Object compare(@Nullable Object found, @Nullable Object wanted) {
                return found != Finder.NONE && Objects.deepEquals(found, wanted) ? found : new Refusal(shown(wanted));
            }
        };
    }

    public static Validation not(Expression<?> unwanted) {
        return new Comparing(unwanted) {
            @Override
            @Nullable
            Object compare(@Nullable Object found, @Nullable Object wanted) {
                return Objects.deepEquals(found, wanted) ? new Refusal("anything but " + shown(wanted)) : found;
            }
        };
    }

    public static Validation in(Expression<? extends List<?>> expected) {
        return new Comparing(expected) {
            @Override
            @Nullable
            Object compare(@Nullable Object found, @Nullable Object wanted) {
                List<?> all = wanted instanceof List<?> list ? list : List.of();
                for (Object one : all) {
                    if (found != Finder.NONE && Objects.deepEquals(found, isText ? adapted(found, one) : one)) {
                        return found;
                    }
                }
                return new Refusal("one of "
                        + Excerpt.of(
                                all.stream().map(Expectation::shown).collect(Collectors.joining(", ", "[", "]")),
                                LONGEST));
            }
        };
    }

    public static Validation lessThan(Expression<?> limit) {
        return ordered(limit, "less than ", order -> order < 0);
    }

    public static Validation atMost(Expression<?> limit) {
        return ordered(limit, "at most ", order -> order <= 0);
    }

    public static Validation moreThan(Expression<?> limit) {
        return ordered(limit, "more than ", order -> order > 0);
    }

    public static Validation atLeast(Expression<?> limit) {
        return ordered(limit, "at least ", order -> order >= 0);
    }

    private static Validation ordered(Expression<?> limit, String words, IntPredicate holds) {
        return new Comparing(limit) {
            @Override
            @Nullable
            Object compare(@Nullable Object found, @Nullable Object wanted) {
                if (found == Finder.NONE || found == null || wanted == null) {
                    return new Refusal(words + shown(wanted));
                }
                if (!(found instanceof Comparable) || found.getClass() != wanted.getClass()) {
                    throw new IllegalArgumentException(found.getClass().getSimpleName() + " and "
                            + wanted.getClass().getSimpleName() + " cannot be put in order");
                }
                @SuppressWarnings("unchecked") // of one class, seen above
                int order = ((Comparable<Object>) found).compareTo(wanted);
                return holds.test(order) ? found : new Refusal(words + shown(wanted));
            }
        };
    }

    /** An author's validation: it throws to refuse, and is given null for nothing found; null for nothing stays nothing. */
    public static Validation judged(String name, Judge judge) {
        return (found, session) -> {
            try {
                Object judged = judge.judge(found == Finder.NONE ? null : found, session);
                return judged == null && found == Finder.NONE ? found : judged;
            } catch (Exception | AssertionError e) {
                return new Refusal(Excerpt.of(name, LONGEST), Excerpt.ofThrown(e, LONGEST));
            }
        };
    }

    private static String shown(@Nullable Object value) {
        return Excerpt.ofValue(value, LONGEST);
    }

    /** Compares the value found with an expected one that may differ from session to session. */
    private abstract static class Comparing implements Validation {
        private final Expression<?> expected;
        private final @Nullable Object constant;
        /** Written as text with {@code #{…}}: its value is taken as the type of what was found. */
        final boolean isText;

        Comparing(Expression<?> expected) {
            this.expected = expected;
            boolean fixed = expected.isConstant();
            this.constant = fixed ? expected.evaluate(UserSession.NOBODY) : null;
            this.isText = expected.source() != null && !(fixed && !(constant instanceof String));
        }

        @Override
        public final @Nullable Object validate(@Nullable Object found, UserSession session) {
            Object wanted = constant == null ? expected.evaluate(session) : constant;
            boolean adapts = isText && !(wanted instanceof List) && found != Finder.NONE;
            return compare(found, adapts ? adapted(found, wanted) : wanted);
        }

        /** {@code one} as the type of what was found, if it can be. */
        static @Nullable Object adapted(@Nullable Object found, @Nullable Object one) {
            try {
                return found == null || one == null ? one : Conversion.like(found, one);
            } catch (IllegalArgumentException e) {
                return one; // text that is no number equals no number
            }
        }

        /** As {@link Validation#validate}. */
        abstract @Nullable Object compare(@Nullable Object found, @Nullable Object wanted);

        @Override
        public Set<String> reads() {
            return expected.attributes();
        }

        @Override
        public List<String> problems() {
            return expected.problems();
        }
    }
}
