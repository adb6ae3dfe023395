package dev.onrush.http.internal.wire;

import java.nio.ByteBuffer;

import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.RequestSample;

/** What an exchange is on: the one stream of a connection of HTTP/1.1, or one of those of HTTP/2. It keeps what it learns until its next exchange begins. */
public abstract sealed class Carrier permits Http1Stream, Http2Stream {
    private @Nullable BodyCollector body;
    /** Of a body that is not kept. */
    private @Nullable BodyWatch watch;

    // ---- the body of its response, on the I/O thread

    final void expectNoBody() {
        body = null;
        watch = null;
    }

    /**
     * A body follows this head. False if it is announced as larger than may be kept.
     *
     * @param announcedBytes negative if unknown
     */
    final boolean expectBody(Exchange current, HttpResponse head, long announcedBytes) {
        if (!current.keepsBody(head)) {
            watch = current.watch(head);
            return true;
        }
        boolean fits = announcedBytes <= current.bodyLimitBytes();
        body = fits ? new BodyCollector(announcedBytes, current.bodyLimitBytes()) : null;
        return fits;
    }

    /** Takes all that has come. False, once, if that is more than may be kept: then nothing is. */
    final boolean addToBody(ByteBuffer source) {
        BodyCollector collector = body;
        if (collector != null) {
            boolean fits = collector.add(source);
            body = fits ? collector : null;
            return fits;
        }
        BodyWatch told = watch;
        if (told != null) {
            told.add(source);
        }
        source.position(source.limit());
        return true;
    }

    // ---- for the exchange

    /** When the time of the request on the wire is over, counted from its actual start; long past before it is there. */
    abstract long totalDueNanos(Timeouts limits);

    /** Whether the exchange it is set up for goes on, with its next address. On the control thread. */
    abstract boolean triesNextAddress();

    /** What its deadline means now. On the control thread. */
    abstract Failure timedOut(Exchange current, long now);

    /** Gives it up at once, from any thread: its exchange has been ended. */
    abstract void abandon();

    /** Whether that thread, and no other, can bring its exchange on. */
    abstract boolean isOn(Thread thread);

    abstract void describe(RequestSample sample);

    // ---- for the exchange's owner

    /** Status of the response, 0 if there was none. */
    public abstract int status();

    /** Head of the response, null if there was none. */
    public abstract @Nullable HttpResponse response();

    /** The body as it came, still coded; empty if it was not kept. Ours no more after this. */
    public final byte[] takeBody() {
        BodyCollector collector = body;
        body = null;
        return collector == null ? BodyCollector.EMPTY : collector.bytes();
    }

    /** What was told of a body that was not kept; null if nobody was. Ours no more after this. */
    public final @Nullable BodyWatch takeWatch() {
        BodyWatch told = watch;
        watch = null;
        return told;
    }

    /** Whether it came with bytes after its end, and so will not be used again. */
    public abstract boolean hasUnexpectedBytes();
}
