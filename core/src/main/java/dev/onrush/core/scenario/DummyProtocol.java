package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.protocol.ProtocolClient;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.protocol.UserResource;

/** What carries requests without traffic: nothing. It knows of those on their way, so that a stop finds them. */
final class DummyProtocol implements Protocol {
    static final DummyProtocol ONLY = new DummyProtocol();

    private DummyProtocol() {}

    @Override
    public String kind() {
        return "dummy";
    }

    @Override
    public ProtocolClient client(ProtocolEnvironment environment) {
        return new Client(environment.newUserSlot());
    }

    static final class Client implements ProtocolClient {
        private final int slot;

        private Client(int slot) {
            this.slot = slot;
        }

        /** The user's request, on its way or the last one. */
        Request request(VirtualUser user) {
            @Nullable UserResource known = user.resource(slot);
            if (known != null) {
                return (Request) known;
            }
            Request made = new Request(user);
            user.resource(slot, made);
            return made;
        }

        @Override
        public void start() {}

        @Override
        public long openConnections() {
            return 0;
        }

        @Override
        public void close() {}
    }

    /** One user's request, used again for each. */
    static final class Request implements UserResource {
        final RequestSample sample = new RequestSample();
        private final VirtualUser user;
        private boolean isOnItsWay;

        private Request(VirtualUser user) {
            this.user = user;
        }

        void begin() {
            sample.clear();
            user.begin(sample);
            isOnItsWay = true;
        }

        void end() {
            isOnItsWay = false;
            user.ended(sample);
        }

        @Override
        public void cutOff(long nowNanos) {
            if (isOnItsWay) {
                sample.endNanos = nowNanos;
                sample.outcome = RequestSample.UNFINISHED;
                end();
            }
        }

        @Override
        public void close() {}
    }
}
