package dev.onrush.http.internal.request;

import dev.onrush.core.check.CheckScope;
import dev.onrush.core.check.CheckedResponse;
import dev.onrush.core.check.Finder;
import dev.onrush.core.session.UserSession;

/** The status code. */
public final class StatusFinder implements Finder<Integer> {
    @Override
    public String name() {
        return "status";
    }

    @Override
    public CheckScope scope() {
        return CheckScope.STATUS;
    }

    @Override
    public boolean readsBody() {
        return false;
    }

    @Override
    public Object find(CheckedResponse response, UserSession session) {
        return ((HttpResponseView) response).status();
    }
}
