package dev.onrush.core.feeder;

/** In which order records are given out. */
public enum RecordOrder {
    /** In order, each once. */
    QUEUE,
    /** Shuffled once, then each once. */
    SHUFFLE,
    /** Any, for ever. */
    RANDOM,
    /** In order, for ever. */
    CIRCULAR
}
