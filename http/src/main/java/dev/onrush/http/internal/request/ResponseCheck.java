package dev.onrush.http.internal.request;

import java.util.concurrent.RejectedExecutionException;

import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.CheckResult;
import dev.onrush.core.check.Checks;
import dev.onrush.core.check.ResponseBody;
import dev.onrush.core.engine.Message;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.UserSession;

/**
 * Looks at a response: transforms it, runs the checks, judges the status. A large body is looked at on a thread that may block. One object
 * per exchange, used again for every response. For whoever runs the user.
 */
final class ResponseCheck {
    private final HttpUser owner;
    private final VirtualUser user;
    private final Hop hop;
    private final RequestSample sample;

    /** What came of a look on another thread. */
    private volatile @Nullable CheckResult result;

    private volatile boolean isElsewhere;
    private UserSession from = UserSession.NOBODY;

    /** @param sample of the request whose response it is */
    ResponseCheck(HttpUser owner, Hop hop, RequestSample sample) {
        this.owner = owner;
        this.user = owner.user();
        this.hop = hop;
        this.sample = sample;
    }

    /**
     * Here and now.
     *
     * @param passing a body that was not kept, null if it was
     */
    CheckResult here(HttpRequestAction action, HttpResponse head, byte[] body, @Nullable PassingBody passing) {
        from = user.session();
        try {
            return look(action, head, body, passing);
        } catch (RuntimeException | StackOverflowError e) {
            return CheckResult.failed(ErrorClass.CHECK_CRASHED, e.toString());
        }
    }

    /**
     * On another thread, which then delivers {@code whenDone}. The user waits meanwhile, so its session does not change but for what others
     * of a group save.
     */
    void elsewhere(HttpRequestAction action, HttpResponse head, byte[] body, Message whenDone) {
        from = user.session();
        isElsewhere = true;
        try {
            owner.client().environment().blocking().execute(() -> {
                CheckResult came;
                try {
                    came = look(action, head, body, null);
                } catch (OutOfMemoryError e) {
                    user.outOfMemory();
                    came = CheckResult.failed(ErrorClass.LOCAL_MEMORY, "the generator is out of memory");
                } catch (Throwable e) { // whatever it is, the user must go on
                    came = CheckResult.failed(ErrorClass.CHECK_CRASHED, e.toString());
                }
                done(came, whenDone);
            });
        } catch (RejectedExecutionException e) { // the run is over
            done(CheckResult.failed(ErrorClass.STOP_UNFINISHED, "stopped before the body was looked at"), whenDone);
        }
    }

    private void done(CheckResult came, Message whenDone) {
        result = came;
        isElsewhere = false;
        user.deliverOnLoop(whenDone);
    }

    /** What came of {@link #elsewhere}, once; null: nothing has. */
    @Nullable
    CheckResult takeResult() {
        CheckResult came = result;
        if (came != null) {
            result = null;
        }
        return came;
    }

    boolean isElsewhere() {
        return isElsewhere;
    }

    /** Takes over into the user's session what the checks saved, whatever others have saved meanwhile. */
    void save(CheckResult checked, HttpRequestAction action) {
        UserSession after = checked.session(from);
        if (after == from) {
            return;
        }
        UserSession now = user.session();
        if (now == from) {
            user.session(after);
            return;
        }
        for (String name : action.checks().saves()) {
            if (after.contains(name) && (!from.contains(name) || after.get(name) != from.get(name))) {
                now = now.set(name, after.get(name));
            }
        }
        user.session(now);
    }

    private CheckResult look(HttpRequestAction action, HttpResponse head, byte[] bytes, @Nullable PassingBody passing) {
        Checks checks = action.checks();
        ResponseTransformer transformer = action.transformer();
        CheckResult checked = CheckResult.HELD;
        int status = head.getCode();
        if (!checks.isEmpty() || transformer != null) {
            ResponseBody body;
            try {
                body = passing != null
                        ? passing.facts()
                        : BodyDecoder.decode(bytes, head, action.protocol().maxBodyBytes);
            } catch (BodyException e) {
                return CheckResult.failed(e.failure().errorClass(), e.failure().message());
            }
            HttpResponseView view = new HttpResponseView(sent(), head, body, sample.responseMicros() / 1000);
            if (transformer != null) {
                try {
                    view = transformer.transform(view, from);
                } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
                    return CheckResult.failed(ErrorClass.USER_EXCEPTION, "transformResponse: " + Excerpt.ofThrown(e));
                }
                status = view.status();
            }
            checked = checks.run(view, from);
        }
        if (!checks.readsStatus() && (status < 200 || status > 299) && status != 304) {
            UserSession saved = checked.session(from);
            CheckResult failed = CheckResult.failed("status was " + status + ", expected 2xx or 304");
            return saved == from ? failed : failed.with(saved);
        }
        return checked;
    }

    private SentRequest sent() {
        return new SentRequest(
                hop.name(),
                hop.url(),
                hop.request(),
                owner.client().environment().clock(),
                sample.actualStartNanos,
                sample.endNanos);
    }
}
