package dev.onrush.http.internal.request;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.Poller;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;

/** Requests that one poller of a user sends side by side, again and again. For whoever runs the user. */
final class PolledRequests implements Poller.Work {
    private final VirtualUser user;
    private final List<HttpRequestAction> actions;
    private final Poller poller;
    private final ResourceGroup group;

    PolledRequests(HttpUser owner, String place, long periodNanos, List<HttpRequestAction> actions) {
        this.user = owner.user();
        this.actions = actions;
        this.poller = new Poller(user, place, periodNanos, this);
        this.group = new ResourceGroup(owner, owner.client().mostPerOrigin(), poller);
    }

    Poller poller() {
        return poller;
    }

    @Override
    public @Nullable Action begin(Action end) {
        return group.begin(actions, false, end);
    }

    @Override
    public void cutOff(long nowNanos) {
        group.cutOff(nowNanos);
        group.close();
    }

    @Override
    public void missed(long nowNanos) {
        long dueNanos = user.dueNanos();
        for (HttpRequestAction action : actions) {
            RequestSample sample = new RequestSample();
            user.dueNanos(dueNanos);
            user.begin(sample);
            sample.silent = action.isSilent(null, false);
            sample.request = action.names()
                    .request(user.group(), String.valueOf(action.name().source()));
            sample.endNanos = nowNanos;
            sample.outcome = RequestSample.NOT_SENT;
            sample.error =
                    action.names().error(ErrorClass.STOP_UNFINISHED, "was due while the poll before it was on its way");
            user.ended(sample);
        }
    }

    /** Ends, as failed, those on that thread. */
    boolean blocked(Thread thread, String place) {
        boolean[] isBlocked = new boolean[1];
        poller.inPass(() -> isBlocked[0] = group.blocked(thread, place));
        return isBlocked[0];
    }
}
