package dev.onrush.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** One direction of a proxied connection: what was read and when it may be written. Loop thread only. */
final class ProxyFlow {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final int MOST_QUEUED_BYTES = 1 << 20;

    private final ProxyLink link;
    private final boolean towardsServer;
    private final SocketChannel source;
    private final SocketChannel sink;
    private final AtomicLong bytesPassed;
    private final Queue<Parcel> queue = new ArrayDeque<>();
    private int queuedBytes;
    private long lastDueNanos;
    private long lineFreeNanos;
    private long shapedBytes;
    private boolean sourceEnded;
    private boolean blocked;
    private boolean done;

    ProxyFlow(
            ProxyLink link,
            boolean towardsServer,
            SocketChannel source,
            SocketChannel sink,
            AtomicLong bytesPassed,
            long nowNanos) {
        this.link = link;
        this.towardsServer = towardsServer;
        this.source = source;
        this.sink = sink;
        this.bytesPassed = bytesPassed;
        this.lastDueNanos = nowNanos;
        this.lineFreeNanos = nowNanos;
    }

    boolean wantsRead() {
        return !sourceEnded && queuedBytes < MOST_QUEUED_BYTES;
    }

    boolean wantsWrite() {
        return blocked;
    }

    boolean done() {
        return done;
    }

    /** Takes the line for this long, from {@code fromNanos} or from when it is free; returns when it is free again. */
    long lineTaken(long fromNanos, long forNanos) {
        long beginNanos = lineFreeNanos - fromNanos > 0 ? lineFreeNanos : fromNanos;
        lineFreeNanos = beginNanos + forNanos;
        return lineFreeNanos;
    }

    /** How much of a limit was left before these bytes, which are counted. */
    long leftOf(long limitBytes, int bytes) {
        long left = limitBytes - shapedBytes;
        shapedBytes += bytes;
        return left;
    }

    void read(List<Toxic> toxics) throws IOException {
        var bytes = ByteBuffer.allocate(PIECE_BYTES);
        int count = source.read(bytes);
        if (count == 0) {
            return;
        }
        long nowNanos = System.nanoTime();
        Parcel first;
        if (count < 0) {
            sourceEnded = true;
            first = Parcel.of(Parcel.Kind.END, nowNanos);
        } else {
            first = new Parcel(nowNanos, Parcel.Kind.DATA, bytes.flip());
        }
        List<Parcel> parcels = List.of(first);
        for (Toxic toxic : toxics) {
            parcels = toxic.shape(parcels, this);
        }
        for (Parcel parcel : parcels) {
            if (parcel.dueNanos() - lastDueNanos > 0) {
                lastDueNanos = parcel.dueNanos();
            }
            queue.add(parcel.at(lastDueNanos));
            queuedBytes += parcel.size();
            link.wakeAt(lastDueNanos);
        }
    }

    /** Writes what is due. */
    void deliver(long nowNanos) throws IOException {
        blocked = false;
        for (Parcel parcel = queue.peek();
                parcel != null && parcel.dueNanos() - nowNanos <= 0 && !link.closed();
                parcel = queue.peek()) {
            int count = sink.write(parcel.bytes());
            queuedBytes -= count;
            bytesPassed.addAndGet(count);
            if (parcel.bytes().hasRemaining()) {
                blocked = true;
                return;
            }
            queue.remove();
            switch (parcel.kind()) {
                case DATA -> {}
                case END -> {
                    sink.shutdownOutput();
                    done = true;
                    link.flowDone();
                }
                case CLOSE -> link.close();
                case RESET -> link.reset();
            }
        }
    }

    List<Toxic> own(Toxics toxics) {
        return towardsServer ? toxics.toServer() : toxics.toClient();
    }
}
