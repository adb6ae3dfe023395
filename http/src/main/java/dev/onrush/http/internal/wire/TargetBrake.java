package dev.onrush.http.internal.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What may be connected to: host names, {@code *.} patterns, addresses and address ranges. An empty list allows all.
 */
final class TargetBrake {
    private final List<String> names = new ArrayList<>();
    private final List<Range> ranges = new ArrayList<>();

    private record Range(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >>> (i & 7);
                if ((address[i >> 3] & mask) != (prefix[i >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param list comma-separated */
    TargetBrake(String list) {
        for (String part : list.split(",", -1)) {
            String entry = part.trim().toLowerCase(Locale.ROOT);
            if (entry.isEmpty()) {
                continue;
            }
            int slash = entry.indexOf('/');
            String address = slash < 0 ? entry : entry.substring(0, slash);
            if (Resolver.isAddress(address)) {
                try {
                    byte[] bytes = InetAddress.getByName(address).getAddress();
                    int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(entry.substring(slash + 1));
                    if (bits < 0 || bits > bytes.length * 8) {
                        throw new IllegalArgumentException("allowTargets: not an address range: " + entry);
                    }
                    ranges.add(new Range(bytes, bits));
                } catch (UnknownHostException | NumberFormatException e) {
                    throw new IllegalArgumentException("allowTargets: not an address range: " + entry, e);
                }
            } else {
                names.add(entry);
            }
        }
    }

    boolean allows(String host, InetAddress address) {
        if (names.isEmpty() && ranges.isEmpty()) {
            return true;
        }
        for (String name : names) {
            if (name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name)) {
                return true;
            }
        }
        for (Range range : ranges) {
            if (range.contains(address.getAddress())) {
                return true;
            }
        }
        return false;
    }
}
