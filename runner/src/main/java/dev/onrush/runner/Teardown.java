package dev.onrush.runner;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.core.Secrets;
import dev.onrush.core.engine.FailureText;

/**
 * Runs an author's {@code after()}, on a thread of its own: the report is written also if it never comes back, as after
 * {@code System.exit}, once somebody is in a hurry.
 */
final class Teardown {
    private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);
    private static final long LOOK_MILLIS = 50;

    private Teardown() {}

    /**
     * Returns when it is done.
     *
     * @param inAHurry whether not to wait for it any more
     * @param secrets masked in what is logged of a failure
     * @return what went wrong, in one line
     */
    static Optional<String> of(Runnable after, BooleanSupplier inAHurry, Secrets secrets) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        after.run();
                    } catch (Throwable e) { // an author's code
                        LOG.warn("after() failed with {}", secrets.mask(FailureText.stack(e)));
                        failure.set(e);
                    }
                },
                "after");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive() && !inAHurry.getAsBoolean() && !interrupted) {
            try {
                thread.join(LOOK_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            return Optional.of("after() did not end and was not waited for.");
        }
        Throwable thrown = failure.get();
        return thrown == null ? Optional.empty() : Optional.of("after() failed with " + FailureText.of(thrown) + ".");
    }
}
