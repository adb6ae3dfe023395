package dev.onrush.http.internal;

import dev.onrush.dsl.Bridge;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.http.internal.request.StatusFinder;

/**
 * The check of the status under a second address. Development environments wrote imports of it into many simulations, which so
 * need no change but that of the package. Use {@code HttpDsl.status()}.
 */
public final class HttpCheckBuilders {
    private HttpCheckBuilders() {}

    /** The status code. */
    public static CheckBuilder.Find<Integer> status() {
        return Bridge.find(new StatusFinder());
    }
}
