package dev.onrush.dsl;

import dev.onrush.core.protocol.Protocol;

/** How a population talks to its target. Immutable. Protocols implement it. */
public interface ProtocolBuilder {
    /** The definition that this builds. */
    Protocol toProtocol();
}
