package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.BodyFact;
import dev.onrush.core.check.CheckResult;
import dev.onrush.core.check.Checks;
import dev.onrush.core.check.ResponseBody;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.Message;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.protocol.ExchangeListener;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.UnresolvedException;
import dev.onrush.core.session.UserSession;
import dev.onrush.http.internal.wire.BodyWatch;
import dev.onrush.http.internal.wire.Carrier;
import dev.onrush.http.internal.wire.Exchange;
import dev.onrush.http.internal.wire.Failure;
import dev.onrush.http.internal.wire.Origin;
import dev.onrush.http.internal.wire.Route;
import dev.onrush.http.internal.wire.WireRequest;

/**
 * One user's request on its way, hop by hop, and the message by which the user goes on. One object per user, used again for
 * every request. All but {@link #ended} is for whoever runs the user.
 */
final class UserExchange extends Exchange implements Message {
    private static final byte[] NO_BYTES = {};
    private static final int UNAUTHORIZED = 401;

    private final HttpUser owner;
    private final VirtualUser user;
    /** Null: the user waits for this one alone. */
    private final @Nullable ResourceGroup group;

    private final RequestSample sample = new RequestSample();

    private @Nullable HttpRequestAction action;
    private String name = "";
    private @Nullable Url url;
    /** Before it was signed: what a redirect goes on with. */
    private @Nullable WireRequest plain;

    private @Nullable WireRequest request;
    /** How often a challenge to this hop was answered. */
    private int challengesAnswered;

    private @Nullable Route route;
    /** Sent, or its body being looked at, and not yet received. */
    private boolean isAwaited;
    /** Ready to be sent, and not yet allowed to. */
    private boolean waitsForSlot;
    /** Its body was looked at on another thread, and this came of it. */
    private volatile @Nullable CheckResult checkedElsewhere;

    private UserSession checkedFrom = UserSession.NOBODY;

    /** Its body is being looked at on another thread. */
    private volatile boolean isCheckedElsewhere;

    /** Whose turn it is not yet, since when. */
    private boolean isQueued;

    private long queuedNanos;
    private long queueWaitNanos;
    /** Where it is one of those on their way; null: none that is counted. */
    private @Nullable Origin admittedTo;

    private boolean isResent;
    private long firstStartNanos;
    private int hop;
    private @Nullable Url firstUrl;
    private @Nullable Set<Url> visited;
    private boolean hasComeBack;
    /** These three only while somebody wants to know of exchanges. */
    private @Nullable HttpResponse shownHead;

    private byte[] shownBody = NO_BYTES;
    private UserSession sessionBefore = UserSession.NOBODY;

    /** @param group of which it is one, null: none */
    UserExchange(HttpUser owner, @Nullable ResourceGroup group) {
        super(owner.client().wire());
        this.owner = owner;
        this.group = group;
        this.user = owner.user();
    }

