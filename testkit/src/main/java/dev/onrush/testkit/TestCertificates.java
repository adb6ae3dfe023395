package dev.onrush.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * Certificates made for the test that asks for them, by the JDK's own {@code keytool}: a test authority and server keys
 * with one fault each.
 *
 * <p>Made once per JVM and kind, on first use (about half a second each), in a temporary folder that goes with the JVM.
 * Safe for use by several threads.
 */
public final class TestCertificates {
    /** Opens {@link #truststoreFile()}. */
    public static final String PASSWORD = "changeit";

    private static final Map<Kind, SSLContext> SERVERS = new ConcurrentHashMap<>();

    /** What is wrong with a server's certificate. */
    public enum Kind {
        /** Nothing: for localhost, 127.0.0.1, 127.0.0.2 and ::1, signed by the test authority. */
        VALID("-signer ca -ext san=dns:localhost,ip:127.0.0.1,ip:127.0.0.2,ip:::1"),
        /** Ended yesterday. */
        EXPIRED("-signer ca -ext san=dns:localhost,ip:127.0.0.1 -startdate -11d -validity 10"),
        /** Begins in ten days. */
        NOT_YET_VALID("-signer ca -ext san=dns:localhost,ip:127.0.0.1 -startdate +10d -validity 10"),
        /** For {@code elsewhere.test} only. */
        WRONG_HOST("-signer ca -ext san=dns:elsewhere.test"),
        /** Signed by itself. */
        SELF_SIGNED("-ext san=dns:localhost,ip:127.0.0.1"),
        /** Signed by an authority that is not in the truststore. */
        UNKNOWN_CA("-signer stranger -ext san=dns:localhost,ip:127.0.0.1"),
        /** Signed by the test authority with SHA-1. The JDK refuses that for public authorities only. */
        SHA1_SIGNED("-signer ca -ext san=dns:localhost,ip:127.0.0.1 -sigalg SHA1withRSA"),
        /** A server without any key: it shares no cipher with whoever comes and sends the alert handshake_failure. */
        NO_SHARED_CIPHER("");

        /** Of {@code keytool}, parted by blanks. */
        private final String options;

        Kind(String options) {
            this.options = options;
        }
    }

    private TestCertificates() {}

    /** Returns a context for a server whose certificate has this fault; the same each time. */
    public static SSLContext server(Kind kind) {
        return SERVERS.computeIfAbsent(kind, TestCertificates::makeServer);
    }

    /** Returns the keys of a certificate of this kind, for a client that is to show it. */
    public static KeyManagerFactory keys(Kind kind) {
        server(kind); // makes them, once
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            var all = load(Authority.INSTANCE.folder.resolve(kind + ".p12"));
            var own = KeyStore.getInstance("PKCS12");
            try {
                own.load(null, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            char[] password = PASSWORD.toCharArray();
            own.setKeyEntry("client", all.getKey("server", password), password, all.getCertificateChain("server"));
            keys.init(own, password);
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the keys of " + kind, e);
        }
    }

    /** Writes {@code certificate.pem} and {@code key.pem} of the valid kind into a folder, for servers that are not of Java. */
    public static void writePem(Path folder) throws IOException {
        try {
            var keys = (X509KeyManager) keys(Kind.VALID).getKeyManagers()[0];
            var chain = new StringBuilder();
            for (X509Certificate each : keys.getCertificateChain("client")) {
                chain.append(pem("CERTIFICATE", each.getEncoded()));
            }
            Files.writeString(folder.resolve("certificate.pem"), chain);
            Files.writeString(
                    folder.resolve("key.pem"),
                    pem("PRIVATE KEY", keys.getPrivateKey("client").getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    /** Returns a context for a client that trusts the test authority and nobody else. */
    public static SSLContext client() {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(truststore());
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a client's TLS context", e);
        }
    }

    /** Returns a store with the certificate of the test authority. */
    public static KeyStore truststore() {
        return load(truststoreFile());
    }

    /** Returns the same store as a PKCS12 file, to be opened with {@link #PASSWORD}. */
    public static Path truststoreFile() {
        return Authority.INSTANCE.truststore;
    }

    private static SSLContext makeServer(Kind kind) {
        try {
            var context = SSLContext.getInstance("TLS");
            if (kind == Kind.NO_SHARED_CIPHER) {
                context.init(new javax.net.ssl.KeyManager[0], null, null);
                return context;
            }
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(kind), PASSWORD.toCharArray());
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make the certificate " + kind, e);
        }
    }

    private static KeyStore keyStore(Kind kind) throws GeneralSecurityException {
        try {
            // Works on a copy of the authorities' store, so that kinds can be made at the same time.
            Path file = Authority.INSTANCE.folder.resolve(kind + ".p12");
            Files.copy(Authority.INSTANCE.keys, file);
            // Elliptic keys are made in no time; the authorities' are RSA, which can sign with SHA-1 too.
            var options = new ArrayList<String>();
            options.addAll(List.of(
                    ("-genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=" + kind).split(" ")));
            options.addAll(List.of(kind.options.split(" ")));
            Authority.keytool(file, options);
            var all = load(file);
            var own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            char[] password = PASSWORD.toCharArray();
            own.setKeyEntry("server", all.getKey("server", password), password, all.getCertificateChain("server"));
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the certificate " + kind, e);
        }
    }

    /** The certificate a server of this kind shows. */
    static X509Certificate certificate(Kind kind) {
        server(kind);
        try {
            var certificate =
                    load(Authority.INSTANCE.folder.resolve(kind + ".p12")).getCertificate("server");
            if (certificate instanceof X509Certificate x509) {
                return x509;
            }
            throw new IllegalArgumentException(kind + " has no certificate");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the certificate " + kind, e);
        }
    }

    private static KeyStore load(Path file) {
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /** The test authority, another one nobody trusts, and their files. */
    private static final class Authority {
        private static final Authority INSTANCE = new Authority();

        private final Path folder;
        private final Path keys;
        private final Path truststore;

        private Authority() {
            try {
                folder = Files.createTempDirectory("onrush-certificates");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                keys = folder.resolve("authorities.p12");
                for (String name : List.of("ca", "stranger")) {
                    keytool(
                            keys,
                            List.of(("-genkeypair -alias " + name + " -dname CN=" + name
                                            + " -ext bc:c -keyalg RSA -keysize 2048")
                                    .split(" ")));
                }
                truststore = folder.resolve("truststore.p12");
                var trusted = KeyStore.getInstance("PKCS12");
                trusted.load(null, null);
                trusted.setCertificateEntry("ca", load(keys).getCertificate("ca"));
                try (var out = Files.newOutputStream(truststore)) {
                    trusted.store(out, PASSWORD.toCharArray());
                }
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("cannot make the test authority", e);
            }
        }

        static void keytool(Path store, List<String> options) throws IOException {
            var command = new ArrayList<String>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(options);
            command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
            command.add("-J-XX:TieredStopAtLevel=1");
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IOException("keytool failed: " + String.join(" ", command) + "\n" + output);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
                throw new IOException("interrupted while keytool ran", e);
            }
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A temporary folder: the system clears it away one day.
        }
    }
}
