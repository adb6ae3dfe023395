package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Require;
import dev.onrush.core.session.UserSession;

/** Which of many values a check takes. */
sealed interface Pick {
    /** The value, or {@link Finder#NONE}. */
    @Nullable
    Object from(MultipleFinder<?> finder, CheckedResponse response, UserSession session) throws Exception;

    /** How it is named behind the finder's name; empty for the first. */
    String words();

    record At(int place) implements Pick {
        public At {
            Require.notNegative("find(place)", place);
        }

        @Override
        public @Nullable Object from(MultipleFinder<?> finder, CheckedResponse response, UserSession session)
                throws Exception {
            return finder.find(response, session, place);
        }

        @Override
        public String words() {
            return place == 0 ? "" : ", match " + place;
        }
    }

    record All() implements Pick {
        @Override
        public Object from(MultipleFinder<?> finder, CheckedResponse response, UserSession session) throws Exception {
            List<? extends @Nullable Object> all = finder.findAll(response, session);
            return all.isEmpty() ? Finder.NONE : all;
        }

        @Override
        public String words() {
            return ", all";
        }
    }

    record Count() implements Pick {
        @Override
        public Object from(MultipleFinder<?> finder, CheckedResponse response, UserSession session) throws Exception {
            return finder.count(response, session);
        }

        @Override
        public String words() {
            return ", count";
        }
    }

    record AnyOne() implements Pick {
        @Override
        public @Nullable Object from(MultipleFinder<?> finder, CheckedResponse response, UserSession session)
                throws Exception {
            List<? extends @Nullable Object> all = finder.findAll(response, session);
            return all.isEmpty()
                    ? Finder.NONE
                    : all.get(session.identity().random().nextInt(all.size()));
        }

        @Override
        public String words() {
            return ", any";
        }
    }

    record Any(int most, boolean needsAll) implements Pick {
        public Any {
            Require.atLeast("findRandom(n)", 1, most);
        }

        @Override
        public Object from(MultipleFinder<?> finder, CheckedResponse response, UserSession session) throws Exception {
            List<? extends @Nullable Object> all = finder.findAll(response, session);
            if (all.isEmpty() || (needsAll && all.size() < most)) {
                return Finder.NONE;
            }
            SplittableRandom random = session.identity().random();
            List<@Nullable Object> drawn = new ArrayList<>();
            for (int i = 0; i < all.size() && drawn.size() < most; i++) {
                if (random.nextInt(all.size() - i) < most - drawn.size()) { // every subset is equally likely
                    drawn.add(all.get(i));
                }
            }
            return drawn;
        }

        @Override
        public String words() {
            return ", any " + most;
        }
    }
}
