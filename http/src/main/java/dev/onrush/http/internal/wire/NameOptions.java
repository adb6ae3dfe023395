package dev.onrush.http.internal.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How names become addresses.
 *
 * @param aliases addresses of names that nobody is asked for; names in lower case
 * @param servers who is asked; empty: those of the system; null: the JDK's resolver is
 * @param isPerUser whether each user looks names up for itself
 */
public record NameOptions(
        Map<String, List<InetAddress>> aliases, @Nullable List<InetSocketAddress> servers, boolean isPerUser) {
    /** The JDK's resolver, for all users together. */
    public static final NameOptions DEFAULT = new NameOptions(Map.of(), null, false);

    public NameOptions {
        aliases = Map.copyOf(aliases);
        servers = servers == null ? null : List.copyOf(servers);
    }

    /** Who is asked. */
    Resolver.LookUp lookUp() {
        List<InetSocketAddress> asked = servers;
        return asked == null ? InetAddress::getAllByName : new NameServers(asked);
    }
}