    /** Starts that action's request; null if the user now waits. */
    @Nullable
    Action begin(HttpRequestAction what) {
        action = what;
        hop = 0;
        visited = null;
        hasComeBack = false;
        isResent = false;
        challengesAnswered = 0;
        beginSample();
        sample.silent = what.isSilent(null, isResource());
        UserSession session = user.session();
        if (owner.client().exchanges() != null) {
            url = null;
            plain = null;
            request = null;
            sessionBefore = session;
        }
        name = String.valueOf(what.name().source());
        boolean isServed = false;
        try {
            name = what.name().evaluate(session);
            CookieJar jar = owner.cookies();
            Url page = what.tellsPage() ? owner.page() : null;
            HttpCache cache = owner.cache();
            HttpRequestAction.Prepared prepared = jar == null && page == null ? what.prepared(owner.baseUrl()) : null;
            if (prepared != null && (cache == null || !cache.knows(prepared.url()))) {
                url = prepared.url();
                plain = prepared.request();
                request = prepared.request();
                sample.silent = what.isSilent(url, isResource());
            } else {
                Url to = what.url(session, owner.baseUrl());
                if (cache != null && what.followsRedirects() && what.isGet(session)) {
                    Url moved = cache.moved(to, what.protocol().maxRedirects);
                    // To a stranger it is redirected again, without what is for the server that was asked.
                    to = moved.origin().equals(to.origin()) ? moved : to;
                }
                url = to;
                sample.silent = what.isSilent(to, isResource());
                plain = what.request(to, session, jar == null ? null : jar.headerFor(to), page);
                WireRequest asking = asking(to);
                isServed = asking == null;
                request = asking == null ? null : what.signed(name, to, asking, session, owner.challenge(to.origin()));
            }
            route = what.route(url, session);
        } catch (UnresolvedException e) {
            return notSent(ErrorClass.USER_UNRESOLVED, String.valueOf(e.getMessage()));
        } catch (BadUrlException | UnsafeTextException e) {
            return notSent(ErrorClass.USER_EXCEPTION, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            return notSent(ErrorClass.USER_EXCEPTION, e.toString());
        } catch (StackOverflowError | LinkageError | AssertionError e) {
            return notSent(ErrorClass.USER_ERROR, e.toString());
        }
        firstUrl = url;
        return isServed ? served() : dispatch();
    }

    /** Once per hop, when it is due. */
    private void beginSample() {
        sample.clear();
        queueWaitNanos = 0;
        user.begin(sample);
    }

    private boolean isResource() {
        return group != null && group.areResources();
    }

    private @Nullable Action notSent(String errorClass, String message) {
        sample.request = names().request(user.group(), name);
        sample.endNanos = owner.client().wire().now();
        ko(new Failure(errorClass, message));
        over();
        return goOn();
    }

    /** Where the user goes on; null if it waits for others. */
    private @Nullable Action goOn() {
        if (group != null) {
            return group.ended(this, sample);
        }
        HttpRequestAction what = action();
        return sample.outcome != RequestSample.KO && !what.resources().isEmpty()
                ? owner.resources().begin(what.resources(), true, what.next())
                : what.next();
    }

    private void over() {
        user.ended(sample);
        ExchangeListener listener = owner.client().exchanges();
        if (listener != null) {
            tell(listener);
        }
    }

    private void tell(ExchangeListener listener) {
        UserSession now = user.session();
        if (listener.wants(sample)) {
            ExchangeText text = ExchangeWords.of(url, request, shownHead, shownBody, action().protocol().maxBodyBytes);
            listener.ended(user.recorder(), sample, text, sessionBefore, now);
        }
        shownHead = null;
        shownBody = NO_BYTES;
        sessionBefore = now;
    }

    /** Sends it, once it has its slot if there is a throttle. A user can wait for one slot: requests side by side take none. */
    private @Nullable Action dispatch() {
        if (group != null || !user.isThrottled()) {
            send();
            return null;
        }
        isAwaited = false;
        waitsForSlot = true;
        return user.awaitSlot(sample, action().inSlot(), action().withoutSlot());
    }

    @Nullable
    Action sendInSlot() {
        waitsForSlot = false;
        send();
        return null;
    }

    @Nullable
    Action refuseSlot() {
        waitsForSlot = false;
        return notSent(ErrorClass.THROTTLE_QUEUE_FULL, "no more requests may wait for a slot of the throttle");
    }

    private void send() {
        isAwaited = true;
        if (group != null && !owner.client().sharesConnections()) {
            Origin to = Objects.requireNonNull(url).origin();
            if (!group.admits(this, to)) {
                isQueued = true;
                queuedNanos = owner.client().wire().now();
                return;
            }
            admittedTo = to;
        }
        sendNow();
    }

    boolean leadsTo(Origin to) {
        return Objects.requireNonNull(url).origin().equals(to);
    }

    /** Its turn has come. */
    void admitted() {
        isQueued = false;
        queueWaitNanos += owner.client().wire().now() - queuedNanos;
        send();
    }

    private void release() {
        Origin mine = admittedTo;
        if (group != null && mine != null) {
            admittedTo = null;
            group.released(mine);
        }
    }

    private void sendNow() {
        HttpRequestAction what = action();
        send(
                owner.connections(),
                Objects.requireNonNull(url).origin(),
                route,
                Objects.requireNonNull(request),
                what.timeouts(),
                what.readsBody() || owner.client().exchanges() != null,
                what.protocol().maxBodyBytes);
    }

    /** What is told of a body is told of it decoded; if that cannot be done piece by piece, it is kept. */
    @Override
    protected boolean keepsBody(HttpResponse head) {
        return super.keepsBody(head) || (!action().checks().bodyFacts().isEmpty() && !PassingBody.suits(head));
    }

    @Override
    protected @Nullable BodyWatch watch(HttpResponse head) {
        Set<BodyFact> wanted = action().checks().bodyFacts();
        return wanted.isEmpty() ? null : new PassingBody(wanted, head, action().protocol().maxBodyBytes);
    }

    @Override
    protected void ended(boolean onIoThread) {
        if (onIoThread) {
            user.deliver(this);
        } else {
            user.deliverOnLoop(this);
        }
    }

    @Override
    public @Nullable Action receive(VirtualUser receiver) {
        if (!isAwaited) {
            return null; // the run was cut off
        }
        CheckResult checked = checkedElsewhere;
        if (checked != null) {
            checkedElsewhere = null;
            return conclude(checked, checkedFrom);
        }
        return switch (outcome()) {
            case UNSENT -> {
                sendNow();
                yield null;
            }
            case STALE -> stale();
            case FAILED -> failed();
            case ANSWERED -> answered();
        };
    }

    @Override
    public Action next() {
        return action().next();
    }

    @Override
    public String place() {
        HttpRequestAction mine = action;
        return mine == null ? "" : mine.place();
    }

    private WireRequest plain() {
        return Objects.requireNonNull(plain);
    }

    private HttpRequestAction action() {
        return Objects.requireNonNull(action);
    }

    private Names names() {
        return action().names();
    }

    private void fill() {
        sample.bytesSent = 0;
        sample.bytesReceived = 0;
        sample.request = names().request(user.group(), name);
        describe(sample);
        sample.connectionWaitNanos += queueWaitNanos;
        if (isResent) {
            long tries = sample.actualStartNanos - firstStartNanos;
            sample.actualStartNanos = firstStartNanos;
            if (sample.firstByteNanos != RequestSample.NONE) {
                sample.firstByteNanos += tries;
            }
        }
    }

    private @Nullable Action stale() {
        if (isResent || !Objects.requireNonNull(request).isIdempotent()) {
            return failed();
        }
        fill();
        ko(Objects.requireNonNull(failure()));
        sample.attempt = true;
        over();
        sample.attempt = false;
        sample.outcome = RequestSample.OK;
        sample.error = RequestSample.NO_ERROR;
        firstStartNanos = sample.actualStartNanos;
        isResent = true;
        sendNow();
        return null;
    }

    private @Nullable Action failed() {
        fill();
        release();
        if (sample.actualStartNanos == RequestSample.NONE) {
            sample.connectionWaitNanos = 0; // no duration, so no parts of it
        }
        ko(Objects.requireNonNull(failure()));
        Carrier connection = carrier();
        if (owner.client().exchanges() != null && connection != null) {
            shownHead = connection.response();
        }
        return end();
    }

    private void ko(Failure why) {
        sample.outcome = RequestSample.KO;
        sample.error = names().error(why.errorClass(), why.message());
    }

    private @Nullable Action end() {
        isAwaited = false;
        over();
        return goOn();
    }

    private @Nullable Action answered() {
        Carrier connection = Objects.requireNonNull(carrier());
        HttpResponse head = Objects.requireNonNull(connection.response());
        byte[] body = connection.takeBody();
        PassingBody passing = (PassingBody) connection.takeWatch();
        Url from = Objects.requireNonNull(url);
        fill();
        if (connection.hasUnexpectedBytes()) {
            user.recorder()
                    .stepFailure(
                            sample.userId,
                            sample.scenario,
                            sample.endNanos,
                            names().error(
                                            ErrorClass.PROTO_UNEXPECTED_BYTES,
                                            from.origin() + " sent bytes after the end of a response"));
        }
        owner.connections().giveBack(connection);
        release();
        if (owner.client().exchanges() != null) {
            shownHead = head;
            shownBody = body;
        }
        if (head.containsHeader("Set-Cookie") && owner.cookiesToFill().store(head, from) > 0) {
            owner.client()
                    .environment()
                    .warn(
                            "cookies were dropped: more than 300 per user, longer than 8 KiB, or with control characters");
        }
        learn(head, from);
        if (action().followsRedirects() && Redirects.leadsOn(head)) {
            return redirect(head, from);
        }
        if (head.getCode() == UNAUTHORIZED && action().hasDigest()) {
            DigestChallenge asked = isHome(from) ? DigestChallenge.of(head) : null;
            if (asked != null && mayAnswer(asked)) {
                return answer(asked, from);
            }
        }
        if (group == null && action().tellsPage() && isPage(head)) {
            owner.page(from);
        }
        if (body.length > owner.client().blockingBytes()) {
            checkElsewhere(head, body);
            return null;
        }
        CheckResult result;
        UserSession before = user.session();
        try {
            result = check(head, body, passing, before);
        } catch (RuntimeException | StackOverflowError e) {
            result = CheckResult.failed(ErrorClass.CHECK_CRASHED, e.toString());
        }
        return conclude(result, before);
    }

    /** The user waits meanwhile, so its session does not change but for what others of a group save. */
    private void checkElsewhere(HttpResponse head, byte[] body) {
        UserSession session = user.session();
        checkedFrom = session;
        isCheckedElsewhere = true;
        try {
            owner.client().environment().blocking().execute(() -> {
                CheckResult result;
                try {
                    result = check(head, body, null, session);
                } catch (OutOfMemoryError e) {
                    user.outOfMemory();
                    result = CheckResult.failed(ErrorClass.LOCAL_MEMORY, "the generator is out of memory");
                } catch (Throwable e) { // whatever it is, the user must go on
                    result = CheckResult.failed(ErrorClass.CHECK_CRASHED, e.toString());
                }
                checkedElsewhere = result;
                isCheckedElsewhere = false;
                user.deliverOnLoop(this);
            });
        } catch (RejectedExecutionException e) { // the run is over
            checkedElsewhere = CheckResult.failed(ErrorClass.STOP_UNFINISHED, "stopped before the body was looked at");
            isCheckedElsewhere = false;
            user.deliverOnLoop(this);
        }
    }

    /** @param passing a body that was not kept, null if it was */
    private CheckResult check(HttpResponse head, byte[] bytes, @Nullable PassingBody passing, UserSession session) {
        Checks checks = action().checks();
        ResponseTransformer transformer = action().transformer();
        CheckResult result = CheckResult.HELD;
        int status = head.getCode();
        if (!checks.isEmpty() || transformer != null) {
            ResponseBody body;
            try {
                body = passing != null
                        ? passing.facts()
                        : BodyDecoder.decode(bytes, head, action().protocol().maxBodyBytes);
            } catch (BodyException e) {
                return CheckResult.failed(e.failure().errorClass(), e.failure().message());
            }
            HttpResponseView view = new HttpResponseView(sent(), head, body, sample.responseMicros() / 1000);
            if (transformer != null) {
                try {
                    view = transformer.transform(view, session);
                } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
                    return CheckResult.failed(ErrorClass.USER_EXCEPTION, "transformResponse: " + Excerpt.ofThrown(e));
                }
                status = view.status();
            }
            result = checks.run(view, session);
        }
        if (!checks.readsStatus() && (status < 200 || status > 299) && status != 304) {
            UserSession saved = result.session(session);
            CheckResult failed = CheckResult.failed("status was " + status + ", expected 2xx or 304");
            return saved == session ? failed : failed.with(saved);
        }
        return result;
    }

