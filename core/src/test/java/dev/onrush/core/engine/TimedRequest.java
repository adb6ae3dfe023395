package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.Step;

/** A request without traffic: takes its time on a timer. */
record TimedRequest(String name, long nanos, byte outcome) implements Step {
    @Override
    public String word() {
        return "request";
    }

    @Override
    public CallSite site() {
        return TestRun.HERE;
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.request(name);
        Action end = new Action(compilation.place()) {
            @Override
            public @Nullable Action execute(VirtualUser user) {
                Open open = (Open) user.session().get("open request");
                open.sample.endNanos = user.now();
                boolean wasSent = open.sample.actualStartNanos != RequestSample.NONE;
                open.sample.outcome = wasSent ? outcome : RequestSample.KO;
                user.session(user.session().remove("open request"));
                user.ended(open.sample);
                return next;
            }

            @Override
            public Action next() {
                return next;
            }
        };
        Action inSlot = new Action(compilation.place()) {
            @Override
            public @Nullable Action execute(VirtualUser user) {
                Open open = (Open) user.session().get("open request");
                open.sample.actualStartNanos = user.now();
                return user.resumeAt(user.now() + nanos, end);
            }

            @Override
            public Action next() {
                return next;
            }
        };
        return new Action(compilation.place()) {
            @Override
            public @Nullable Action execute(VirtualUser user) {
                RequestSample sample = new RequestSample();
                user.begin(sample);
                sample.request = compilation.names().request(user.group(), name);
                user.session(user.session().set("open request", new Open(sample)));
                return switch (new SlotWait(user, going(inSlot)).take(sample)) {
                    case NOW -> inSlot;
                    case LATER -> null;
                    case REFUSED -> end;
                };
            }

            @Override
            public Action next() {
                return next;
            }
        };
    }

    private static Message going(Action on) {
        return new Message() {
            @Override
            public Action receive(VirtualUser user) {
                return on;
            }

            @Override
            public Action next() {
                return on.next();
            }
        };
    }

    private record Open(RequestSample sample) {}
}
