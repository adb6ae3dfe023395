package dev.onrush.http.internal.wire;

/** How far a connection's exchange has come; decides the class of what goes wrong. */
enum Phase {
    /** As its set-up says. */
    SETTING_UP,
    RESOLVING,
    CONNECTING,
    /** TLS with a proxy. */
    PROXY_HANDSHAKE,
    /** A proxy is asked to lead on. */
    TUNNEL,
    HANDSHAKE,
    /** Handed to the I/O thread, nothing written yet. */
    QUEUED,
    SENDING,
    RECEIVING,
    IDLE,
    CLOSED
}
