package dev.onrush.http.internal.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;

/**
 * What may be connected to: host names, {@code *.} patterns, addresses and address ranges. An empty list allows all; of several
 * lists each must allow it.
 */
final class TargetBrake {
    private final List<AllowList> lists = new ArrayList<>();

    private record AllowList(List<String> names, List<Range> ranges) {
        boolean allows(String host, @Nullable InetAddress address) {
            for (String name : names) {
                if (name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name)) {
                    return true;
                }
            }
            for (Range range : ranges) {
                if (address != null && range.contains(address.getAddress())) {
                    return true;
                }
            }
            return false;
        }
    }

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

    /**
     * @param lists entries parted by commas, lists by semicolons
     * @throws DefinitionException if an entry is no address range although it looks like one
     */
    TargetBrake(String lists) {
        for (String list : lists.split(";", -1)) {
            if (!list.isBlank()) {
                this.lists.add(list(list));
            }
        }
    }

    private static AllowList list(String text) {
        List<String> names = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String entry = part.trim().toLowerCase(Locale.ROOT);
            if (entry.isEmpty()) {
                continue;
            }
            int slash = entry.indexOf('/');
            String address = slash < 0 ? entry : entry.substring(0, slash);
            if (Resolver.isAddress(address)) {
                ranges.add(range(entry, address, slash));
            } else if (slash < 0) {
                names.add(withoutLastDot(entry));
            } else {
                throw noRange(entry);
            }
        }
        return new AllowList(names, ranges);
    }

    private static String withoutLastDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static Range range(String entry, String address, int slash) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(entry.substring(slash + 1));
            if (bits < 0 || bits > bytes.length * 8) {
                throw noRange(entry);
            }
            return new Range(bytes, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw noRange(entry);
        }
    }

    private static DefinitionException noRange(String entry) {
        return new DefinitionException(
                "allowTargets: \"" + entry + "\" is no address range. Write it as in 10.0.0.0/8.");
    }

    /** Whether there is no list. */
    boolean allowsAll() {
        return lists.isEmpty();
    }

    /**
     * @param host lower case; a dot at its end makes no other name of it
     * @param address null if somebody else looks it up: then the name must be allowed as such
     */
    boolean allows(String host, @Nullable InetAddress address) {
        String name = withoutLastDot(host);
        for (AllowList list : lists) {
            if (!list.allows(name, address)) {
                return false;
            }
        }
        return true;
    }
}
