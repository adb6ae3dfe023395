package dev.onrush.http.internal.request;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.session.UserSession;
import dev.onrush.http.internal.wire.Failure;
import dev.onrush.http.internal.wire.Route;
import dev.onrush.http.internal.wire.WireRequest;

/**
 * What a user asks for now: a request, then each hop of its redirects, as it goes out. One object per exchange, used again for every
 * request. What proves who asks goes to the server that was asked first, and to no other. For whoever runs the user.
 */
final class Hop {
    private final HttpUser owner;
    private final VirtualUser user;

    private @Nullable HttpRequestAction action;
    private String firstName = "";
    private String name = "";
    private @Nullable Url url;
    /** Before it was signed: what a redirect goes on with. */
    private @Nullable WireRequest plain;

    private @Nullable WireRequest request;
    private @Nullable Route route;
    private @Nullable Url firstUrl;
    private int number;
    /** How often a challenge to this hop was answered. */
    private int challengesAnswered;

    private @Nullable Set<Url> visited;
    private boolean hasComeBack;

    Hop(HttpUser owner) {
        this.owner = owner;
        this.user = owner.user();
    }

    /** That action's request, which has no hops behind it. Throws what its expressions throw; name and URL are known as far as it came. */
    void begin(HttpRequestAction what) {
        action = what;
        number = 0;
        visited = null;
        hasComeBack = false;
        challengesAnswered = 0;
        url = null;
        plain = null;
        request = null;
        name = String.valueOf(what.name().source());
        UserSession session = user.session();
        name = what.name().evaluate(session);
        firstName = name;
        CookieJar jar = owner.cookies();
        Url page = what.tellsPage() ? owner.page() : null;
        HttpCache cache = owner.cache();
        HttpRequestAction.Prepared prepared = jar == null && page == null ? what.prepared(owner.baseUrl()) : null;
        Url to;
        if (prepared != null && (cache == null || !cache.knows(prepared.url()))) {
            to = prepared.url();
            url = to;
            plain = prepared.request();
            request = prepared.request();
        } else {
            to = what.url(session, owner.baseUrl());
            if (cache != null && what.followsRedirects() && what.isGet(session)) {
                Url moved = cache.moved(to, what.protocol().maxRedirects);
                // To a stranger it is redirected again, without what is for the server that was asked.
                to = moved.origin().equals(to.origin()) ? moved : to;
            }
            url = to;
            plain = what.request(to, session, jar == null ? null : jar.headerFor(to), page);
            WireRequest asking = asking(to);
            request = asking == null ? null : signed(to, asking, owner.challenge(to.origin()));
        }
        firstUrl = to;
        route = what.route(to, session);
    }

    /** The plain request, which asks whether what the user knows still holds; null if the user knows the answer. */
    private @Nullable WireRequest asking(Url to) {
        HttpCache cache = owner.cache();
        return cache == null
                ? plain()
                : cache.asking(name, to, plain(), owner.client().wire().now());
    }

    private WireRequest signed(Url to, WireRequest asking, @Nullable DigestChallenge challenge) {
        return action().signed(name, to, asking, user.session(), challenge);
    }

    /** Whether a challenge to it is answered: once, and once more if only the server's number was too old. */
    boolean mayAnswer(DigestChallenge asked) {
        return challengesAnswered == 0 || challengesAnswered == 1 && asked.isStale();
    }

    /** The same request with the password shown. */
    void answer(DigestChallenge asked) {
        challengesAnswered++;
        owner.challenge(url().origin(), asked);
        request = signed(url(), plain(), asked);
    }

    /** Whether it may be redirected there; null, or why not. */
    @Nullable
    Failure redirectable(Url to) {
        Set<Url> seen = visited;
        if (seen == null) {
            seen = new HashSet<>();
            visited = seen;
        }
        seen.add(url());
        hasComeBack |= seen.contains(to);
        int most = action().protocol().maxRedirects;
        if (number < most) {
            return null;
        }
        return hasComeBack
                ? new Failure(ErrorClass.REDIRECT_LOOP, "redirects in a circle, given up after " + most)
                : new Failure(ErrorClass.REDIRECT_LIMIT, "more than " + most + " redirects");
    }

    /** The next hop, after a response of that status that led there. Throws what an author's code throws. */
    void redirect(int status, Url to) {
        HttpRequestAction what = action();
        WireRequest before = plain();
        boolean isHome = isHome(to);
        number++;
        challengesAnswered = 0;
        url = to;
        request = null;
        name = what.protocol().redirectNaming.name(to, firstName, number);
        String own = isHome ? what.ownCookies(user.session()) : null;
        CookieJar jar = owner.cookies();
        String kept = jar == null ? null : jar.headerFor(to);
        String cookies = own == null ? kept : kept == null ? own : own + "; " + kept;
        boolean isGet = Redirects.becomesGet(status, before.method(), what.protocol().isStrict302);
        plain = Redirects.follow(before, to, isGet, isHome, what.tellsOrigin(), cookies);
        WireRequest asking = asking(to);
        request = asking != null && isHome ? signed(to, asking, owner.challenge(to.origin())) : asking;
        route = what.route(to, user.session());
    }

    /** Whether that is on the server that was asked first. */
    boolean isHome(Url to) {
        return to.origin().equals(Objects.requireNonNull(firstUrl).origin());
    }

    private HttpRequestAction action() {
        return Objects.requireNonNull(action);
    }

    /** It is recorded under this one. */
    String name() {
        return name;
    }

    /** Null as long as nothing has begun, or if it has no valid one. */
    @Nullable
    Url urlIfKnown() {
        return url;
    }

    Url url() {
        return Objects.requireNonNull(url);
    }

    /** Before it was signed. */
    WireRequest plain() {
        return Objects.requireNonNull(plain);
    }

    /** Null if it is not to be sent, as the user's cache has the answer. */
    @Nullable
    WireRequest requestIfSent() {
        return request;
    }

    WireRequest request() {
        return Objects.requireNonNull(request);
    }

    /** Null: straight. */
    @Nullable
    Route route() {
        return route;
    }
}
