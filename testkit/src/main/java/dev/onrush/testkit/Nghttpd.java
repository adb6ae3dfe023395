package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The system's nghttpd, the server of nghttp2, on loopback: it serves the files of a folder, and sends bodies back. */
public final class Nghttpd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nghttpd");

    private final Process process;
    private final int port;

    private Nghttpd(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> missing() {
        return Files.isExecutable(PROGRAM)
                ? Optional.empty()
                : Optional.of("nghttpd is not installed (Debian's nghttp2-server)");
    }

    /**
     * Starts it; whoever calls closes it.
     *
     * @param folder what it serves, and for its own files
     * @param isSecured whether it shows a certificate of the test authority and speaks TLS
     */
    public static Nghttpd start(Path folder, boolean isSecured) {
        try {
            int port = Nginx.freePort();
            TestCertificates.writePem(folder);
            List<String> command = new ArrayList<>(
                    List.of(PROGRAM.toString(), "-a", "127.0.0.1", "-d", folder.toString(), "--echo-upload"));
            if (isSecured) {
                command.addAll(List.of(
                        String.valueOf(port),
                        folder.resolve("key.pem").toString(),
                        folder.resolve("certificate.pem").toString()));
            } else {
                command.addAll(List.of("--no-tls", String.valueOf(port)));
            }
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
            var started = new Nghttpd(process, port);
            started.awaitPort(folder);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("nghttpd did not start", e);
        }
    }

    /** There is no other way to know than to try. */
    private void awaitPort(Path folder) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(Loopback.socket("127.0.0.1", port), 1000);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    close();
                    throw new IOException(Files.readString(folder.resolve("output.log"), StandardCharsets.UTF_8));
                }
                Thread.onSpinWait();
            }
        }
    }

    public int port() {
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
