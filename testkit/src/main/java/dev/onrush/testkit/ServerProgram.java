package dev.onrush.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server of the system that runs as a process of ours, on a port of the loopback address. */
final class ServerProgram implements AutoCloseable {
    private final Process process;
    private final int port;

    private ServerProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Why that program cannot be run here; empty if it can. */
    static Optional<String> missing(Path program, String debianPackage) {
        return Files.isExecutable(program)
                ? Optional.empty()
                : Optional.of(program.getFileName() + " is not installed (Debian's " + debianPackage + ")");
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket()) {
            socket.bind(Loopback.socket("127.0.0.1", 0));
            return socket.getLocalPort();
        }
    }

    /**
     * Starts it and waits until the port answers.
     *
     * @param folder for what it prints
     * @throws IOException with what it printed, if it does not come up within 10 s
     */
    static ServerProgram start(List<String> command, int port, Path folder) throws IOException {
        Path output = folder.resolve("output.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var started = new ServerProgram(process, port);
        started.awaitPort(output);
        return started;
    }

    /** There is no other way to know than to try. */
    private void awaitPort(Path output) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(Loopback.socket("127.0.0.1", port), 1000);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    close();
                    throw new IOException(Files.readString(output, StandardCharsets.UTF_8));
                }
                Thread.onSpinWait();
            }
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
