package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The system's nginx in the foreground, on loopback: for what a server of ours could get wrong in the same way as its client. */
public final class Nginx implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final ServerProgram program;

    private Nginx(ServerProgram program) {
        this.program = program;
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> missing() {
        return ServerProgram.missing(PROGRAM, "nginx-light");
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
            int port = ServerProgram.freePort();
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
            return new Nginx(ServerProgram.start(
                    List.of(PROGRAM.toString(), "-p", folder.toString(), "-c", settings.toString()), port, folder));
        } catch (IOException e) {
            throw new UncheckedIOException("nginx did not start", e);
        }
    }

    public int port() {
        return program.port();
    }

    @Override
    public void close() {
        program.close();
    }
}
