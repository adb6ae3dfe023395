package dev.onrush.http.internal.request;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.session.UnresolvedException;
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

    /** That action's request, which has no hops behind it; null, or why it cannot be made. Name and URL are known as far as it came. */
    @Nullable
    Failure begin(HttpRequestAction what) {
        return begin(what, null, null);
    }

    /** The same for a resource that was found on a page, for which {@code home} was asked. */
    @Nullable
    Failure beginFound(HttpRequestAction what, Url resource, Url home) {
        return begin(what, resource, home);
    }

    private @Nullable Failure begin(HttpRequestAction what, @Nullable Url found, @Nullable Url home) {
        try {
            make(what, found, home);
            return null;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            return unmade(e, ErrorClass.USER_EXCEPTION);
        }
    }

    /** @param unsafe the class of text that would break out of the head */
    private static Failure unmade(Throwable thrown, String unsafe) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof UnresolvedException) {
            return new Failure(ErrorClass.USER_UNRESOLVED, message);
        }
        if (thrown instanceof UnsafeTextException) {
            return new Failure(unsafe, message);
        }
        if (thrown instanceof BadUrlException) {
            return new Failure(ErrorClass.USER_EXCEPTION, message);
        }
        return new Failure(
                thrown instanceof Error ? ErrorClass.USER_ERROR : ErrorClass.USER_EXCEPTION, thrown.toString());
    }

    private void make(HttpRequestAction what, @Nullable Url found, @Nullable Url home) {
        action = what;
        number = 0;
        visited = null;
        hasComeBack = false;
        challengesAnswered = 0;
        url = null;
        plain = null;
        request = null;
        name = found == null ? String.valueOf(what.name().source()) : found.toString();
        UserSession session = user.session();
        name = found == null
                ? what.name().evaluate(session)
                : what.protocol().resourceNaming.name(found);
        firstName = name;
        CookieJar jar = owner.cookies();
        Url page = what.tellsPage() ? owner.page() : null;
        HttpCache cache = owner.cache();
        HttpRequestAction.Prepared prepared = jar == null && page == null ? what.prepared(owner.baseUrl()) : null;
        Url to;
        if (prepared != null && (cache == null || !cache.knows(prepared.url()))) {
            to = prepared.url();
            url = to;
            firstUrl = to;
            plain = prepared.request();
            request = prepared.request();
        } else {
            to = found == null ? what.url(session, owner.baseUrl()) : found;
            if (cache != null && what.followsRedirects() && what.isGet(session)) {
                Url moved = cache.moved(to, what.protocol().maxRedirects);
                // To a stranger it is redirected again, without what is for the server that was asked.
                to = moved.origin().equals(to.origin()) ? moved : to;
            }
            url = to;
            firstUrl = home == null ? to : home;
            String cookies = jar == null ? null : jar.headerFor(to);
            WireRequest whole = what.request(to, session, cookies, page);
            plain = isHome(to) ? whole : Redirects.follow(whole, to, false, false, what.tellsOrigin(), cookies);
            request = proven(to, asking(to));
        }
        route = what.route(to, session);
    }

    /** The plain request, which asks whether what the user knows still holds; null if the user knows the answer. */
    private @Nullable WireRequest asking(Url to) {
        HttpCache cache = owner.cache();
        return cache == null
                ? plain()
                : cache.asking(name, to, plain(), owner.client().wire().now());
    }

    /** With what proves who asks, where that is for. */
    private @Nullable WireRequest proven(Url to, @Nullable WireRequest asking) {
        return asking != null && isHome(to) ? signed(to, asking, owner.challenge(to.origin())) : asking;
    }

    private WireRequest signed(Url to, WireRequest asking, @Nullable DigestChallenge challenge) {
        return action().signed(name, to, asking, user.session(), challenge);
    }

    /** Whether a challenge to it is answered: once, and once more if only the server's number was too old. */
    boolean mayAnswer(DigestChallenge asked) {
        return challengesAnswered == 0 || challengesAnswered == 1 && asked.isStale();
    }

    /** The same request with the password shown; null, or why it cannot be made. */
    @Nullable
    Failure answer(DigestChallenge asked) {
        challengesAnswered++;
        owner.challenge(url().origin(), asked);
        try {
            request = signed(url(), plain(), asked);
            return null;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            return unmade(e, ErrorClass.USER_EXCEPTION);
        }
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

    /** The next hop, after a response of that status that led there; null, or why it cannot be made. */
    @Nullable
    Failure redirect(int status, Url to) {
        try {
            follow(status, to);
            return null;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            return unmade(e, ErrorClass.REDIRECT_INVALID);
        }
    }

    private void follow(int status, Url to) {
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
        request = proven(to, asking(to));
        route = what.route(to, user.session());
    }

    /** Whether that is on the server that was asked first. */
    boolean isHome(Url to) {
        return to.origin().equals(firstUrl().origin());
    }

    HttpRequestAction action() {
        return Objects.requireNonNull(action);
    }

    Names names() {
        return action().names();
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

    /** What was asked first. */
    Url firstUrl() {
        return Objects.requireNonNull(firstUrl);
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
