package dev.onrush.http.internal.request;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserSession;
import dev.onrush.http.internal.wire.Carrier;
import dev.onrush.http.internal.wire.Exchange;
import dev.onrush.http.internal.wire.Failure;
import dev.onrush.http.internal.wire.Outcome;
import dev.onrush.http.internal.wire.Route;
import dev.onrush.http.internal.wire.UserConnections;
import dev.onrush.http.internal.wire.Wire;
import dev.onrush.http.internal.wire.WireRequest;

/** One request before the run, of which nothing is recorded: code is loaded, names and TLS are ready when the first user comes. */
final class WarmUp extends Exchange {
    /** Deadlines are not watched before a run. */
    private static final long MOST_SECONDS = 5;

    private final CompletableFuture<Outcome> over = new CompletableFuture<>();

    private WarmUp(Wire wire) {
        super(wire);
    }

    /** Sends it, waits a few seconds at most, and leads nowhere else. Returns what is to be told if there was no answer. */
    static Optional<String> of(Wire wire, HttpDefinition definition, Url url) {
        WarmUp exchange = new WarmUp(wire);
        UserConnections connections = new UserConnections(wire, 1);
        String why;
        try {
            Routing routing = Routing.of(definition.facts(), null);
            Route route = routing == null ? null : routing.route(url.origin(), UserSession.NOBODY);
            WireRequest request = new WireRequest("GET", url.origin(), url.target(), List.of(), null);
            exchange.send(connections, url.origin(), route, request, definition.timeouts(), false, 0);
            exchange.over.get(MOST_SECONDS, TimeUnit.SECONDS);
            why = exchange.failed();
        } catch (TimeoutException e) {
            why = "no answer within " + MOST_SECONDS + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted";
        } catch (ExecutionException | RuntimeException e) { // what varies from user to user has no value yet
            why = String.valueOf(e.getMessage());
        }
        Carrier connection = exchange.carrier();
        exchange.close();
        if (connection != null) {
            connections.giveBack(connection);
        }
        connections.close();
        return why == null
                ? Optional.empty()
                : Optional.of("warmUp: " + url + " did not answer (" + why + "). The run began without it.");
    }

    private @Nullable String failed() {
        Failure failure = failure();
        return failure == null ? null : failure.errorClass() + ": " + failure.message();
    }

    @Override
    protected void ended(boolean onIoThread) {
        over.complete(outcome());
    }
}