    /** What the checks saved, in the session as others left it meanwhile. */
    private UserSession merged(UserSession now, UserSession from, UserSession after) {
        UserSession merged = now;
        for (String name : action().checks().saves()) {
            if (after.contains(name) && (!from.contains(name) || after.get(name) != from.get(name))) {
                merged = merged.set(name, after.get(name));
            }
        }
        return merged;
    }

    private SentRequest sent() {
        return new SentRequest(
                name,
                Objects.requireNonNull(url),
                Objects.requireNonNull(request),
                owner.client().environment().clock(),
                sample.actualStartNanos,
                sample.endNanos);
    }

    /** Whether a browser would now show this: no fetch of a script. */
    private boolean isPage(HttpResponse head) {
        Header type = head.getFirstHeader("Content-Type");
        String value = type == null ? null : type.getValue();
        if (value == null
                || !value.regionMatches(true, 0, "text/html", 0, 9)
                        && !value.regionMatches(true, 0, "application/xhtml+xml", 0, 21)) {
            return false;
        }
        WireRequest asked = Objects.requireNonNull(request);
        return !asked.method().equals("HEAD")
                && asked.headers().stream().noneMatch(header -> header.getName().equalsIgnoreCase("X-Requested-With"));
    }

    private @Nullable Action conclude(CheckResult result, UserSession from) {
        UserSession after = result.session(from);
        if (after != from) {
            UserSession now = user.session();
            user.session(now == from ? after : merged(now, from, after));
        }
        String errorClass = result.errorClass();
        if (errorClass != null) {
            ko(new Failure(errorClass, result.message()));
        }
        return end();
    }

