package dev.onrush.core.check;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/** One value, or none, as all there is. */
record OnlyFinder<T>(Finder<T> finder) implements MultipleFinder<T> {
    @Override
    public String name() {
        return finder.name();
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
    public MultipleFinder<T> under(Settings settings) {
        return new OnlyFinder<>(finder.under(settings));
    }

    @Override
    public List<? extends @Nullable Object> findAll(CheckedResponse response, UserSession session) throws Exception {
        Object found = finder.find(response, session);
        return found == Finder.NONE ? List.of() : Collections.singletonList(found);
    }
}
