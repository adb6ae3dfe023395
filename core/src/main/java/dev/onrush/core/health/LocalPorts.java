package dev.onrush.core.health;

import java.nio.file.Path;

import dev.onrush.core.eventlog.HealthSample;

/** How many connections to one address this machine can have at once. */
public final class LocalPorts {
    /** How long a port stays taken after its connection was closed by this side. */
    public static final long TIME_WAIT_SECONDS = 60;

    private LocalPorts() {}

    /** Local ports the system gives to connections; {@link HealthSample#UNKNOWN} where it does not tell. */
    public static long available() {
        return new MachineFiles(Path.of("/")).localPorts();
    }
}