    // ---- the cache

    /** The plain request, which asks whether what the user knows still holds; null if the user knows the answer. */
    private @Nullable WireRequest asking(Url to) {
        WireRequest asked = plain();
        HttpCache cache = owner.cache();
        HttpCache.Kept known = cache == null ? null : cache.entry(to, asked);
        if (known == null || HttpCache.isReload(asked)) {
            return asked;
        }
        return known.freshUntilNanos() > owner.client().wire().now()
                ? null
                : OutgoingRequest.of(name, to, asked)
                        .withOwn("If-None-Match", known.tag())
                        .withOwn("If-Modified-Since", known.modified())
                        .wire();
    }

    /** Not sent, and takes no time. */
    private @Nullable Action served() {
        isAwaited = false;
        sample.request = names().request(user.group(), name);
        sample.endNanos = sample.intendedStartNanos + sample.paceOverrunNanos;
        sample.outcome = RequestSample.NOT_SENT;
        sample.error = names().error(HttpCache.SERVED, "the user's cache has the answer");
        over();
        return goOn();
    }

    private void learn(HttpResponse head, Url from) {
        WireRequest asked = plain();
        HttpCache cache = owner.cache();
        if (cache == null && asked.method().equals("GET") && HttpCache.matters(head)) {
            cache = owner.cacheToFill();
        }
        if (cache != null) {
            cache.learn(from, asked, head, sample.endNanos);
        }
    }

