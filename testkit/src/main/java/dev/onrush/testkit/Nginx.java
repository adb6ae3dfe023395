package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The system's nginx in the foreground, on loopback: for what a server of ours could get wrong in the same way as its client. */
public final class Nginx implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> missing() {
        return Files.isExecutable(PROGRAM)
                ? Optional.empty()
                : Optional.of("nginx is not installed (Debian's nginx-light)");
    }

    /**
     * Starts it; whoever calls closes it.
     *
     * @param folder for its files
     * @param listen what follows address and port in {@code listen}, as in {@code ssl http2}; ssl shows a certificate of the test authority
     * @param server what stands in {@code server} besides
     */
    public static Nginx start(Path folder, String listen, String server) {
        try {
            int port = freePort();
            TestCertificates.writePem(folder);
            Path settings = folder.resolve("nginx.conf");
            Files.writeString(
                    settings,
                    String.join(
                            "\n",
                            "daemon off; master_process off; worker_processes 1;",
                            "pid " + folder.resolve("pid") + "; error_log " + folder.resolve("error.log") + ";",
                            "events { worker_connections 512; }",
                            "http { access_log off; client_body_temp_path " + folder + "/body; proxy_temp_path "
                                    + folder
                                    + "/proxy; fastcgi_temp_path " + folder + "/fastcgi; uwsgi_temp_path " + folder
                                    + "/uwsgi; scgi_temp_path " + folder + "/scgi;",
                            "server { listen 127.0.0.1:" + port + " " + listen + ";",
                            "ssl_certificate " + folder.resolve("certificate.pem") + ";",
                            "ssl_certificate_key " + folder.resolve("key.pem") + ";",
                            server,
                            "} }",
                            ""));
            Process process = new ProcessBuilder(PROGRAM.toString(), "-p", folder.toString(), "-c", settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
            var started = new Nginx(process, port);
            started.awaitPort(folder);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("nginx did not start", e);
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket()) {
            socket.bind(Loopback.socket("127.0.0.1", 0));
            return socket.getLocalPort();
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
