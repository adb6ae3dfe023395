package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Collectors;

import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * Asks name servers by the JDK's own DNS client, which keeps no answers: UDP, and TCP for what is too large for it. A server that is
 * silent for a second gets the question again, the next one after that. Blocks; thread-safe.
 *
 * <p>What makes JNDI dangerous is not in this: the provider is fixed, its URL is made of addresses alone, and attributes of DNS are texts,
 * of which nothing is looked up or deserialized.
 */
@SuppressWarnings("BanJNDI")
final class NameServers implements Resolver.LookUp {
    private static final List<String> TYPES = List.of("A", "AAAA");
    private static final String FIRST_WAIT_MILLIS = "1000";
    private static final String TRIES = "3";

    private final Hashtable<String, String> settings = new Hashtable<>();

    /** @param servers empty: those of the system */
    NameServers(List<InetSocketAddress> servers) {
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(
                Context.PROVIDER_URL,
                servers.isEmpty()
                        ? "dns:"
                        : servers.stream().map(NameServers::url).collect(Collectors.joining(" ")));
        settings.put("com.sun.jndi.dns.timeout.initial", FIRST_WAIT_MILLIS);
        settings.put("com.sun.jndi.dns.timeout.retries", TRIES);
    }

    private static String url(InetSocketAddress server) {
        String address = server.getAddress().getHostAddress();
        return "dns://" + (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + server.getPort();
    }

    @Override
    public InetAddress[] of(String name) throws IOException {
        List<InetAddress> found = new ArrayList<>();
        NamingException failure = null;
        try {
            DirContext servers = new InitialDirContext(settings);
            try {
                for (String type : TYPES) {
                    try {
                        collect(
                                name,
                                servers.getAttributes(name, new String[] {type}).get(type),
                                found);
                    } catch (NameNotFoundException e) {
                        throw new UnknownHostException(name);
                    } catch (NamingException e) {
                        failure = e; // the other type may be answered
                    }
                }
            } finally {
                servers.close();
            }
        } catch (NamingException e) {
            failure = e;
        }
        if (!found.isEmpty()) {
            return found.toArray(InetAddress[]::new);
        }
        if (failure == null) {
            throw new UnknownHostException(name); // it exists, and has no address
        }
        throw new IOException(words(failure), failure);
    }

    private static void collect(
            String name, @org.jspecify.annotations.Nullable Attribute records, List<InetAddress> into)
            throws NamingException, UnknownHostException {
        if (records == null) {
            return;
        }
        NamingEnumeration<?> all = records.getAll();
        while (all.hasMore()) {
            InetAddress address = InetAddress.getByName(String.valueOf(all.next()));
            into.add(InetAddress.getByAddress(name, address.getAddress()));
        }
    }

    private static String words(NamingException failure) {
        Throwable root = failure.getRootCause();
        return root == null
                ? String.valueOf(failure.getMessage())
                : failure.getMessage() + " (" + root.getMessage() + ")";
    }
}
