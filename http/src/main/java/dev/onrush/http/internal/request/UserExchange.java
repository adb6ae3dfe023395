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
import dev.onrush.core.session.UnresolvedException;
import dev.onrush.core.session.UserSession;
import dev.onrush.http.internal.wire.Carrier;
import dev.onrush.http.internal.wire.Exchange;
import dev.onrush.http.internal.wire.Failure;
import dev.onrush.http.internal.wire.Route;
import dev.onrush.http.internal.wire.WireRequest;

/**
 * One user's request on its way, hop by hop, and the message by which the user goes on. One object per user, used again for
 * every request. All but {@link #ended} is for whoever runs the user.
 */
final class UserExchange extends Exchange implements Message {
    private static final byte[] NO_BYTES = {};

    private final HttpUser owner;
    private final VirtualUser user;
    private final RequestSample sample = new RequestSample();

    private @Nullable HttpRequestAction action;
    private String name = "";
    private @Nullable Url url;
    private @Nullable WireRequest request;
    private @Nullable Route route;
    /** Sent, or its body being looked at, and not yet received. */
    private boolean isAwaited;
    /** Its body was looked at on another thread, and this came of it. */
    private volatile @Nullable CheckResult checkedElsewhere;

    /** Its body is being looked at on another thread. */
    private volatile boolean isCheckedElsewhere;

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

    UserExchange(HttpUser owner) {
        super(owner.client().wire());
        this.owner = owner;
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
        beginSample();
        UserSession session = user.session();
        if (owner.client().exchanges() != null) {
            url = null;
            request = null;
            sessionBefore = session;
        }
        name = String.valueOf(what.name().source());
        try {
            name = what.name().evaluate(session);
            CookieJar jar = owner.cookies();
            HttpRequestAction.Prepared prepared = jar == null ? what.prepared(owner.baseUrl()) : null;
            if (prepared != null) {
                url = prepared.url();
                request = prepared.request();
            } else {
                Url to = what.url(session, owner.baseUrl());
                url = to;
                request = what.request(to, session, jar == null ? null : jar.headerFor(to));
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
        send();
        return null;
    }

    /** Once per hop, when it is due. */
    private void beginSample() {
        sample.clear();
        user.begin(sample);
    }

    private Action notSent(String errorClass, String message) {
        sample.request = names().request(user.group(), name);
        sample.endNanos = owner.client().wire().now();
        ko(new Failure(errorClass, message));
        over();
        return next();
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

    private void send() {
        isAwaited = true;
        HttpRequestAction what = action();
        send(
                owner.connections(),
                Objects.requireNonNull(url).origin(),
                route,
                Objects.requireNonNull(request),
                what.timeouts(),
                what.checks().readsBody() || owner.client().exchanges() != null,
                what.protocol().maxBodyBytes);
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
            return conclude(checked);
        }
        return switch (outcome()) {
            case UNSENT -> {
                send();
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
        send();
        return null;
    }

    private Action failed() {
        fill();
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

    private Action end() {
        isAwaited = false;
        over();
        return next();
    }

    private @Nullable Action answered() {
        Carrier connection = Objects.requireNonNull(carrier());
        HttpResponse head = Objects.requireNonNull(connection.response());
        byte[] body = connection.takeBody();
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
        if (action().followsRedirects() && Redirects.leadsOn(head)) {
            return redirect(head, from);
        }
        if (body.length > owner.client().blockingBytes()) {
            checkElsewhere(head, body);
            return null;
        }
        CheckResult result;
        try {
            result = check(head, body, user.session());
        } catch (RuntimeException | StackOverflowError e) {
            result = CheckResult.failed(ErrorClass.CHECK_CRASHED, e.toString());
        }
        return conclude(result);
    }

    /** The user waits meanwhile, so its session does not change. */
    private void checkElsewhere(HttpResponse head, byte[] body) {
        UserSession session = user.session();
        isCheckedElsewhere = true;
        try {
            owner.client().environment().blocking().execute(() -> {
                CheckResult result;
                try {
                    result = check(head, body, session);
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

    private CheckResult check(HttpResponse head, byte[] bytes, UserSession session) {
        Checks checks = action().checks();
        CheckResult result = CheckResult.HELD;
        if (!checks.isEmpty()) {
            ResponseBody body;
            try {
                body = bytes.length == 0
                        ? ResponseBody.EMPTY
                        : BodyDecoder.decode(bytes, head, action().protocol().maxBodyBytes);
            } catch (BodyException e) {
                return CheckResult.failed(e.failure().errorClass(), e.failure().message());
            }
            result = checks.run(new HttpResponseView(head, body, sample.responseMicros() / 1000), session);
        }
        int status = head.getCode();
        if (!checks.readsStatus() && (status < 200 || status > 299) && status != 304) {
            UserSession saved = result.session(session);
            CheckResult failed = CheckResult.failed("status was " + status + ", expected 2xx or 304");
            return saved == session ? failed : failed.with(saved);
        }
        return result;
    }

    private Action conclude(CheckResult result) {
        UserSession before = user.session();
        UserSession after = result.session(before);
        if (after != before) {
            user.session(after);
        }
        String errorClass = result.errorClass();
        if (errorClass != null) {
            ko(new Failure(errorClass, result.message()));
        }
        return end();
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
        url = to;
        try {
            name = what.protocol().redirectNaming.name(to, what.name().evaluate(user.session()), hop);
            request = follow(head.getCode(), to);
            route = what.route(to, user.session());
        } catch (UnsafeTextException e) {
            isAwaited = false;
            return notSent(ErrorClass.REDIRECT_INVALID, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            isAwaited = false;
            return notSent(ErrorClass.USER_EXCEPTION, e.toString());
        }
        send();
        return null;
    }

    private WireRequest follow(int status, Url to) {
        HttpRequestAction what = action();
        WireRequest before = Objects.requireNonNull(request);
        boolean isGet = Redirects.becomesGet(status, before.method(), what.protocol().isStrict302);
        boolean isHome = to.origin().equals(Objects.requireNonNull(firstUrl).origin());
        List<Header> headers = new ArrayList<>();
        for (Header header : before.headers()) {
            if (survives(header.getName(), isGet, isHome)) {
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
        if (!isAwaited) {
            return;
        }
        isAwaited = false;
        abandon();
        fill();
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
