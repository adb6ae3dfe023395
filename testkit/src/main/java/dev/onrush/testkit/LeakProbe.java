package dev.onrush.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Remembers the threads, descriptors and heap of this JVM and tells later what a run left behind.
 *
 * <pre>{@code
 * try (var probe = LeakProbe.watching("io-", "loop-", "control", "log", "blocking-")) {
 *     … run …
 * }   // throws AssertionError naming what was left
 * }</pre>
 *
 * <p>Descriptors are read from {@code /proc/self/fd}; where there is none they are not looked at. Opened jars and
 * modules do not count, they belong to class loading. Tests that run at the same time in one JVM see each other's.
 */
public final class LeakProbe implements AutoCloseable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    static {
        // The JDK opens descriptors of its own for good: with the first random number, the first channel, the first
        // server socket.
        new SecureRandom().nextBytes(new byte[1]);
        try {
            SocketChannel.open().close();
            ServerSocketChannel.open().close();
            Selector.open().close();
            new ServerSocket(0, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final List<String> prefixes;
    private final Duration patience;
    private final long heapGrowthBytes;
    private final Map<String, LongSupplier> zeros;
    private final Set<Long> threadsBefore;
    private final Map<String, Integer> descriptorsBefore;
    private final long heapBefore;

    private LeakProbe(List<String> prefixes, Duration patience, long heapGrowthBytes, Map<String, LongSupplier> zeros) {
        this.prefixes = prefixes;
        this.patience = patience;
        this.heapGrowthBytes = heapGrowthBytes;
        this.zeros = zeros;
        this.threadsBefore = threads().keySet();
        this.descriptorsBefore = descriptors();
        this.heapBefore = heapGrowthBytes == Long.MAX_VALUE ? 0 : heapAfterGc();
    }

    /** Looks now, and watches threads whose names begin so; without a prefix all but those of the JDK. */
    public static LeakProbe watching(String... threadPrefixes) {
        return new LeakProbe(List.of(threadPrefixes), Duration.ofSeconds(5), Long.MAX_VALUE, Map.of());
    }

    /** Looks again, and waits this long for what is still ending; 5 s unless told. */
    public LeakProbe patience(Duration time) {
        return new LeakProbe(prefixes, time, heapGrowthBytes, zeros);
    }

    /** Looks again, and also refuses a heap that, after collection, has grown by more than this. */
    public LeakProbe heapGrowthAtMost(long bytes) {
        return new LeakProbe(prefixes, patience, bytes, zeros);
    }

    /** Looks again, and also expects this count, for instance of leased connections, to come back to zero. */
    public LeakProbe zero(String what, LongSupplier count) {
        var more = new LinkedHashMap<>(zeros);
        more.put(what, count);
        return new LeakProbe(prefixes, patience, heapGrowthBytes, more);
    }

    /** Waits until nothing is left; when patience ends, throws an AssertionError that lists what is. */
    public void assertNothingLeft() {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        long collectNanos = System.nanoTime() + patience.toNanos() / 5;
        boolean collected = false;
        List<String> left = left();
        while (!left.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
            LockSupport.parkNanos(POLL_NANOS);
            if (!collected && System.nanoTime() - collectNanos > 0) {
                // Libraries make a java.net.Socket to ask which options there are, once, and leave it to the collector.
                // Channels,
                // which carry load, are closed by nobody but their owner.
                System.gc();
                collected = true;
            }
            left = left();
        }
        if (!left.isEmpty()) {
            throw new AssertionError(
                    "left behind after " + patience.toMillis() + " ms:\n  " + String.join("\n  ", left));
        }
    }

    @Override
    public void close() {
        assertNothingLeft();
    }

    private List<String> left() {
        var left = new ArrayList<String>();
        threads().forEach((id, thread) -> {
            if (!threadsBefore.contains(id)) {
                left.add("thread " + thread.getName() + " (" + thread.getState() + place(thread) + ")");
            }
        });
        descriptors().forEach((target, count) -> {
            int more = count - descriptorsBefore.getOrDefault(target, 0);
            if (more > 0) {
                left.add("descriptors " + target + ": " + more + " more");
            }
        });
        zeros.forEach((what, count) -> {
            long value = count.getAsLong();
            if (value != 0) {
                left.add(what + ": " + value);
            }
        });
        if (left.isEmpty() && heapGrowthBytes != Long.MAX_VALUE) {
            long growth = heapAfterGc() - heapBefore;
            if (growth > heapGrowthBytes) {
                left.add("heap: " + growth + " bytes more after collection, at most " + heapGrowthBytes + " expected");
            }
        }
        return left;
    }

    private static String place(Thread thread) {
        var stack = thread.getStackTrace();
        return stack.length == 0 ? "" : " at " + stack[0];
    }

    private Map<Long, Thread> threads() {
        var found = new TreeMap<Long, Thread>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (watched(thread)) {
                found.put(thread.getId(), thread);
            }
        }
        return found;
    }

    private boolean watched(Thread thread) {
        if (prefixes.isEmpty()) {
            var group = thread.getThreadGroup();
            return group != null
                    && !group.getName().equals("system")
                    && !group.getName().equals("InnocuousThreadGroup");
        }
        return prefixes.stream().anyMatch(thread.getName()::startsWith);
    }

    /** How many descriptors there are of each sort; files by their path. */
    private static Map<String, Integer> descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return Map.of();
        }
        try (var links = Files.newDirectoryStream(DESCRIPTORS)) {
            var found = new ArrayList<String>();
            for (Path link : links) {
                String target = target(link);
                if (!target.isEmpty() && !target.endsWith(".jar") && !target.endsWith("/modules")) {
                    found.add(target);
                }
            }
            return found.stream().collect(Collectors.toMap(target -> target, target -> 1, Integer::sum, TreeMap::new));
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalStateException("cannot read " + DESCRIPTORS, e);
        }
    }

    /** What a descriptor stands for; sockets and pipes without their number. Empty when it has just been closed. */
    private static String target(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            if (target.startsWith("/proc/")) {
                return "";
            }
            int bracket = target.indexOf(":[");
            return bracket > 0 ? target.substring(0, bracket) : target;
        } catch (IOException e) {
            return "";
        }
    }

    /** The least of a few looks: what the collector has not reached yet is not a leak. */
    private static long heapAfterGc() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
