package dev.onrush.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a {@link DnsServer} says about one name. Immutable.
 *
 * @param code the response code of RFC 1035: 0 for an answer, also an empty one
 * @param addresses IPv4 and IPv6; each type is told to who asks for it
 * @param delay from question to answer
 */
public record DnsAnswer(int code, List<InetAddress> addresses, Duration delay) {
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;

    public DnsAnswer {
        addresses = List.copyOf(addresses);
    }

    /** These addresses, in this order. */
    public static DnsAnswer of(String... addresses) {
        return new DnsAnswer(0, Stream.of(addresses).map(DnsAnswer::address).toList(), Duration.ZERO);
    }

    /** The name exists and has no address. */
    public static DnsAnswer empty() {
        return of();
    }

    /** NXDOMAIN. */
    public static DnsAnswer notFound() {
        return new DnsAnswer(NO_SUCH_NAME, List.of(), Duration.ZERO);
    }

    /** SERVFAIL. */
    public static DnsAnswer serverFailure() {
        return new DnsAnswer(SERVER_FAILURE, List.of(), Duration.ZERO);
    }

    /** The same, this long after the question. */
    public DnsAnswer after(Duration time) {
        return new DnsAnswer(code, addresses, time);
    }

    private static InetAddress address(String text) {
        if (!text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("a DNS answer has addresses, was " + text + ". Use 127.0.0.1.");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no such address: " + text, e);
        }
    }
}
