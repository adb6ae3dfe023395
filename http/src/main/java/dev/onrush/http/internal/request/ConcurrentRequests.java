package dev.onrush.http.internal.request;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.Step;

/** Requests of one user side by side. */
public record ConcurrentRequests(List<RequestDefinition> requests, CallSite site) implements Step {
    @Override
    public Action compile(Compilation compilation, Action next) {
        HttpDefinition protocol = compilation.protocol(HttpDefinition.KIND, HttpDefinition.DEFAULT);
        HttpClient client = (HttpClient) compilation.client(protocol);
        return new Sending(
                compilation.place(),
                HttpRequestAction.sideBySide(compilation, requests, protocol, client, next),
                client,
                next);
    }

    @Override
    public String word() {
        return "httpConcurrentRequests";
    }

    private static final class Sending extends Action {
        private final List<HttpRequestAction> actions;
        private final HttpClient client;
        private final Action next;

        Sending(String place, List<HttpRequestAction> actions, HttpClient client, Action next) {
            super(place);
            this.actions = actions;
            this.client = client;
            this.next = next;
        }

        @Override
        public @Nullable Action execute(VirtualUser user) {
            return client.user(user).resources().begin(actions, next);
        }

        @Override
        public Action next() {
            return next;
        }
    }
}
