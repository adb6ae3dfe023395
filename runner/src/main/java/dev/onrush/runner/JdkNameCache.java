package dev.onrush.runner;

import java.security.Security;

/**
 * The JDK's cache of host names. In a process of our own it is off, so that {@code onrush.dns.ttl} tells how old an address may
 * be; whoever has set the JDK's own properties for it is obeyed.
 */
public final class JdkNameCache {
    private static final String KEPT = "networkaddress.cache.ttl";
    private static final String FAILURES_KEPT = "networkaddress.cache.negative.ttl";
    /** As the JDK is shipped. */
    private static final String SHIPPED_FAILURES_KEPT = "10";

    private JdkNameCache() {}

    /** To be called before the first name is looked up: the JDK reads its properties then, and only then. */
    public static void turnOff() {
        if (Security.getProperty(KEPT) == null && System.getProperty("sun.net.inetaddr.ttl") == null) {
            Security.setProperty(KEPT, "0");
        }
        if (SHIPPED_FAILURES_KEPT.equals(Security.getProperty(FAILURES_KEPT))
                && System.getProperty("sun.net.inetaddr.negative.ttl") == null) {
            Security.setProperty(FAILURES_KEPT, "0");
        }
    }
}
