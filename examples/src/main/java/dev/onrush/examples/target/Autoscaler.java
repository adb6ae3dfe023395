package dev.onrush.examples.target;

/**
 * How many replicas the load calls for: as many as bring utilisation down to its target, up at once, down by one after
 * a time of calm.
 *
 * <p>Not thread-safe: its pool guards it.
 */
final class Autoscaler {
    private final Scaling scaling;
    private long calmSinceNanos;
    private boolean calm;

    Autoscaler(Scaling scaling) {
        this.scaling = scaling;
    }

    /** Returns the number wanted, given how many serve and which share of their time they were busy. */
    int wanted(int ready, double utilisation, long nowNanos) {
        int needed = (int) Math.ceil(ready * utilisation / scaling.targetUtilisation() - 1e-9);
        int bounded = Math.max(scaling.min(), Math.min(scaling.max(), needed));
        if (bounded >= ready) {
            calm = false;
            return bounded;
        }
        if (!calm) {
            calm = true;
            calmSinceNanos = nowNanos;
        }
        if (nowNanos - calmSinceNanos < scaling.calmBeforeDown().toNanos()) {
            return ready;
        }
        calmSinceNanos = nowNanos;
        return ready - 1;
    }
}
