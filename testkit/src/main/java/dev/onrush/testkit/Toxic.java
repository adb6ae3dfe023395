package dev.onrush.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Something a {@link FaultProxy} does to the bytes of one direction. Several are applied one after the other.
 *
 * <p>Toxics with a random part belong to one proxy; the same seed gives the same values in the order of the pieces read.
 */
public final class Toxic {
    private final String words;
    private final Shape shape;

    /** Turns what is about to leave into what leaves instead, and when. */
    @FunctionalInterface
    interface Shape {
        List<Parcel> apply(List<Parcel> parcels, ProxyFlow flow);
    }

    private Toxic(String words, Shape shape) {
        this.words = words;
        this.shape = shape;
    }

    /** Everything arrives later by {@code time}, give or take up to {@code jitter}; the order is kept. */
    public static Toxic latency(Duration time, Duration jitter, long seed) {
        var random = new SplittableRandom(seed);
        long most = jitter.toNanos();
        return new Toxic(
                "latency " + time + " ± " + jitter,
                (parcels, flow) -> parcels.stream()
                        .map(parcel -> parcel.at(parcel.dueNanos()
                                + Math.max(0, time.toNanos() + (most == 0 ? 0 : random.nextLong(-most, most + 1)))))
                        .toList());
    }

    /** At most this many bytes per second. */
    public static Toxic bandwidth(long bytesPerSecond) {
        int piece = (int) Math.max(1, Math.min(16 * 1024, bytesPerSecond / 100));
        return new Toxic("bandwidth " + bytesPerSecond + " bytes/s", (parcels, flow) -> {
            var slowed = new ArrayList<Parcel>();
            for (Parcel parcel : parcels) {
                for (int from = 0; from < parcel.size(); from += piece) {
                    int count = Math.min(piece, parcel.size() - from);
                    long freeNanos = flow.lineTaken(parcel.dueNanos(), count * 1_000_000_000L / bytesPerSecond);
                    slowed.add(parcel.slice(from, count, freeNanos));
                }
                if (!parcel.isData()) {
                    slowed.add(parcel);
                }
            }
            return slowed;
        });
    }

    /** The end of the stream arrives later by this. */
    public static Toxic slowClose(Duration time) {
        return new Toxic(
                "slow close " + time,
                (parcels, flow) -> parcels.stream()
                        .map(parcel -> parcel.isData() ? parcel : parcel.at(parcel.dueNanos() + time.toNanos()))
                        .toList());
    }

    /** Nothing arrives any more, not even the end. */
    public static Toxic blackHole() {
        return new Toxic("black hole", (parcels, flow) -> List.of());
    }

    /** Nothing arrives any more, and this much after the first byte lost both connections are closed. */
    public static Toxic timeout(Duration time) {
        return new Toxic(
                "timeout " + time,
                (parcels, flow) -> parcels.stream()
                        .limit(1)
                        .map(parcel -> Parcel.of(Parcel.Kind.CLOSE, parcel.dueNanos() + time.toNanos()))
                        .toList());
    }

    /** The first byte to come is lost, and this much later both connections are reset. */
    public static Toxic reset(Duration time) {
        return new Toxic(
                "reset after " + time,
                (parcels, flow) -> parcels.stream()
                        .limit(1)
                        .map(parcel -> Parcel.of(Parcel.Kind.RESET, parcel.dueNanos() + time.toNanos()))
                        .toList());
    }

    /** The bytes arrive in pieces of this size with this gap between two pieces. */
    public static Toxic slicer(int bytes, Duration gap) {
        return new Toxic("slices of " + bytes + " bytes every " + gap, (parcels, flow) -> {
            var slices = new ArrayList<Parcel>();
            for (Parcel parcel : parcels) {
                for (int from = 0; from < parcel.size(); from += bytes) {
                    slices.add(parcel.slice(from, bytes, flow.lineTaken(parcel.dueNanos(), gap.toNanos())));
                }
                if (!parcel.isData()) {
                    slices.add(parcel);
                }
            }
            return slices;
        });
    }

    /** After this many bytes in this direction, both connections are closed. */
    public static Toxic dataLimit(long bytes) {
        return new Toxic("data limit " + bytes + " bytes", (parcels, flow) -> {
            var passed = new ArrayList<Parcel>();
            for (Parcel parcel : parcels) {
                long left = flow.leftOf(bytes, parcel.size());
                if (!parcel.isData() || parcel.size() < left) {
                    passed.add(parcel);
                } else {
                    passed.add(parcel.slice(0, (int) Math.max(0, left), parcel.dueNanos()));
                    passed.add(Parcel.of(Parcel.Kind.CLOSE, parcel.dueNanos()));
                    return passed;
                }
            }
            return passed;
        });
    }

    List<Parcel> shape(List<Parcel> parcels, ProxyFlow flow) {
        return parcels.isEmpty() ? parcels : shape.apply(parcels, flow);
    }

    @Override
    public String toString() {
        return words;
    }
}
