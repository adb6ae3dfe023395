package dev.onrush.http.internal.wire;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;

/** What is said to a proxy until it leads on to the target. Belongs to one connection. */
abstract sealed class ProxyTalk permits ConnectTalk, Socks4Talk, Socks5Talk {
    /** Said by {@link #heard} when the proxy leads on. */
    static final byte[] DONE = {};

    final ProxyServer proxy;
    final Origin target;

    ProxyTalk(ProxyServer proxy, Origin target) {
        this.proxy = proxy;
        this.target = target;
    }

    /** What is said first. */
    abstract byte[] opening();

    /**
     * Looks at what the proxy has said so far, and takes what it has understood.
     *
     * @return what to say next; {@link #DONE}; null to hear more
     */
    abstract byte @Nullable [] heard(ByteBuffer said) throws ProxyRefusedException;

    final ProxyRefusedException refused(String why) {
        return new ProxyRefusedException(ErrorClass.PROXY_REFUSED, proxy + " does not lead to " + target + ": " + why);
    }

    final ProxyRefusedException unauthorized(String why) {
        return new ProxyRefusedException(ErrorClass.PROXY_AUTH, proxy + " wants other credentials: " + why);
    }

    final ProxyRefusedException notUnderstood(String why) {
        return new ProxyRefusedException(
                ErrorClass.PROXY_PROTOCOL, proxy + " does not answer as such a proxy does: " + why);
    }
}
