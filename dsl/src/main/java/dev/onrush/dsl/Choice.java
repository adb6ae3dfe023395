package dev.onrush.dsl;

import dev.onrush.core.Require;

/** A branch of a switch. */
public final class Choice {
    private Choice() {}

    /** An older form of {@code percent(p).then(chain)}. */
    public static WithWeight withWeight(double percent, ChainBuilder chain) {
        return new WithWeight(percent, chain);
    }

    /** An older form of {@code onCase(key).then(chain)}. */
    public static WithKey withKey(Object key, ChainBuilder chain) {
        return new WithKey(key, chain);
    }

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

        /** {@code percent(p)}, without its branch. */
        public static final class Then {
            private final double percent;

            Then(double percent) {
                this.percent = new WithWeight(percent, ChainBuilder.EMPTY).percent();
            }

            public WithWeight then(Executable first, Executable... more) {
                return new WithWeight(percent, ChainBuilder.EMPTY.exec(first, more));
            }
        }
    }

    /** A branch taken if the value equals that key. Immutable. */
    public record WithKey(Object key, ChainBuilder chain) {
        public WithKey {
            Require.notNull("onCase: key", key);
            Require.notNull("onCase: chain", chain);
        }

        /** {@code onCase(key)}, without its branch. */
        public static final class Then {
            private final Object key;

            Then(Object key) {
                this.key = new WithKey(key, ChainBuilder.EMPTY).key();
            }

            public WithKey then(Executable first, Executable... more) {
                return new WithKey(key, ChainBuilder.EMPTY.exec(first, more));
            }
        }
    }
}
