package dev.onrush.http.internal.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found on pages, kept once for all users whose caches remember it. Safe for use by many threads. */
final class SharedResources {
    private static final int MOST = 1000;

    private final Map<List<Url>, List<Url>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Url>, List<Url>> eldest) {
            return size() > MOST;
        }
    };

    /** An equal list, which others have as well. */
    synchronized List<Url> shared(List<Url> found) {
        List<Url> same = known.get(found);
        if (same != null) {
            return same;
        }
        known.put(found, found);
        return found;
    }
}
