/** Carry one exchange over one connection: reactor, connections, names, TLS, and the class of every failure. */
@NullMarked
package dev.onrush.http.internal.wire;

import org.jspecify.annotations.NullMarked;
