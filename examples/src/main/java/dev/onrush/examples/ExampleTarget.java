package dev.onrush.examples;

import org.jspecify.annotations.Nullable;

import dev.onrush.examples.target.Target;
import dev.onrush.examples.target.TargetServer;

/**
 * Where the examples send their requests: to the URL of the environment variable {@code TARGET}, else to a target of
 * their own, which starts in this JVM when it is first asked for and ends with it.
 */
public final class ExampleTarget {
    private static @Nullable TargetServer server;

    private ExampleTarget() {}

    /** Returns the base URL, without a slash at the end. */
    public static String url() {
        String given = System.getenv("TARGET");
        return given != null ? given : server().baseUrl();
    }

    /** Returns the target in this JVM, started now if it was not yet. */
    public static synchronized TargetServer server() {
        if (server == null) {
            server = Target.defaults().start();
        }
        return server;
    }
}
