package dev.onrush.core.check;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/** Takes any number of values of type {@code T} out of a response. Immutable, safe for use by many threads. */
public interface MultipleFinder<T> {
    /** What a finder of one value finds, as all there is. */
    static <T> MultipleFinder<T> just(Finder<T> finder) {
        return new OnlyFinder<>(finder);
    }

    /** What it looks for, for messages: {@code header ETag}, {@code jsonPath $.n}. */
    String name();

    CheckScope scope();

    boolean readsBody();

    /** Names of the session attributes its expressions need. */
    default Set<String> reads() {
        return Set.of();
    }

    /** What is wrong with it by definition. */
    default List<String> problems() {
        return List.of();
    }

    default MultipleFinder<T> under(Settings settings) {
        return this;
    }

    /** All values in order, each a {@code T} or null; empty if there is none. */
    List<? extends @Nullable Object> findAll(CheckedResponse response, UserSession session) throws Exception;

    /** The value at that place, from 0: a {@code T}, or null if the value found is null, or {@link Finder#NONE}. */
    default @Nullable Object find(CheckedResponse response, UserSession session, int place) throws Exception {
        List<? extends @Nullable Object> all = findAll(response, session);
        return place < all.size() ? all.get(place) : Finder.NONE;
    }

    default int count(CheckedResponse response, UserSession session) throws Exception {
        return findAll(response, session).size();
    }

    /** The value at that place, from 0. */
    default Finder<T> at(int place) {
        return new PickedFinder<>(this, new Pick.At(place));
    }

    /** All values as a list; {@link Finder#NONE} if there is none. */
    default Finder<List<T>> all() {
        return new PickedFinder<>(this, new Pick.All());
    }

    /** How many there are, which may be 0. */
    default Finder<Integer> counted() {
        return new PickedFinder<>(this, new Pick.Count());
    }

    /** Any one of them, drawn from the user's own generator. */
    default Finder<T> anyOne() {
        return new PickedFinder<>(this, new Pick.AnyOne());
    }

    /**
     * Any {@code most} of them, each at most once, in their order.
     *
     * @param needsAll whether fewer are none
     */
    default Finder<List<T>> any(int most, boolean needsAll) {
        return new PickedFinder<>(this, new Pick.Any(most, needsAll));
    }
}
