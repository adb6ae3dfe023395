package dev.onrush.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.ChildSignal;
import dev.onrush.testkit.TruthServer;

/** A truth server in a JVM of its own, which can be frozen, and whose ledger is a file once it has ended. */
final class TargetProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChildRun child;
    private final Path ledger;
    private final String port;

    private TargetProcess(ChildRun child, Path ledger) throws InterruptedException {
        this.child = child;
        this.ledger = ledger;
        this.port = child.awaitLine("^\\d+$", PATIENCE);
    }

    /** Starts one with these options of {@link TruthServer#main}. */
    static TargetProcess start(Path ledger, String... options) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--ledger", ledger.toString()));
        ChildRun child = ChildRun.of(TruthServer.class)
                .jvm("-Xmx256m")
                .arguments(arguments.toArray(String[]::new))
                .start();
        return new TargetProcess(child, ledger);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Stops the whole process for so long, as a collection or a swapped page would; returns how long it was. */
    Duration freeze(Duration length) {
        child.signal(ChildSignal.STOP);
        long fromNanos = System.nanoTime();
        long untilNanos = fromNanos + length.toNanos();
        while (System.nanoTime() - untilNanos < 0) {
            LockSupport.parkNanos(untilNanos - System.nanoTime());
        }
        child.signal(ChildSignal.CONT);
        return Duration.ofNanos(System.nanoTime() - fromNanos);
    }

    /** Ends it; returns the file with what arrived there. */
    Path ledger() throws InterruptedException {
        child.signal(ChildSignal.TERM);
        child.await(PATIENCE);
        assertThat(ledger).exists();
        return ledger;
    }

    /** How many requests a ledger's file holds. */
    static long arrivals(Path ledger) throws IOException {
        try (var lines = Files.lines(ledger)) {
            return lines.count() - 1;
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
