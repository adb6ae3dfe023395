package dev.onrush.core.eventlog;

import java.util.BitSet;

/** Whether each name a record uses is known. */
class NameCheck implements RecordHandler {
    private final ReadNames names;
    /** Found to be known before. */
    private final BitSet requests = new BitSet();

    NameCheck(ReadNames names) {
        this.names = names;
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        names.requireScenario(scenario);
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        names.requireScenario(scenario);
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        names.requireScenario(scenario);
    }

    /** Of a request these are enough. */
    void request(int scenario, int request, int error) {
        names.requireScenario(scenario);
        if (!requests.get(request)) {
            names.requireRequest(request);
            requests.set(request);
        }
        if (error != RequestSample.NO_ERROR) {
            names.requireError(error);
        }
    }

    @Override
    public void groupEnd(
            long userId,
            int scenario,
            int group,
            long startNanos,
            long endNanos,
            long cumulatedNanos,
            boolean ok,
            boolean warmUp) {
        names.requireScenario(scenario);
        names.requireGroup(group);
    }

    @Override
    public void stepFailure(long userId, int scenario, long atNanos, int error) {
        names.requireScenario(scenario);
        names.requireError(error);
    }

    @Override
    public void failedExchange(FailedExchange exchange) {
        names.requireScenario(exchange.scenario());
        names.requireRequest(exchange.request());
        names.requireError(exchange.error());
    }
}
