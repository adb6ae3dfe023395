package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The system's nghttpd, the server of nghttp2, on loopback: it serves the files of a folder, and sends bodies back. */
public final class Nghttpd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nghttpd");

    private final ServerProgram program;

    private Nghttpd(ServerProgram program) {
        this.program = program;
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> missing() {
        return ServerProgram.missing(PROGRAM, "nghttp2-server");
    }

    /**
     * Starts it; whoever calls closes it.
     *
     * @param folder what it serves, and for its own files
     * @param isSecured whether it shows a certificate of the test authority and speaks TLS
     */
    public static Nghttpd start(Path folder, boolean isSecured) {
        try {
            int port = ServerProgram.freePort();
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
            return new Nghttpd(ServerProgram.start(command, port, folder));
        } catch (IOException e) {
            throw new UncheckedIOException("nghttpd did not start", e);
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
