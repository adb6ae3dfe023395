package dev.onrush.http.internal.wire;

import java.io.IOException;

/** No file descriptor is free for one more connection, but for those kept in reserve. */
final class NoDescriptorException extends IOException {
    private static final long serialVersionUID = 1L;
}
