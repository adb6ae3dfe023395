package dev.onrush.http.internal.request;

import dev.onrush.core.check.CheckScope;
import dev.onrush.core.check.CheckedResponse;
import dev.onrush.core.check.Finder;
import dev.onrush.core.session.UserSession;

/** The URL that answered: after redirects, that of the last hop. */
public final class LocationFinder implements Finder<String> {
    @Override
    public String name() {
        return "currentLocation";
    }

    @Override
    public CheckScope scope() {
        return CheckScope.LOCATION;
    }

    @Override
    public boolean readsBody() {
        return false;
    }

    @Override
    public Object find(CheckedResponse response, UserSession session) {
        return ((HttpResponseView) response).location();
    }
}
