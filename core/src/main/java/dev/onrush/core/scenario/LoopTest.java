package dev.onrush.core.scenario;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Whether a loop takes another turn. */
public sealed interface LoopTest {
    /**
     * The session of the next turn; null if there is none.
     *
     * @param turn from 0
     * @param enteredNanos when the user came to the loop
     */
    @Nullable
    UserSession turn(VirtualUser user, int turn, long enteredNanos);

    /** Whether the turn that goes on may go on; asked before each step of a loop that is left as soon as possible. */
    default boolean holds(VirtualUser user, int turn, long enteredNanos) {
        return turn(user, turn, enteredNanos) != null;
    }

    /** Reports mistakes of its expressions. */
    void check(Compilation compilation);

    /** So many times; the number is read again before each turn. */
    record Times(Expression<Integer> times) implements LoopTest {
        @Override
        public @Nullable UserSession turn(VirtualUser user, int turn, long enteredNanos) {
            UserSession session = user.session();
            return turn < Values.required(times, session, "the number of repetitions") ? session : null;
        }

        @Override
        public void check(Compilation compilation) {
            compilation.reads(times);
        }
    }

    /** Once for each element, which is put into the attribute. */
    record Each(Expression<? extends List<?>> elements, String attribute) implements LoopTest {
        @Override
        public @Nullable UserSession turn(VirtualUser user, int turn, long enteredNanos) {
            UserSession session = user.session();
            List<?> all = Values.required(elements, session, "the list of foreach");
            return turn < all.size() ? session.set(attribute, all.get(turn)) : null;
        }

        @Override
        public void check(Compilation compilation) {
            compilation.reads(elements);
            compilation.fixedName(attribute);
            compilation.sets(java.util.Set.of(attribute));
        }
    }

    /** Until that long has passed since the loop was entered. */
    record For(Expression<Long> nanos) implements LoopTest {
        @Override
        public @Nullable UserSession turn(VirtualUser user, int turn, long enteredNanos) {
            UserSession session = user.session();
            long length = Values.nanos(nanos, session, "the duration of the loop");
            return Math.max(user.now(), user.dueNanos()) - enteredNanos < length ? session : null;
        }

        @Override
        public void check(Compilation compilation) {
            compilation.reads(nanos);
            if (nanos.isConstant() && nanos.source() != null && nanos.source().equals("0")) {
                compilation.problem("the loop lasts " + Duration.ZERO + ". Give it a duration above zero.");
            }
        }
    }

    /** As long as the condition holds. */
    record While(Expression<Boolean> condition) implements LoopTest {
        @Override
        public @Nullable UserSession turn(VirtualUser user, int turn, long enteredNanos) {
            UserSession session = user.session();
            return Values.required(condition, session, "the condition of the loop") ? session : null;
        }

        @Override
        public void check(Compilation compilation) {
            compilation.reads(condition);
        }
    }

    /** As long as both tests hold. */
    record Both(LoopTest first, LoopTest second) implements LoopTest {
        @Override
        public @Nullable UserSession turn(VirtualUser user, int turn, long enteredNanos) {
            return first.turn(user, turn, enteredNanos) == null ? null : second.turn(user, turn, enteredNanos);
        }

        @Override
        public void check(Compilation compilation) {
            first.check(compilation);
            second.check(compilation);
        }
    }

    /** For ever. */
    record Always() implements LoopTest {
        @Override
        public @Nullable UserSession turn(VirtualUser user, int turn, long enteredNanos) {
            return user.session();
        }

        @Override
        public void check(Compilation compilation) {
            // there is nothing to check
        }
    }
}
