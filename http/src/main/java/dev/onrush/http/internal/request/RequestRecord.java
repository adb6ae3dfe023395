package dev.onrush.http.internal.request;

import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.protocol.ExchangeListener;
import dev.onrush.http.internal.wire.Exchange;
import dev.onrush.http.internal.wire.Failure;

/**
 * What is told of a user's request, hop by hop: to the log, and to who wants to know of exchanges. One object per exchange, used
 * again for every request. For whoever runs the user.
 */
final class RequestRecord {
    private final HttpUser owner;
    private final VirtualUser user;
    private final Hop hop;
    private final RequestSample sample = new RequestSample();
    /** Null: nobody wants to know. */
    private final @Nullable ExchangeTeller teller;

    private boolean isResent;
    private long firstStartNanos;

    RequestRecord(HttpUser owner, Hop hop) {
        this.owner = owner;
        this.user = owner.user();
        this.hop = hop;
        ExchangeListener listener = owner.client().exchanges();
        this.teller = listener == null ? null : new ExchangeTeller(listener, user);
    }

    RequestSample sample() {
        return sample;
    }

    /** A request begins. */
    void begin() {
        beginHop();
        if (teller != null) {
            teller.begin();
        }
    }

    /** Once per hop, when it is due. */
    void beginHop() {
        sample.clear();
        isResent = false;
        user.begin(sample);
    }

    // ---- what came of it

    /** Whether somebody wants to know of the body, too. */
    boolean tellsBody() {
        return teller != null;
    }

    void came(@Nullable HttpResponse head, byte[] body) {
        if (teller != null) {
            teller.came(head, body);
        }
    }

    /** The user's cache has the answer: not sent, and takes no time. */
    void served() {
        named();
        sample.endNanos = sample.intendedStartNanos + sample.paceOverrunNanos;
        sample.outcome = RequestSample.NOT_SENT;
        sample.error = hop.names().error(HttpCache.SERVED, "the user's cache has the answer");
    }

    void notSent(Failure why) {
        named();
        sample.endNanos = owner.client().wire().now();
        ko(why);
    }

    /**
     * Fills in what the wire knows of it.
     *
     * @param turnWaitNanos how long it waited for others before it was sent
     */
    void describe(Exchange exchange, long turnWaitNanos) {
        sample.bytesSent = 0;
        sample.bytesReceived = 0;
        named();
        exchange.describe(sample);
        sample.connectionWaitNanos += turnWaitNanos;
        if (isResent) {
            long tries = sample.actualStartNanos - firstStartNanos;
            sample.actualStartNanos = firstStartNanos;
            if (sample.firstByteNanos != RequestSample.NONE) {
                sample.firstByteNanos += tries;
            }
        }
    }

    /** It failed on its way. */
    void failed(Failure why) {
        if (sample.actualStartNanos == RequestSample.NONE) {
            sample.connectionWaitNanos = 0; // no duration, so no parts of it
        }
        ko(why);
    }

    void ko(Failure why) {
        sample.outcome = RequestSample.KO;
        sample.error = hop.names().error(why.errorClass(), why.message());
    }

    boolean isKo() {
        return sample.outcome == RequestSample.KO;
    }

    boolean isResent() {
        return isResent;
    }

    /** What failed was an attempt, and the request is sent again: it is told as begun with the first one. */
    void endAttempt(Failure why) {
        ko(why);
        sample.attempt = true;
        end();
        sample.attempt = false;
        sample.outcome = RequestSample.OK;
        sample.error = RequestSample.NO_ERROR;
        firstStartNanos = sample.actualStartNanos;
        isResent = true;
    }

    /** The hop is over. */
    void end() {
        user.ended(sample);
        if (teller != null) {
            teller.ended(sample, hop, hop.action().protocol().maxBodyBytes);
        }
    }

    /** The server sent more than its answer: told of beside the request. */
    void unexpectedBytes() {
        String text = hop.url().origin() + " sent bytes after the end of a response";
        user.recorder()
                .stepFailure(
                        sample.userId,
                        sample.scenario,
                        sample.endNanos,
                        hop.names().error(ErrorClass.PROTO_UNEXPECTED_BYTES, text));
    }

    // ---- the end of the run

    /** The run is cut off before its slot came. */
    void endUnsent(long nowNanos) {
        named();
        long early = Math.max(0, sample.intendedStartNanos - nowNanos);
        sample.intendedStartNanos -= early;
        sample.throttleWaitNanos = Math.max(0, sample.throttleWaitNanos - early);
        sample.endNanos = nowNanos;
        sample.outcome = RequestSample.NOT_SENT;
        sample.error = hop.names().error(ErrorClass.STOP_UNFINISHED, "waited for a slot of the throttle");
        end();
    }

    /** The run is cut off while it is on its way. */
    void endUnfinished(long nowNanos) {
        sample.endNanos = nowNanos;
        sample.outcome = RequestSample.UNFINISHED;
        sample.error = RequestSample.NO_ERROR;
        end();
    }

    /** It is recorded under the name of its hop, in the group the user is in. */
    void named() {
        sample.request = hop.names().request(user.group(), hop.name());
    }
}
