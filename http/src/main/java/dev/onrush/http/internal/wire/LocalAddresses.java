package dev.onrush.http.internal.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The local addresses at which connections begin. Immutable. */
public final class LocalAddresses {
    /** Whichever the system takes. */
    public static final LocalAddresses ANY = new LocalAddresses(List.of());

    private final List<InetAddress> version4;
    private final List<InetAddress> version6;

    /** @param all in the order in which they are given out */
    public LocalAddresses(List<InetAddress> all) {
        this.version4 =
                all.stream().filter(address -> address instanceof Inet4Address).toList();
        this.version6 = all.stream()
                .filter(address -> !(address instanceof Inet4Address))
                .toList();
    }

    /** The pair that is n-th in turn; null for any. */
    @Nullable
    Pair at(int n) {
        return version4.isEmpty() && version6.isEmpty() ? null : new Pair(in(version4, n), in(version6, n));
    }

    /** Those of one connection, or of one user: for targets of both families, as far as there are some. */
    record Pair(@Nullable InetAddress version4, @Nullable InetAddress version6) {
        /** Null if there is none from which that target can be reached. */
        @Nullable
        InetAddress towards(InetAddress target) {
            return target instanceof Inet4Address ? version4 : version6;
        }
    }

    private static @Nullable InetAddress in(List<InetAddress> addresses, int n) {
        return addresses.isEmpty() ? null : addresses.get(Math.floorMod(n, addresses.size()));
    }
}
