package dev.onrush.dsl;

import dev.onrush.core.Require;

/** A branch of a switch. */
public final class Choice {
    private Choice() {}

    /**
     * A branch taken in so many percent of the cases. Immutable.
     *
     * @param percent 0 to 100
     */
    public record WithWeight(double percent, ChainBuilder chain) {
        public WithWeight {
            Arguments.percent("percent", percent);
            Require.notNull("percent: chain", chain);
        }
    }

    /** {@code percent(p)}, without its branch. */
    public static final class Percent {
        private final double percent;

        Percent(double percent) {
            this.percent = new WithWeight(percent, ChainBuilder.EMPTY).percent();
        }

        public WithWeight then(Executable first, Executable... more) {
            return new WithWeight(percent, ChainBuilder.EMPTY.exec(first, more));
        }
    }

    /** A branch taken if the value equals that key. Immutable. */
    public record WithKey(Object key, ChainBuilder chain) {
        public WithKey {
            Require.notNull("onCase: key", key);
            Require.notNull("onCase: chain", chain);
        }
    }

    /** {@code onCase(key)}, without its branch. */
    public static final class Case {
        private final Object key;

        Case(Object key) {
            this.key = new WithKey(key, ChainBuilder.EMPTY).key();
        }

        public WithKey then(Executable first, Executable... more) {
            return new WithKey(key, ChainBuilder.EMPTY.exec(first, more));
        }
    }
}
