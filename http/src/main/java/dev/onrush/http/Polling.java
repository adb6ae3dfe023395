package dev.onrush.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.dsl.ActionBuilder;
import dev.onrush.http.internal.request.PollStep;

/** Requests that a user sends again and again beside its scenario. Immutable: each call gives a new value. */
public final class Polling {
    static final Polling UNNAMED = new Polling("");

    private final String name;

    private Polling(String name) {
        this.name = name;
    }

    /** Which of several pollers of a user is meant; needed by none that is the only one. */
    public Polling pollerName(String poller) {
        return new Polling(Require.notBlank("pollerName", poller));
    }

    /** How often, in seconds: the first is due one period after the step, the next one period after that, however long the answers take. */
    public Every every(long seconds) {
        return every(Require.positiveSeconds("every", seconds));
    }

    public Every every(Duration period) {
        return new Every(name, Require.positiveNanos("every", period));
    }

    /** Ends it; a request on its way is cut off, and counted as unfinished. A user's end ends all of its pollers so. */
    public ActionBuilder stop() {
        PollStep step = new PollStep(name, new PollStep.Stop(), CallSite.of("stop"));
        return () -> step;
    }

    /** A period; {@code exec} says what is sent. */
    public static final class Every {
        private final String name;
        private final long periodNanos;

        private Every(String name, long periodNanos) {
            this.name = name;
            this.periodNanos = periodNanos;
        }

        /**
         * Begins to send those, side by side. Their checks decide whether they are ok; what they save is not kept, and the user is not failed by
         * them. The next are not sent before all have ended, and are then late by as much.
         */
        public ActionBuilder exec(HttpRequestActionBuilder... requests) {
            return exec(Arrays.asList(Require.notNull("poll: exec", requests)));
        }

        public ActionBuilder exec(List<HttpRequestActionBuilder> requests) {
            PollStep step = new PollStep(
                    name, new PollStep.Start(periodNanos, Words.requests("poll: exec", requests)), CallSite.of("exec"));
            return () -> step;
        }
    }
}
