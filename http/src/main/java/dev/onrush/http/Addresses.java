package dev.onrush.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;

/** From the addresses that an author passes to a word to the typed ones; refuses what is wrong by itself. */
final class Addresses {
    private static final int DNS_PORT = 53;

    private Addresses() {}

    /** At least one. */
    static <T> List<T> some(String word, @Nullable List<T> values) {
        List<T> given = Require.notNull(word, values);
        if (given.isEmpty()) {
            throw new DefinitionException(word + ": at least one is needed, none was given.");
        }
        given.forEach(value -> Require.notNull(word, value));
        return List.copyOf(given);
    }

    @SafeVarargs
    static <T> List<T> listed(String word, T @Nullable ... values) {
        return Arrays.asList(Require.notNull(word, values));
    }

    private static boolean isAddress(String text) {
        return text.indexOf(':') >= 0 || text.matches("[0-9]{1,3}([.][0-9]{1,3}){3}");
    }

    /** An IPv4 or IPv6 address, as it is written; nobody is asked. */
    static InetAddress address(String word, String text) {
        String plain = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (isAddress(plain)) {
            try {
                return InetAddress.getByName(plain);
            } catch (UnknownHostException e) {
                // said below
            }
        }
        throw new DefinitionException(word + ": \"" + text + "\" is no IP address.");
    }

    /** Addresses of this machine. */
    static List<InetAddress> local(String word, @Nullable List<String> texts) {
        return some(word, texts).stream().map(text -> local(word, text)).toList();
    }

    private static InetAddress local(String word, String text) {
        InetAddress address = address(word, text);
        try {
            if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
                throw new DefinitionException(
                        word + ": " + text + " is no address of this machine. It has " + words(ofInterfaces()) + ".");
            }
        } catch (SocketException e) {
            throw unreadable(word, e);
        }
        return address;
    }

    /** All of this machine by which others may reach it. */
    static List<InetAddress> allLocal(String word) {
        return of(word, ".*");
    }

    /** Those of them that one of the patterns matches as a whole. */
    static List<InetAddress> allLocal(String word, @Nullable List<String> patterns) {
        return of(word, some(word, patterns).toArray(String[]::new));
    }

    private static List<InetAddress> of(String word, String... patterns) {
        try {
            List<InetAddress> all = ofInterfaces();
            List<InetAddress> matching = all.stream()
                    .filter(address -> Arrays.stream(patterns)
                            .anyMatch(pattern -> pattern(word, pattern)
                                    .matcher(text(address))
                                    .matches()))
                    .toList();
            if (matching.isEmpty()) {
                throw new DefinitionException(
                        word + ": no address of this machine matches. It has " + words(all) + ".");
            }
            return matching;
        } catch (SocketException e) {
            throw unreadable(word, e);
        }
    }

    private static Pattern pattern(String word, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new DefinitionException(
                    word + ": \"" + text + "\" is no regular expression: " + e.getDescription() + ".");
        }
    }

    private static List<InetAddress> ofInterfaces() throws SocketException {
        List<InetAddress> all = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (each.isUp()) {
                Collections.list(each.getInetAddresses()).stream()
                        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static String words(List<InetAddress> addresses) {
        return addresses.isEmpty()
                ? "none but loopback"
                : String.join(", ", addresses.stream().map(Addresses::text).toList());
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    private static DefinitionException unreadable(String word, SocketException cause) {
        return new DefinitionException(
                word + ": the addresses of this machine cannot be read: " + cause.getMessage() + ".");
    }

    /** A host as requests name it: in lower case, an IPv6 address without brackets. */
    static String host(String word, @Nullable String text) {
        String given = Require.notBlank(word, text);
        boolean isBracketed = given.startsWith("[") && given.endsWith("]");
        String plain = isBracketed ? given.substring(1, given.length() - 1) : given;
        if (plain.contains("#{")) {
            throw new DefinitionException(word + ": \"" + given + "\" is fixed: #{ has no effect in it.");
        }
        boolean isVersion6 = plain.indexOf(':') != plain.lastIndexOf(':');
        if (!plain.matches("[^/*\\s]+") || plain.indexOf(':') >= 0 && !isVersion6) {
            throw new DefinitionException(
                    word + ": \"" + given + "\" is no host name. Give the host alone, as in shop.test.");
        }
        return plain.toLowerCase(Locale.ROOT);
    }

    /** The same, with or without a port behind it. */
    static String hostWithPort(String word, @Nullable String text) {
        String given = Require.notBlank(word, text);
        int colon = given.lastIndexOf(':');
        boolean hasPort = colon > 0 && (given.indexOf(':') == colon || given.charAt(colon - 1) == ']');
        if (!hasPort || given.indexOf('/') >= 0) {
            return host(word, given);
        }
        return host(word, given.substring(0, colon)) + ":" + port(word, given, colon, "shop.test:8443");
    }

    private static int port(String word, String given, int colon, String example) {
        int port;
        try {
            port = Integer.parseInt(given.substring(colon + 1));
        } catch (NumberFormatException e) {
            port = 0;
        }
        if (port < 1 || port > 65_535) {
            throw new DefinitionException(
                    word + ": \"" + given + "\" has no valid port. Write it as in " + example + ".");
        }
        return port;
    }

    /** Names in lower case. */
    static Map<String, List<InetAddress>> aliases(@Nullable Map<String, List<String>> aliases) {
        Map<String, List<InetAddress>> all = new HashMap<>();
        Require.notNull("hostNameAliases", aliases)
                .forEach((name, texts) -> all.put(
                        host("hostNameAliases: name", name),
                        some("hostNameAliases: addresses of " + name, texts).stream()
                                .map(text -> address("hostNameAliases: " + name, text))
                                .toList()));
        return all;
    }

    /** As in {@code 10.0.0.2}, {@code 10.0.0.2:5353} or {@code [::1]:5353}. */
    static InetSocketAddress nameServer(String text) {
        String word = "asyncNameResolution";
        String given = Require.notBlank(word, text);
        int colon = given.lastIndexOf(':');
        boolean hasPort = colon > 0 && (given.indexOf(':') == colon || given.charAt(colon - 1) == ']');
        int port = hasPort ? port(word, given, colon, "10.0.0.2:53") : DNS_PORT;
        return new InetSocketAddress(address(word, hasPort ? given.substring(0, colon) : given), port);
    }

    static InetSocketAddress nameServer(@Nullable InetSocketAddress server) {
        InetSocketAddress given = Require.notNull("asyncNameResolution", server);
        if (given.isUnresolved()) {
            throw new DefinitionException("asyncNameResolution: the name server " + given.getHostString()
                    + " was not found. Give its address.");
        }
        return given;
    }
}
