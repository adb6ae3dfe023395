package dev.onrush.core.scenario;

import java.util.List;
import java.util.Optional;

import dev.onrush.core.health.LocalPorts;
import dev.onrush.core.injection.OpenProfile;

/** Whether users that open a connection each will need more local ports than there are: a closed one stays taken for a minute. */
final class PortForecast {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long TAKEN_NANOS = LocalPorts.TIME_WAIT_SECONDS * SECOND_NANOS;
    private static final long STEP_NANOS = 5 * SECOND_NANOS;
    /** Looks at a long profile; what is missed between them is a peak shorter than they are apart. */
    private static final int MOST_LOOKS = 5000;

    private PortForecast() {}

    /**
     * A population whose users take a port each.
     *
     * @param generators that share them
     */
    record Taker(OpenProfile profile, int generators) {
        double usersBefore(long nanos) {
            return profile.usersBefore(nanos) / generators;
        }
    }

    /**
     * The warning, if there is need for one.
     *
     * @param takers all populations whose users take a port each
     * @param ports there are; not above 0 if that is not known
     */
    static Optional<String> warning(List<Taker> takers, long ports) {
        long most = busiestMinute(takers);
        if (ports <= 0 || most <= ports) {
            return Optional.empty();
        }
        return Optional.of(most + " users start within " + LocalPorts.TIME_WAIT_SECONDS
                + " s, each with a connection of its own, and this machine has " + ports
                + " local ports for connections to one address; a closed one stays taken for "
                + LocalPorts.TIME_WAIT_SECONDS
                + " s. Requests may fail as local.ports: use shareConnections() or closeWithReset(), more target addresses, or"
                + " a wider net.ipv4.ip_local_port_range.");
    }

    private static long busiestMinute(List<Taker> takers) {
        long end = takers.stream()
                .mapToLong(taker -> taker.profile().durationNanos())
                .max()
                .orElse(0);
        long step = Math.max(STEP_NANOS, end / MOST_LOOKS);
        double most = 0;
        for (long at = 0; at - step < end; at += step) {
            long to = Math.min(at, end);
            double users = 0;
            for (Taker taker : takers) {
                double before = to >= TAKEN_NANOS ? taker.usersBefore(to - TAKEN_NANOS) : 0;
                users += taker.usersBefore(to) - before;
            }
            most = Math.max(most, users);
        }
        return Math.round(most);
    }
}
