package dev.onrush.http.internal.request;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.protocol.UserResource;
import dev.onrush.http.internal.wire.ConnectionPool;
import dev.onrush.http.internal.wire.Origin;

/** What is kept for one user: its connections, its cookies, its base URL, the exchange it uses again and again. */
final class HttpUser implements UserResource {
    private final HttpClient client;
    private final VirtualUser user;
    private final int baseUrl;
    private final ConnectionPool connections;
    private final UserExchange exchange;
    /** Null as long as nothing went side by side. */
    private volatile @Nullable ResourceGroup resources;

    /** Null as long as it polls nothing. */
    private @Nullable Polls polls;

    private @Nullable CookieJar cookies;
    private @Nullable HttpCache cache;
    /** The last one that came: what a browser would show. */
    private @Nullable Url page;
    /** What servers have asked of who has to show a password. */
    private @Nullable Map<Origin, DigestChallenge> challenges;

    HttpUser(HttpClient client, VirtualUser user, int baseUrl) {
        this.client = client;
        this.user = user;
        this.baseUrl = baseUrl;
        this.connections = client.newConnections(user.session().identity().userId());
        this.exchange = new UserExchange(this, null);
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

    /** For requests that go side by side. */
    ResourceGroup resources() {
        ResourceGroup group = resources;
        if (group == null) {
            group = new ResourceGroup(this, client.mostPerOrigin(), null);
            resources = group;
        }
        return group;
    }

    /** What it asks again and again beside its scenario. */
    Polls polls() {
        Polls mine = polls;
        if (mine == null) {
            mine = new Polls(this);
            polls = mine;
        }
        return mine;
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

    /** Null as long as there is nothing in it. */
    @Nullable
    HttpCache cache() {
        return cache;
    }

    /** Null if nothing is to be cached. */
    @Nullable
    HttpCache cacheToFill() {
        HttpCache mine = cache;
        int most = mine == null ? client.cacheEntries() : 0;
        if (most > 0) {
            mine = new HttpCache(most);
            cache = mine;
        }
        return mine;
    }

    void flushCache() {
        cache = null;
    }

    /** The HTML page that came last; null as long as there was none. */
    @Nullable
    Url page() {
        return page;
    }

    void page(Url shown) {
        page = shown;
    }

    /** What that server asked last; null: nothing yet. */
    @Nullable
    DigestChallenge challenge(Origin of) {
        Map<Origin, DigestChallenge> known = challenges;
        return known == null ? null : known.get(of);
    }

    void challenge(Origin of, DigestChallenge asked) {
        Map<Origin, DigestChallenge> known = challenges;
        if (known == null) {
            known = new HashMap<>(2);
            challenges = known;
        }
        known.put(of, asked);
    }

    @Override
    public void cutOff(long nowNanos) {
        exchange.cutOff(nowNanos);
        ResourceGroup group = resources;
        if (group != null) {
            group.cutOff(nowNanos);
        }
        endPolls(nowNanos);
    }

    private void endPolls(long nowNanos) {
        Polls mine = polls;
        if (mine != null) {
            mine.end(nowNanos);
        }
    }

    @Override
    public boolean blocked(Thread thread, String place) {
        ResourceGroup group = resources;
        Polls beside = polls;
        boolean isBlocked = exchange.blocked(thread, place)
                || group != null && group.blocked(thread, place)
                || beside != null && beside.blocked(thread, place);
        if (isBlocked && group != null) {
            group.cutOff(user.now()); // the user ends, and with it what goes on beside
        }
        return isBlocked;
    }

    @Override
    public boolean isAwaited() {
        ResourceGroup group = resources;
        return exchange.isOpen() || exchange.isCheckedElsewhere() || group != null && group.isAwaited();
    }

    @Override
    public void close() {
        endPolls(user.now());
        exchange.close();
        ResourceGroup group = resources;
        if (group != null) {
            group.close();
        }
        if (!client.sharesConnections()) {
            connections.close();
        }
    }
}
