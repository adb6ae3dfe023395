package dev.onrush.http.internal.wire;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Locale;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.core5.net.Host;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * TLS of outgoing connections. Certificates are verified against the JVM's trust store, and host names, unless all are
 * trusted.
 */
final class Tls {
    private static final DefaultHostnameVerifier HOST_NAMES = new DefaultHostnameVerifier();

    private final boolean trustsAll;
    private final TrustManager[] trust;
    private final SecureRandom random = new SecureRandom();

    Tls(boolean trustsAll) {
        this.trustsAll = trustsAll;
        this.trust = trustsAll ? new TrustManager[] {new TrustAll()} : defaultTrust();
    }

    /** One at a time: where the trust store has changed since it was read last, the JDK may hand the old one to who asks meanwhile. */
    private static synchronized TrustManager[] defaultTrust() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM's trust store cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * A context with a session cache of its own: sessions are resumed by who has it, and by nobody else.
     *
     * @param keys what the client shows of itself; null: nothing
     */
    SSLContext newContext(@Nullable KeyManagerFactory keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys == null ? null : keys.getKeyManagers(), trust, random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS in this JVM: " + e.getMessage(), e);
        }
    }

    /** Begins the handshake; the connection gets the engine of it when it is done. */
    void start(ProtocolIOSession session, HttpConnection connection, Host peer, boolean offersHttp2) {
        session.startTls(
                connection.pool().tlsContext(),
                peer,
                SSLBufferMode.DYNAMIC,
                offersHttp2 ? Tls::offerHttp2 : null,
                (endpoint, engine) -> {
                    connection.secured(engine);
                    return verify(endpoint, engine);
                },
                Timeout.DISABLED);
    }

    private static void offerHttp2(NamedEndpoint endpoint, SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        engine.setSSLParameters(parameters);
    }

    private @Nullable TlsDetails verify(NamedEndpoint endpoint, SSLEngine engine) throws SSLException {
        if (!trustsAll) {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            refuseWeakSignatures(chain);
            HOST_NAMES.verify(endpoint.getHostName(), (X509Certificate) chain[0]);
        }
        return null;
    }

    /** The JDK refuses SHA-1 and older only below the authorities it ships; below a private one they are as forgeable. */
    private static void refuseWeakSignatures(Certificate[] chain) throws SSLException {
        for (Certificate each : chain) {
            X509Certificate certificate = (X509Certificate) each;
            String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
            boolean isRoot = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            if (!isRoot && (algorithm.startsWith("SHA1") || algorithm.startsWith("MD"))) {
                throw new SSLException(new CertificateException(
                        "it is signed with " + certificate.getSigAlgName() + ", which can be forged"));
            }
        }
    }

    /** Trusts everybody; only where the author asked for it. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
