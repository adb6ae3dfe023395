package dev.onrush.http.internal.wire;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.hc.core5.http.message.BasicHeader;

import dev.onrush.core.eventlog.RequestSample;

/** Somebody who sends one request after the other and waits for each. */
final class TestUser extends Exchange {
    static final Timeouts TIMEOUTS = new Timeouts(400_000_000L, 400_000_000L, 400_000_000L);

    private final ConnectionPool pool;
    private volatile CompletableFuture<Result> result = new CompletableFuture<>();

    /** What came of a request. */
    record Result(Outcome outcome, Failure failure, int status, String body, RequestSample sample, boolean onIoThread) {
        String errorClass() {
            return failure == null ? outcome.name() : failure.errorClass();
        }
    }

    TestUser(Wire wire, ConnectionPool pool) {
        super(wire);
        this.pool = pool;
    }

    @Override
    protected void ended(boolean onIoThread) {
        RequestSample sample = new RequestSample();
        describe(sample);
        Carrier carrier = carrier();
        String body = outcome() == Outcome.ANSWERED ? new String(carrier.takeBody()) : "";
        int status = carrier == null ? 0 : carrier.status();
        if (outcome() == Outcome.ANSWERED) {
            pool.giveBack(carrier);
        }
        result.complete(new Result(outcome(), failure(), status, body, sample, onIoThread));
    }

    Result get(Origin origin, String target) {
        return send(origin, new WireRequest("GET", origin, target, List.of(), null), TIMEOUTS);
    }

    Result post(Origin origin, String target, byte[] body) {
        return send(
                origin,
                new WireRequest("POST", origin, target, List.of(new BasicHeader("Content-Type", "text/plain")), body),
                TIMEOUTS);
    }

    /** Sends it off, and does not wait for what comes of it. */
    CompletableFuture<Result> begin(Origin origin, WireRequest request, Timeouts timeouts) {
        CompletableFuture<Result> mine = new CompletableFuture<>();
        result = mine;
        send(pool, origin, null, request, timeouts, true, 1 << 20);
        return mine;
    }

    Result send(Origin origin, WireRequest request, Timeouts timeouts) {
        try {
            return begin(origin, request, timeouts).get(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("it hangs: " + request.method() + " " + request.target());
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
