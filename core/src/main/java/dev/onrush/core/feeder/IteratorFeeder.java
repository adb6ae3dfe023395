package dev.onrush.core.feeder;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.setting.Settings;

/** Records of an author's iterator, which one thread at a time asks. */
public final class IteratorFeeder implements Feeder {
    private final Supplier<? extends Iterator<Map<String, Object>>> supplier;
    private @Nullable Iterator<Map<String, Object>> rest;

    /** @param supplier asked for a new iterator each time a run begins */
    public IteratorFeeder(Supplier<? extends Iterator<Map<String, Object>>> supplier) {
        this.supplier = supplier;
    }

    @Override
    public synchronized void open(Settings settings, long seed) {
        rest = supplier.get();
    }

    @Override
    public synchronized @Nullable Map<String, Object> next(UserIdentity user) {
        Iterator<Map<String, Object>> iterator = rest;
        if (iterator == null) {
            throw new IllegalStateException("the feeder's supplier gave null. Return an iterator.");
        }
        if (!iterator.hasNext()) {
            return null;
        }
        Map<String, Object> record = iterator.next();
        if (record == null) {
            throw new IllegalStateException("the feeder's iterator gave null. Return a map for every user.");
        }
        return record;
    }

    @Override
    public Optional<Set<String>> attributes() {
        return Optional.empty();
    }

    @Override
    public boolean stopsUserWhenEmpty() {
        return false;
    }

    @Override
    public String name() {
        return "iterator feeder";
    }
}
