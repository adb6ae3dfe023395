package dev.onrush.core.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.protocol.ExchangeListener;
import dev.onrush.core.session.UserSession;

/** Puts the first few failed exchanges of each name and error class into the log. Safe for use by many threads. */
public final class KeptSamples implements ExchangeListener {
    /** Samples per name and error class. */
    public static final int EACH = 5;
    /** Samples in all; each is up to 12 KiB in the log. */
    public static final int MOST = 1000;

    private record Kind(int request, String errorClass) {}

    private final Names names;
    private final ConcurrentHashMap<Kind, AtomicInteger> kept = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();

    public KeptSamples(Names names) {
        this.names = names;
    }

    /** Takes a place for it: who asks must bring the exchange. */
    @Override
    public boolean wants(RequestSample sample) {
        if (sample.outcome != RequestSample.KO
                || sample.error == RequestSample.NO_ERROR
                || sample.attempt
                || sample.silent) {
            return false;
        }
        Kind kind = new Kind(sample.request, names.errorClass(sample.error));
        AtomicInteger count = kept.computeIfAbsent(kind, any -> new AtomicInteger());
        return count.get() < EACH && count.getAndIncrement() < EACH;
    }

    @Override
    public void ended(
            Recorder recorder, RequestSample sample, ExchangeText exchange, UserSession before, UserSession after) {
        int number = all.getAndIncrement();
        if (number < MOST) {
            recorder.failedExchange(sample, exchange);
        } else if (number == MOST) {
            recorder.mark(
                    MarkKind.NOTE,
                    sample.endNanos,
                    MOST + " samples of failed exchanges are kept; of further kinds of failures there are none");
        }
    }
}
