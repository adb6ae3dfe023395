package dev.onrush.core.protocol;

import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.session.UserSession;

/**
 * Is told of exchanges in words, as they end, on the thread that runs their user: must not block. Texts are as they travelled,
 * with their secrets.
 */
public interface ExchangeListener {
    /** Whether it wants the exchange that ended so; its texts are made only then. The sample stays the caller's. */
    boolean wants(RequestSample sample);

    /**
     * An exchange has ended.
     *
     * @param recorder of the calling thread
     * @param before the user's session when the request began
     * @param after and now, with what checks have saved
     */
    void ended(Recorder recorder, RequestSample sample, ExchangeText exchange, UserSession before, UserSession after);
}
