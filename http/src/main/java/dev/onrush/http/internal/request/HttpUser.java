package dev.onrush.http.internal.request;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.protocol.UserResource;
import dev.onrush.http.internal.wire.ConnectionPool;

/** What is kept for one user: its connections, its cookies, its base URL, the exchange it uses again and again. */
final class HttpUser implements UserResource {
    private final HttpClient client;
    private final VirtualUser user;
    private final int baseUrl;
    private final ConnectionPool connections;
    private final UserExchange exchange;
    private @Nullable CookieJar cookies;

    HttpUser(HttpClient client, VirtualUser user, int baseUrl) {
        this.client = client;
        this.user = user;
        this.baseUrl = baseUrl;
        this.connections = client.newConnections(user.session().identity().userId());
        this.exchange = new UserExchange(this);
    }

    HttpClient client() {
        return client;
    }

    VirtualUser user() {
        return user;
    }

    /** Which of the base URLs is this user's. */
    int baseUrl() {
        return baseUrl;
    }

    ConnectionPool connections() {
        return connections;
    }

    UserExchange exchange() {
        return exchange;
    }

    /** Null as long as there is no cookie. */
    @Nullable
    CookieJar cookies() {
        return cookies;
    }

    CookieJar cookiesToFill() {
        CookieJar jar = cookies;
        if (jar == null) {
            jar = new CookieJar();
            cookies = jar;
        }
        return jar;
    }

    @Override
    public void cutOff(long nowNanos) {
        exchange.cutOff(nowNanos);
    }

    @Override
    public boolean blocked(Thread thread, String place) {
        return exchange.blocked(thread, place);
    }

    @Override
    public boolean isAwaited() {
        return exchange.isOpen() || exchange.isCheckedElsewhere();
    }

    @Override
    public void close() {
        exchange.close();
        if (!client.sharesConnections()) {
            connections.close();
        }
    }
}
