package dev.onrush.http.internal.wire;

import java.io.IOException;

/** A proxy does not lead on. */
final class ProxyRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String errorClass;

    /** @param errorClass one of {@link dev.onrush.core.eventlog.ErrorClass} */
    ProxyRefusedException(String errorClass, String message) {
        super(message);
        this.errorClass = errorClass;
    }

    String errorClass() {
        return errorClass;
    }
}
