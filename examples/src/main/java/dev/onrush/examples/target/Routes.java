package dev.onrush.examples.target;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Finds the route of a path: exact ones first, then those that end in a variable part. */
final class Routes {

    /** A route with the variable part of the path that led to it. */
    record Found(Route route, String tail) {}

    private final Map<String, Found> exact = new HashMap<>();
    private final Map<String, Route> byPrefix = new HashMap<>();

    Routes(List<Route> routes) {
        for (Route route : routes) {
            int variable = route.path().indexOf('{');
            if (variable < 0) {
                exact.put(route.path(), new Found(route, ""));
            } else {
                byPrefix.put(route.path().substring(0, variable), route);
            }
        }
    }

    @Nullable
    Found find(String path) {
        Found found = exact.get(path);
        if (found != null) {
            return found;
        }
        int tailAt = path.lastIndexOf('/') + 1;
        Route route = tailAt == path.length() ? null : byPrefix.get(path.substring(0, tailAt));
        return route == null ? null : new Found(route, path.substring(tailAt));
    }
}
