package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.FailureText;
import dev.onrush.core.engine.StepFailedException;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.session.UnresolvedException;

/** Begins a request without traffic, and ends it when its time is over. */
final class DummyAction extends Action {
    private static final long MILLI = 1_000_000;

    private final DummyStep step;
    private final DummyProtocol.Client client;
    private final Names names;
    private final Action next;
    private final Action end;

    DummyAction(String place, DummyStep step, DummyProtocol.Client client, Names names, Action next) {
        super(place);
        this.step = step;
        this.client = client;
        this.names = names;
        this.next = next;
        this.end = new StepAction(
                place,
                (user, following) -> {
                    end(user);
                    return following;
                },
                next);
    }

    @Override
    public @Nullable Action execute(VirtualUser user) {
        DummyProtocol.Request request = client.request(user);
        RequestSample sample = request.sample;
        request.begin();
        String name = String.valueOf(step.name().source());
        long nanos;
        try {
            name = step.name().evaluate(user.session());
            nanos = millis(user) * MILLI;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError failure) {
            sample.request = names.request(user.group(), name);
            sample.endNanos = user.now();
            ko(sample, failure);
            request.end();
            return next;
        }
        sample.request = names.request(user.group(), name);
        sample.actualStartNanos = user.now();
        sample.endNanos = sample.actualStartNanos + nanos;
        return user.resumeAt(sample.endNanos, end);
    }

    private long millis(VirtualUser user) {
        int millis = Values.required(step.millis(), user.session(), "the time of the request");
        if (millis < 0) {
            throw new StepFailedException("the time of the request must not be negative, was " + millis + " ms.");
        }
        return millis;
    }

    private void end(VirtualUser user) {
        DummyProtocol.Request request = client.request(user);
        try {
            if (!Values.required(step.success(), user.session(), "withSuccess")) {
                ko(request.sample, ErrorClass.CHECK_FAILED, "withSuccess gave false");
            }
        } catch (Exception | StackOverflowError | LinkageError | AssertionError failure) {
            ko(request.sample, failure);
        }
        request.end();
    }

    private void ko(RequestSample sample, Throwable failure) {
        boolean isUnresolved = failure instanceof UnresolvedException;
        String errorClass = isUnresolved
                ? ErrorClass.USER_UNRESOLVED
                : failure instanceof Error ? ErrorClass.USER_ERROR : ErrorClass.USER_EXCEPTION;
        boolean speaks = isUnresolved || failure instanceof StepFailedException;
        ko(sample, errorClass, speaks ? String.valueOf(failure.getMessage()) : FailureText.of(failure));
    }

    private void ko(RequestSample sample, String errorClass, String message) {
        sample.outcome = RequestSample.KO;
        sample.error = names.error(errorClass, message);
    }

    @Override
    public Action next() {
        return next;
    }
}
