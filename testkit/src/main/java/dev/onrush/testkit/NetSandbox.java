package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of its own without a way out: a Linux network namespace with nothing but loopback in it, so that ports below 1024,
 * name resolution and the range of local ports are a test's own. Whoever runs inside asks 127.0.0.1:53 for names.
 *
 * <pre>{@code
 * assumeTrue(NetSandbox.missing().isEmpty(), () -> NetSandbox.missing().get());
 * try (var sandbox = NetSandbox.open();
 *         var child = sandbox.inside(ChildRun.of(Scene.class)).start()) {
 *     assertThat(child.await(Duration.ofSeconds(20)).exitCode()).isZero();
 * }
 * }</pre>
 *
 * <p>Needs the right to make namespaces and the program {@code ip}. Closing removes it, as does the end of this JVM; what still
 * runs inside keeps its network until it ends.
 */
public final class NetSandbox implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Path SETTINGS = Path.of("/etc/netns");

    private final String name;
    private final Path settings;
    private final Thread hook = new Thread(this::remove, "net-sandbox-removal");

    private NetSandbox(String name) {
        this.name = name;
        this.settings = SETTINGS.resolve(name);
    }

    /** Why there can be no sandbox here; empty if there can. */
    public static Optional<String> missing() {
        try (var sandbox = open()) {
            return sandbox.run("true").map(said -> "no command can be run in a network namespace: " + said);
        } catch (UncheckedIOException e) {
            return Optional.of(e.getMessage() + " (root and Debian's iproute2 are needed)");
        }
    }

    /** Makes one; whoever calls closes it. */
    public static NetSandbox open() {
        var sandbox = new NetSandbox("onrush-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
        try {
            need(List.of("ip", "netns", "add", sandbox.name));
        } catch (IOException e) {
            throw new UncheckedIOException("no network namespace can be made: " + e.getMessage(), e);
        }
        Runtime.getRuntime().addShutdownHook(sandbox.hook);
        try {
            sandbox.fill();
            return sandbox;
        } catch (IOException e) {
            sandbox.close();
            throw new UncheckedIOException("network namespace without loopback: " + e.getMessage(), e);
        }
    }

    private void fill() throws IOException {
        need(List.of("ip", "-n", name, "link", "set", "lo", "up"));
        // Files here stand in the place of those of /etc for who is started inside.
        Files.createDirectories(settings);
        Files.writeString(settings.resolve("resolv.conf"), "nameserver 127.0.0.1\noptions timeout:10 attempts:1\n");
        Files.writeString(settings.resolve("nsswitch.conf"), "hosts: files dns\n");
        Files.writeString(settings.resolve("hosts"), "127.0.0.1 localhost\n");
    }

    /** From now on outgoing connections from inside get a local port from here to there, both included, and no other. */
    public NetSandbox localPorts(int first, int last) {
        need("sh", "-c", "echo " + first + " " + last + " > /proc/sys/net/ipv4/ip_local_port_range");
        return this;
    }

    /** The same plan, to be run inside. */
    public ChildPlan inside(ChildPlan plan) {
        var command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(plan.prefix);
        return plan.through(command.toArray(String[]::new));
    }

    /** Also waits for nothing: what runs inside is ended by whoever started it. */
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is going down, and the hook does the same.
        }
    }

    private void remove() {
        try {
            execute(List.of("ip", "netns", "delete", name));
            for (String file : List.of("resolv.conf", "nsswitch.conf", "hosts", "")) {
                Files.deleteIfExists(settings.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the namespace " + name, e);
        }
    }

    private void need(String... command) {
        run(command).ifPresent(said -> {
            throw new IllegalStateException(String.join(" ", command) + " failed in namespace " + name + ": " + said);
        });
    }

    /** Runs a command inside; tells what it said if it failed. */
    private Optional<String> run(String... command) {
        var inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
        inside.addAll(List.of(command));
        try {
            return execute(inside);
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static void need(List<String> command) throws IOException {
        Optional<String> failure = execute(command);
        if (failure.isPresent()) {
            throw new IOException(String.join(" ", command) + ": " + failure.get());
        }
    }

    private static Optional<String> execute(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return Optional.of("interrupted");
        }
        return process.exitValue() == 0
                ? Optional.empty()
                : Optional.of(output.isEmpty() ? "exit code " + process.exitValue() : output);
    }
}
