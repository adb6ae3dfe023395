package dev.onrush.http.internal.wire;

import java.io.IOException;

/** The author's function gave no usable keys for TLS. */
final class NoKeysException extends IOException {
    private static final long serialVersionUID = 1L;

    NoKeysException(Throwable cause) {
        super("perUserKeyManagerFactory failed: " + cause, cause);
    }
}