    // ---- challenges

    private boolean isHome(Url to) {
        return to.origin().equals(Objects.requireNonNull(firstUrl).origin());
    }

    /** Once, and once more if only the server's number was too old. */
    private boolean mayAnswer(DigestChallenge asked) {
        return challengesAnswered == 0 || challengesAnswered == 1 && asked.isStale();
    }

    /** The same request with the password shown; what came so far is a request of its own, and OK. */
    private @Nullable Action answer(DigestChallenge asked, Url from) {
        challengesAnswered++;
        owner.challenge(from.origin(), asked);
        boolean isSilent = sample.silent;
        over();
        beginSample();
        sample.silent = isSilent;
        isResent = false;
        try {
            request = action().signed(name, from, plain(), user.session(), asked);
        } catch (Exception e) {
            isAwaited = false;
            return notSent(ErrorClass.USER_EXCEPTION, e.toString());
        }
        return dispatch();
    }

    // ---- redirects

    private @Nullable Action redirect(HttpResponse head, Url from) {
        HttpRequestAction what = action();
        Redirects.Way way = Redirects.way(head, from);
        Url to = way.url();
        if (to == null) {
            ko(Objects.requireNonNull(way.failure()));
            return end();
        }
        Set<Url> seen = visited;
        if (seen == null) {
            seen = new HashSet<>();
            visited = seen;
        }
        seen.add(from);
        hasComeBack |= seen.contains(to);
        if (hop >= what.protocol().maxRedirects) {
            int most = what.protocol().maxRedirects;
            ko(
                    hasComeBack
                            ? new Failure(ErrorClass.REDIRECT_LOOP, "redirects in a circle, given up after " + most)
                            : new Failure(ErrorClass.REDIRECT_LIMIT, "more than " + most + " redirects"));
            return end();
        }
        over();
        beginSample();
        hop++;
        isResent = false;
        challengesAnswered = 0;
        url = to;
        sample.silent = what.isSilent(to, isResource());
        boolean isServed;
        try {
            name = what.protocol().redirectNaming.name(to, what.name().evaluate(user.session()), hop);
            plain = follow(head.getCode(), to);
            WireRequest asking = asking(to);
            isServed = asking == null;
            // What proves who asks is for the server that was asked.
            request = asking != null && isHome(to)
                    ? what.signed(name, to, asking, user.session(), owner.challenge(to.origin()))
                    : asking;
            route = what.route(to, user.session());
        } catch (UnsafeTextException e) {
            isAwaited = false;
            return notSent(ErrorClass.REDIRECT_INVALID, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            isAwaited = false;
            return notSent(ErrorClass.USER_EXCEPTION, e.toString());
        }
        return isServed ? served() : dispatch();
    }

    private WireRequest follow(int status, Url to) {
        HttpRequestAction what = action();
        WireRequest before = plain();
        boolean isGet = Redirects.becomesGet(status, before.method(), what.protocol().isStrict302);
        boolean isHome = isHome(to);
        List<Header> headers = new ArrayList<>();
        for (Header header : before.headers()) {
            boolean isOurOrigin = what.tellsOrigin() && header.getName().equals("Origin");
            if (survives(header.getName(), isGet, isHome) && !(isGet && isOurOrigin)) {
                headers.add(header);
            }
        }
        String own = isHome ? what.ownCookies(user.session()) : null;
        CookieJar jar = owner.cookies();
        String kept = jar == null ? null : jar.headerFor(to);
        if (own != null || kept != null) {
            String all = own == null ? kept : kept == null ? own : own + "; " + kept;
            headers.add(HeaderField.header("Cookie", String.valueOf(all)));
        }
        return new WireRequest(
                isGet ? "GET" : before.method(), to.origin(), to.target(), headers, isGet ? null : before.body());
    }

    private static boolean survives(String header, boolean isGet, boolean isHome) {
        return switch (header.toLowerCase(Locale.ROOT)) {
            case "host", "content-length", "cookie" -> false;
            case "authorization", "proxy-authorization" -> isHome;
            case "content-type", "content-encoding", "content-language", "content-location" -> !isGet;
            default -> true;
        };
    }

    boolean isCheckedElsewhere() {
        return isCheckedElsewhere;
    }

    /** The run is cut off: what is on its way is recorded as unfinished. */
    void cutOff(long nowNanos) {
        if (waitsForSlot) {
            waitsForSlot = false;
            sample.request = names().request(user.group(), name);
            long early = Math.max(0, sample.intendedStartNanos - nowNanos);
            sample.intendedStartNanos -= early;
            sample.throttleWaitNanos = Math.max(0, sample.throttleWaitNanos - early);
            sample.endNanos = nowNanos;
            sample.outcome = RequestSample.NOT_SENT;
            sample.error = names().error(ErrorClass.STOP_UNFINISHED, "waited for a slot of the throttle");
            over();
            return;
        }
        if (!isAwaited) {
            return;
        }
        isAwaited = false;
        abandon();
        if (isQueued) {
            isQueued = false;
            sample.request = names().request(user.group(), name);
        } else {
            fill();
        }
        sample.endNanos = nowNanos;
        sample.outcome = RequestSample.UNFINISHED;
        sample.error = RequestSample.NO_ERROR;
        over();
    }

    /** Its I/O thread is held: what is on its way there is a failure. Returns whether there was something. */
    boolean blocked(Thread thread, String place) {
        Failure why =
                new Failure(ErrorClass.USER_BLOCKED, thread.getName() + " was held for more than 1 s by " + place);
        if (!giveUp(thread, why)) {
            return false;
        }
        failed();
        return true;
    }
}
