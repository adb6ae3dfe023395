package dev.onrush.core.check;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/** One value, or one list of values, out of many. */
record PickedFinder<T>(MultipleFinder<?> finder, Pick pick) implements Finder<T> {
    @Override
    public String name() {
        return finder.name() + pick.words();
    }

    @Override
    public CheckScope scope() {
        return finder.scope();
    }

    @Override
    public boolean readsBody() {
        return finder.readsBody();
    }

    @Override
    public Set<String> reads() {
        return finder.reads();
    }

    @Override
    public List<String> problems() {
        return finder.problems();
    }

    @Override
    public Finder<T> under(Settings settings) {
        return new PickedFinder<>(finder.under(settings), pick);
    }

    @Override
    public @Nullable Object find(CheckedResponse response, UserSession session) throws Exception {
        return pick.from(finder, response, session);
    }
}
