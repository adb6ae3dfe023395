package dev.onrush.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long connections to some ports stood in CLOSE_WAIT: the target had closed, the generator had not. Seen every 100 ms in
 * {@code /proc/self/net/tcp}; where there is none, nothing is seen.
 */
final class CloseWaits implements AutoCloseable {
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    private static final String CLOSE_WAIT = "08";

    private final Set<String> ports = new HashSet<>();
    private final Map<String, Long> since = new HashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread watcher = new Thread(this::watch, "close-waits");
    private final Map<Integer, Duration> longest = new ConcurrentHashMap<>();

    private CloseWaits(List<Integer> targets) {
        targets.forEach(port -> ports.add(String.format("%04X", port)));
    }

    static CloseWaits watching(List<Integer> targets) {
        CloseWaits waits = new CloseWaits(targets);
        waits.watcher.setDaemon(true);
        waits.watcher.start();
        return waits;
    }

    private void watch() {
        try {
            do {
                look();
            } while (!end.await(100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        long now = System.nanoTime();
        Set<String> standing = new HashSet<>();
        for (Path table : TABLES) {
            try (var lines = Files.lines(table)) {
                lines.skip(1).map(line -> line.strip().split("\\s+", 5)).forEach(line -> {
                    if (line[3].equals(CLOSE_WAIT) && ports.contains(line[2].substring(line[2].indexOf(':') + 1))) {
                        standing.add(line[1] + line[2]);
                    }
                });
            } catch (IOException e) {
                // No such table here.
            }
        }
        since.keySet().retainAll(standing);
        for (String connection : standing) {
            long first = since.computeIfAbsent(connection, any -> now);
            int port = Integer.parseInt(connection.substring(connection.lastIndexOf(':') + 1), 16);
            longest.merge(port, Duration.ofNanos(now - first), (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    /** The longest that any to this port stood so. */
    Duration longest(int port) {
        return longest.getOrDefault(port, Duration.ZERO);
    }

    @Override
    public void close() {
        end.countDown();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
