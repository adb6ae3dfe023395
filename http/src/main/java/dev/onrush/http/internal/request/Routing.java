package dev.onrush.http.internal.request;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.http.internal.wire.Origin;
import dev.onrush.http.internal.wire.Route;

/** How requests get to their targets if not straight: by a proxy, or with a line of the PROXY protocol. */
public final class Routing {
    private final @Nullable ProxyDefinition proxy;
    private final Set<String> noProxyFor;
    private final @Nullable Expression<String> source4;
    private final @Nullable Expression<String> source6;
    /** If nothing in it varies, it is made once: for hosts with the proxy and for those without. */
    private final boolean isFixed;

    private final @Nullable Route fixed;
    private final @Nullable Route fixedWithoutProxy;

    private Routing(
            @Nullable ProxyDefinition proxy,
            Set<String> noProxyFor,
            @Nullable Expression<String> source4,
            @Nullable Expression<String> source6) {
        this.proxy = proxy;
        this.noProxyFor = noProxyFor;
        this.source4 = source4;
        this.source6 = source6;
        boolean isConstant = expressions().stream().allMatch(Expression::isConstant);
        Route with = null;
        Route without = null;
        try {
            if (isConstant) {
                with = routeBy(proxy, UserSession.NOBODY);
                without = routeBy(null, UserSession.NOBODY);
            }
        } catch (UnsafeTextException e) {
            isConstant = false; // it is told when a request is due
        }
        this.isFixed = isConstant;
        this.fixed = with;
        this.fixedWithoutProxy = without;
    }

    /**
     * Null if all is reached straight.
     *
     * @param own the request's own proxy; null: the protocol's, if there is one
     */
    static @Nullable Routing of(HttpDefinition.Draft protocol, @Nullable ProxyDefinition own) {
        ProxyDefinition proxy = own == null ? protocol.proxy : own;
        return proxy == null && protocol.source4 == null && protocol.source6 == null
                ? null
                : new Routing(proxy, protocol.noProxyFor, protocol.source4, protocol.source6);
    }

    boolean leadsByProxy(Origin origin) {
        return proxy != null && !noProxyFor.contains(origin.host());
    }

    @Nullable
    Route route(Origin origin, UserSession session) {
        boolean isStraight = noProxyFor.contains(origin.host());
        if (isFixed) {
            return isStraight ? fixedWithoutProxy : fixed;
        }
        return routeBy(isStraight ? null : proxy, session);
    }

    private @Nullable Route routeBy(@Nullable ProxyDefinition by, UserSession session) {
        InetAddress v4 = source(source4, session);
        InetAddress v6 = source(source6, session);
        return by == null && v4 == null && v6 == null
                ? null
                : new Route(by == null ? null : by.evaluate(session), (Inet4Address) v4, (Inet6Address) v6);
    }

    private @Nullable InetAddress source(@Nullable Expression<String> text, UserSession session) {
        if (text == null) {
            return null;
        }
        String address = text.evaluate(session);
        InetAddress parsed = address(address, text == source4);
        if (parsed == null) {
            throw new UnsafeTextException("\"" + address.replaceAll("\\p{Cntrl}", "?") + "\" is no IPv"
                    + (text == source4 ? "4" : "6") + " address for the PROXY protocol");
        }
        return parsed;
    }

    /** Null if it is no address of that version. */
    public static @Nullable InetAddress address(String text, boolean isVersion4) {
        if (!text.matches(isVersion4 ? "[0-9]{1,3}([.][0-9]{1,3}){3}" : "[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            return (isVersion4 ? Inet4Address.class : Inet6Address.class).isInstance(address) ? address : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    List<Expression<String>> expressions() {
        List<Expression<String>> all = new ArrayList<>();
        if (proxy != null) {
            all.addAll(proxy.expressions());
        }
        if (source4 != null) {
            all.add(source4);
        }
        if (source6 != null) {
            all.add(source6);
        }
        return all;
    }
}
