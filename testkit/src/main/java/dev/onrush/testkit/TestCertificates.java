package dev.onrush.testkit;

import javax.net.ssl.SSLContext;

/** Placeholder until the certificates land: keeps the shape others compile against. */
public final class TestCertificates {
    private TestCertificates() {}

    /** What is wrong with a certificate. */
    public enum Kind {
        VALID
    }

    public static SSLContext server(Kind kind) {
        throw new UnsupportedOperationException(kind.name());
    }
}
