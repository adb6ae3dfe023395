package dev.onrush.http.internal.wire;

/** How an exchange ended, as far as the wire is concerned. */
public enum Outcome {
    /** A whole response came. */
    ANSWERED,
    /** It failed; {@link Exchange#failure} tells why. */
    FAILED,
    /** A reused connection was closed before anything was written: to be sent on another one. */
    UNSENT,
    /** A reused connection was closed after writing and before any byte of an answer. */
    STALE
}
