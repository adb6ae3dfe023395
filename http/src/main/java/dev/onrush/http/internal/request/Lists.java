package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.List;

/** Immutable lists that grow. */
final class Lists {
    private Lists() {}

    static <T> List<T> with(List<? extends T> some, List<? extends T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
