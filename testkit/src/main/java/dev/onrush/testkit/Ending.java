package dev.onrush.testkit;

/** How a scripted connection ends. */
public enum Ending {
    /** Reset: what was not read yet may be lost, the client sees "connection reset". */
    RST,
    /** Orderly end: the client reads what came and then the end of the stream. Under TLS without close_notify. */
    FIN;

    FaultScript after(FaultScript script) {
        return this == RST ? script.pause(java.time.Duration.ofMillis(20)).reset() : script.cut();
    }
}
