package dev.onrush.core.measure;

/** Is told of the run once a second. Called on the log thread, which it must not hold up. */
@FunctionalInterface
public interface SnapshotListener {
    void snapshot(LiveSnapshot snapshot);
}
