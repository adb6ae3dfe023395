package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.Step;

/**
 * Begins, or ends, what a user asks for again and again beside its scenario.
 *
 * @param poller its name; empty: that of the one without a name
 * @param act which of the two
 */
public record PollStep(String poller, Act act, CallSite site) implements Step {
    /** What to do about that poller. */
    public sealed interface Act {}

    /** Send those side by side, every so often. */
    public record Start(long periodNanos, List<RequestDefinition> requests) implements Act {
        public Start {
            requests = List.copyOf(requests);
        }
    }

    public record Stop() implements Act {}

    @Override
    public String word() {
        return "poll";
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.fixedName(poller);
        HttpDefinition protocol = compilation.protocol(HttpDefinition.KIND, HttpDefinition.DEFAULT);
        HttpClient client = (HttpClient) compilation.client(protocol);
        String place = compilation.place();
        if (act instanceof Start start) {
            List<HttpRequestAction> actions = polled(start.requests(), compilation, protocol, client);
            return new Polling(
                    place, user -> client.user(user).polls().start(poller, place, start.periodNanos(), actions), next);
        }
        return new Polling(place, user -> client.user(user).polls().stop(poller), next);
    }

    private static List<HttpRequestAction> polled(
            List<RequestDefinition> requests, Compilation compilation, HttpDefinition protocol, HttpClient client) {
        Action nowhere = new Nowhere(compilation.place());
        List<HttpRequestAction> actions = new ArrayList<>();
        for (RequestDefinition each : requests) {
            if (!each.facts().resources.isEmpty()) {
                compilation.problem(
                        "a request that is polled has no resources. Pass them to exec(..) beside it: all go side by side.");
            }
            HttpRequestAction action = new HttpRequestAction(compilation, each, protocol, client, nowhere);
            if (!action.checks().saves().isEmpty()) {
                compilation.warning(
                        "what the checks of \"" + each.name().source() + "\" save ("
                                + String.join(
                                        ", ",
                                        action.checks().saves().stream()
                                                .sorted()
                                                .toList())
                                + ") is not kept, as a poll leaves the session as it is. Leave saveAs out, or make the request a step.");
            }
            actions.add(action);
        }
        return List.copyOf(actions);
    }

    /** The part of a user that polls. */
    private interface Part {
        void of(VirtualUser user);
    }

    private static final class Polling extends Action {
        private final Part part;
        private final Action next;

        Polling(String place, Part part, Action next) {
            super(place);
            this.part = part;
            this.next = next;
        }

        @Override
        public Action execute(VirtualUser user) {
            part.of(user);
            return next;
        }

        @Override
        public Action next() {
            return next;
        }
    }

    /** What follows a request that is no part of a chain. */
    private static final class Nowhere extends Action {
        Nowhere(String place) {
            super(place);
        }

        @Override
        public @Nullable Action execute(VirtualUser user) {
            return null;
        }

        @Override
        public Action next() {
            return this;
        }
    }
}
