package dev.onrush.http.internal.request;

import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.protocol.ExchangeListener;
import dev.onrush.core.session.UserSession;

/** Tells who wants to know of exchanges what went out and what came back. One object per exchange, used again for every request. */
final class ExchangeTeller {
    private static final byte[] NO_BYTES = {};

    private final ExchangeListener listener;
    private final VirtualUser user;
    private @Nullable HttpResponse head;
    private byte[] body = NO_BYTES;
    private UserSession before = UserSession.NOBODY;

    ExchangeTeller(ExchangeListener listener, VirtualUser user) {
        this.listener = listener;
        this.user = user;
    }

    void begin() {
        before = user.session();
    }

    /** What has come so far. */
    void came(@Nullable HttpResponse response, byte[] bytes) {
        head = response;
        body = bytes;
    }

    void ended(RequestSample sample, Hop hop, long maxBodyBytes) {
        UserSession now = user.session();
        if (listener.wants(sample)) {
            ExchangeText text = ExchangeWords.of(hop.urlIfKnown(), hop.requestIfSent(), head, body, maxBodyBytes);
            listener.ended(user.recorder(), sample, text, before, now);
        }
        head = null;
        body = NO_BYTES;
        before = now;
    }
}
